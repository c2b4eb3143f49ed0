"""Measures of a face in its own units: the outline that shapes are told by, and ratios that a person can follow.

All are of the face turned to the camera, and of its even half: what is measured on the left and on the right is
averaged. They keep their values when a picture is moved, scaled, turned or mirrored.
"""

import numpy as np

from shopwright.ml_integration.landmarks import Points
from shopwright.ml_integration.model import model
from shopwright.ml_integration.pose import Frontal


def outline(face: Frontal) -> Points:
    """(f,) the features of ``model.json``, in half widths of the face.

    ``["x", left, right]`` is half the distance of two mirrored landmarks, ``["y", left, right]`` their mean height
    below the line through the outer corners of the eyes; for landmarks of the middle both numbers are the same.
    """
    unit, eyes = face.width / 2, _height(face, *model()["features"]["eyes"])
    values = [
        _half(face, left, right) / unit if axis == "x" else (_height(face, left, right) - eyes) / unit
        for axis, left, right in model()["features"]["list"]
    ]
    return np.array(values, np.float64)


def ratios(face: Frontal) -> dict[str, float]:
    """The ratios of ``model.json`` by name: each a distance over a distance, seen from straight ahead.

    Anthropometry has them as indices (Farkas, Anthropometry of the Head and Face, 1994): ``length_to_width`` is the
    facial index with the mesh's own top, ``jaw_to_cheeks`` gonial over bizygomatic width, ``forehead_to_cheeks`` least
    frontal over bizygomatic width. The mesh's points are near those of a caliper, not the same.
    """
    return {
        name: _distance(face, *over) / max(_distance(face, *under), 1e-9)
        for name, (over, under) in model()["ratios"].items()
    }


def _half(face: Frontal, left: int, right: int) -> float:
    return float(face.points[right, 0] - face.points[left, 0]) / 2


def _height(face: Frontal, left: int, right: int) -> float:
    return float(face.points[left, 1] + face.points[right, 1]) / 2


def _distance(face: Frontal, one: int, other: int) -> float:
    across = face.points[one, :2] - face.points[other, :2]
    return float(np.sqrt(across @ across))
