import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shopwright.ml_integration.landmarks import POINTS, read_fractions, read_landmarks
from tests.unit.ml_integration.made_up_face import face_points

from shopwright.errors import FaceError

POINT = [1.0, 2.0, 3.0]


def test_points_are_kept_and_cannot_be_changed():
    given_points = face_points()
    landmarks = read_landmarks(given_points.tolist(), 800, 1_000)
    assert np.array_equal(landmarks.points, given_points)
    assert (landmarks.width, landmarks.height) == (800, 1_000)
    with pytest.raises(ValueError, match="read-only"):
        landmarks.points[0, 0] = 1
    assert read_landmarks(given_points.astype(np.float32), 800, 1_000).points.dtype == np.float64


def test_fractions_of_the_picture_are_pixels_of_it():
    points = face_points()
    fractions = points / (800, 1_000, 800)
    assert np.allclose(read_fractions(fractions.tolist(), 800, 1_000).points, points)


@pytest.mark.parametrize(
    ("points", "why"),
    [
        ([POINT] * 477, "not 478 points"),
        ([POINT] * 479, "not 478 points"),
        ([], "not 478 points"),
        ("x" * POINTS, "not 478 points"),
        (None, "not 478 points"),
        ([[1.0, 2.0]] * POINTS, "not three numbers"),
        (["abc"] * POINTS, "not three numbers"),
        ([[1.0, 2.0, "3"]] * POINTS, "not a number"),
        ([[1.0, 2.0, None]] * POINTS, "not a number"),
        ([[1.0, 2.0, True]] * POINTS, "not a number"),
        ([[1.0, 2.0, [3.0]]] * POINTS, "not a number"),
        ([[1, 2, 10**400]] * POINTS, "too large"),
        ([[1.0, 2.0, float("nan")]] * POINTS, "not finite"),
        ([[1.0, float("inf"), 3.0]] * POINTS, "not finite"),
        ([[1.0, 2.0, 1e308]] * POINTS, "far outside"),
        ([[-9_000.0, 2.0, 3.0]] * POINTS, "far outside"),
        ([POINT] * POINTS, "do not span a face"),
        ([[float(number), 5.0, 0.0] for number in range(POINTS)], "do not span a face"),
        (np.zeros((POINTS, 2)), "not 478 points of three numbers"),
        (np.zeros((POINTS, 3), dtype=object), "not 478 points of three numbers"),
    ],
)
def test_what_is_no_face_is_refused_without_showing_it(points, why):
    with pytest.raises(FaceError, match=why) as refused:
        read_landmarks(points, 800, 1_000)
    assert refused.value.where == "landmarks"
    with pytest.raises(FaceError):
        read_fractions(points, 800, 1_000)


@pytest.mark.parametrize("side", [0, -5, 15, 20_001, 10**30, 100.0, "100", None, True])
def test_a_picture_has_a_size(side):
    with pytest.raises(FaceError, match="The width of the picture is not usable"):
        read_landmarks(face_points(), side, 1_000)
    with pytest.raises(FaceError, match="The height of the picture is not usable"):
        read_fractions(face_points(), 800, side)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=60)
@given(st.integers(0, POINTS - 1), JSON)
def test_whatever_stands_in_place_of_a_point_is_refused_or_a_point(place, forged):
    points = face_points().tolist()
    points[place] = forged
    try:
        landmarks = read_landmarks(points, 800, 1_000)
    except FaceError:
        return
    assert np.isfinite(landmarks.points).all()
    assert landmarks.points[place].tolist() == [float(value) for value in forged]
