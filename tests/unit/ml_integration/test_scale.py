import pytest
from shopwright.ml_integration.landmarks import read_landmarks
from shopwright.ml_integration.pose import frontal
from shopwright.ml_integration.scale import face_size, iris_pixels
from tests.unit.ml_integration.made_up_face import face_points


def size(**made):
    return face_size(frontal(read_landmarks(face_points(**made), 4_000, 4_000)))


def test_irises_and_pupils_give_the_scale_together():
    found = size(width=300, iris=26.0)
    by_iris, by_pupils = 11.71 / 26, 63.36 / 129
    assert 300 * by_iris < found.width < 300 * by_pupils
    assert found.width == pytest.approx(300 * 0.4658, abs=0.5)
    assert found.pupils == pytest.approx(129 * found.width / 300)
    assert found.bridge == pytest.approx(42 * found.width / 300)
    assert found.source == "iris"


def test_the_smaller_the_irises_the_larger_the_error():
    errors = [made.error / made.width for made in (size(width=300 * scale, iris=26 * scale) for scale in (0.5, 1, 4))]
    assert errors == sorted(errors, reverse=True)
    assert 0.03 < errors[-1] < errors[0] < 0.055


def test_of_small_irises_no_millimetres_are_told():
    face = frontal(read_landmarks(face_points(iris=9.9), 800, 1_000))
    assert iris_pixels(face) == pytest.approx(9.9)
    assert face_size(face) is None


def test_a_size_that_no_face_has_is_not_told():
    assert size(width=300, iris=80.0) is None
