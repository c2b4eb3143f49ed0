import pytest
from shopwright.ml_integration.landmarks import read_landmarks
from shopwright.ml_integration.pose import frontal
from shopwright.ml_integration.quality import Flaw, flaws
from tests.unit.ml_integration.made_up_face import face_points, turned


def found(points, width=800, height=1_000):
    landmarks = read_landmarks(points, width, height)
    return flaws(landmarks, frontal(landmarks))


def covered():
    points = face_points()
    points[234:330] += (0, 60, 0)
    return points


def open_mouth():
    points = face_points()
    points[14, 1] += 50
    return points


@pytest.mark.parametrize(
    ("points", "flaw"),
    [
        (face_points(70, iris=6), Flaw("too_small", True)),
        (turned(face_points(), yaw=30), Flaw("turned_away", True)),
        (turned(face_points(), pitch=45), Flaw("turned_away", True)),
        (turned(face_points(), roll=50), Flaw("tilted", True)),
        (face_points(middle=(100, 500)), Flaw("cut_off", True)),
        (face_points(middle=(400, 850)), Flaw("cut_off", True)),
        (covered(), Flaw("uneven", True)),
        (open_mouth(), Flaw("mouth_open", False)),
        (face_points(150), Flaw("small", False)),
        (turned(face_points(), yaw=20), Flaw("turned", False)),
    ],
)
def test_each_flaw_is_told(points, flaw):
    assert flaw in found(points)
    assert len(found(points)) == 1 or flaw.fatal


def test_a_good_photo_has_none():
    assert found(turned(face_points(), 5, 13, 3)) == ()


def test_fatal_ones_come_first():
    points = face_points(75, iris=6)
    points[14, 1] += 15
    assert [flaw.fatal for flaw in found(points)] == [True, False]
