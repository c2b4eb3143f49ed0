import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shopwright.ml_integration.landmarks import read_landmarks
from shopwright.ml_integration.measures import outline, ratios
from shopwright.ml_integration.pose import frontal
from tests.unit.ml_integration.made_up_face import face_points, mirrored, turned


def measured(points):
    face = frontal(read_landmarks(points, 4_000, 4_000))
    return outline(face), ratios(face)


def test_the_outline_is_in_half_widths_below_the_eyes():
    features, _ = measured(face_points())
    assert features[:2].tolist() == pytest.approx([1.0, 0.981])
    assert features[-2:].tolist() == pytest.approx([-0.81, 1.61])


def test_ratios_are_distances_over_distances():
    _, told = measured(face_points())
    assert told["length_to_width"] == pytest.approx((0.81 + 1.61) / 2)
    assert told["forehead_to_cheeks"] == pytest.approx(0.73)
    assert told["jaw_to_cheeks"] == pytest.approx(0.784, abs=0.03)
    assert told["lower_third"] == pytest.approx((1.61 - 0.62) / (0.81 + 1.61))


@settings(max_examples=50)
@given(
    st.floats(0.8, 1.2), st.floats(0.5, 3), st.floats(-20, 20), st.floats(-20, 20), st.floats(-40, 40), st.booleans()
)
def test_moving_scaling_turning_and_mirroring_change_nothing(length, scale, yaw, pitch, roll, mirror):
    plain, told = measured(face_points(length=length))
    points = turned(face_points(300 * scale, length, middle=(900, 1_200)), yaw, pitch, roll)
    features, again = measured(mirrored(points, 4_000) if mirror else points)
    assert np.allclose(features, plain, atol=1e-6)
    assert again == pytest.approx(told, abs=1e-6)


def test_a_face_that_is_uneven_is_measured_on_both_sides():
    points = face_points()
    one, other = points.copy(), points.copy()
    one[93, 0] -= 10
    other[323, 0] += 10
    assert np.allclose(measured(one)[0], measured(other)[0], atol=1e-3)
