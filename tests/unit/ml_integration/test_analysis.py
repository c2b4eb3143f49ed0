import json

import pytest
from shopwright.ml_integration.analysis import analyse
from shopwright.ml_integration.landmarks import read_landmarks
from tests.unit.ml_integration.golden_face import FILE, golden
from tests.unit.ml_integration.made_up_face import face_points, mirrored, turned

from shopwright.errors import FaceError


def told(points):
    return analyse(read_landmarks(points, 800, 1_000))


def test_a_face_is_told_with_shape_size_and_what_makes_it_less_certain():
    found = told(turned(face_points(150, iris=14), 0, 13))
    assert found.guess.top_two[0] == "oval"
    assert found.face.shapes == found.guess.shapes
    assert found.face.size == found.size
    assert found.size.band == "wide"
    assert found.warnings == ("small",)


def test_a_face_unlike_any_is_unusual():
    assert told(face_points(length=0.7)).warnings == ("unusual",)


@pytest.mark.parametrize(
    ("points", "code", "what"),
    [
        (face_points(70, iris=6), "too_small", "The face is too small in the photo"),
        (turned(face_points(), yaw=40), "turned_away", "The face is turned away"),
        (turned(face_points(), roll=60), "tilted", "The head is tilted"),
        (face_points(middle=(60, 500)), "cut_off", "A part of the face is outside"),
    ],
)
def test_what_allows_no_answer_is_refused_with_its_code(points, code, what):
    with pytest.raises(FaceError, match=what) as refused:
        told(points)
    assert refused.value.where == code
    assert refused.value.remedy


def test_the_mirrored_picture_gives_the_same_answer():
    points = turned(face_points(length=1.03), 6, 13, 4)
    assert told(mirrored(points, 800)).guess.shapes == pytest.approx(told(points).guess.shapes, abs=1e-6)


def test_golden_cases_are_what_they_were():
    """The file is for whatever else computes the same; ``python -m tests.unit.ml_integration.golden_face`` makes it."""
    _same(json.loads(FILE.read_text("utf-8")), json.loads(json.dumps(golden())), "")


def _same(kept, made, place):
    assert type(kept) is type(made), place
    if isinstance(kept, dict):
        assert kept.keys() == made.keys(), place
        for key in kept:
            _same(kept[key], made[key], f"{place}.{key}")
    elif isinstance(kept, list):
        assert len(kept) == len(made), place
        for number, (one, other) in enumerate(zip(kept, made, strict=True)):
            _same(one, other, f"{place}[{number}]")
    elif isinstance(kept, float):
        assert made == pytest.approx(kept, abs=1e-4), place
    else:
        assert kept == made, place
