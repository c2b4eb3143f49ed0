import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shopwright.ml_integration.landmarks import read_landmarks
from shopwright.ml_integration.pose import frontal
from tests.unit.ml_integration.made_up_face import face_points, turned

from shopwright.errors import FaceError


def seen(points):
    return frontal(read_landmarks(points, 2_000, 2_000))


def test_a_face_from_straight_ahead_stays_as_it_is():
    points = face_points()
    face = seen(points)
    assert np.allclose(face.points, points - points.mean(axis=0), atol=1e-9)
    assert (face.yaw, face.pitch, face.roll) == pytest.approx((0, 0, 0), abs=1e-9)
    assert face.unevenness == pytest.approx(0, abs=1e-12)
    assert face.width == pytest.approx(300)


def test_how_it_is_turned_is_told():
    assert seen(turned(face_points(), yaw=10)).yaw == pytest.approx(-10)
    assert seen(turned(face_points(), pitch=10)).pitch == pytest.approx(10)
    assert seen(turned(face_points(), roll=10)).roll == pytest.approx(10)


@settings(max_examples=50)
@given(st.floats(-25, 25), st.floats(-25, 25), st.floats(-60, 60))
def test_turning_changes_nothing_but_the_angles(yaw, pitch, roll):
    straight, face = seen(face_points()), seen(turned(face_points(), yaw, pitch, roll))
    assert np.allclose(face.points, straight.points, atol=1e-6)


def test_an_uneven_face_is_told_by_how_much():
    points = face_points()
    points[93] += (15, 15, 0)
    assert 0.005 < seen(points).unevenness < 0.05


def test_points_without_a_direction_are_no_face():
    points = face_points()
    points[:, 0] = 100 + np.arange(len(points)) % 2 * 0  # nothing is left or right of anything
    points[0, 0] = 200
    with pytest.raises(FaceError, match="no left and right"):
        seen(points)
    flipped = face_points()
    flipped[[234, 454]] = flipped[[454, 234]]
    with pytest.raises(FaceError, match="no left and right"):
        seen(flipped)
    flat = face_points()
    flat[10] = flat[152]
    with pytest.raises(FaceError, match="no top and bottom"):
        seen(flat)
