"""Whether a photo of a face is good enough to say anything about it, as far as landmarks tell."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from shopwright.ml_integration.landmarks import Landmarks
from shopwright.ml_integration.model import model
from shopwright.ml_integration.pose import Frontal

Code = Literal["too_small", "turned_away", "tilted", "cut_off", "uneven", "mouth_open", "small", "turned"]


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with a photo. A ``fatal`` one allows no answer, others make it less certain."""

    code: Code
    fatal: bool


def flaws(landmarks: Landmarks, face: Frontal) -> tuple[Flaw, ...]:
    """The flaws of a photo, fatal ones first; the limits stand in ``model.json``.

    A covered face has no flaw of its own: the mesh is made up where nothing is seen. What shows is that its sides do
    not mirror each other (``uneven``) or that it ends at the picture's edge (``cut_off``).
    """
    limits = model()["quality"]
    turned = max(abs(face.yaw), abs(face.pitch - limits["usual_pitch"]))
    found: list[tuple[Code, bool, bool]] = [
        ("too_small", True, face.width < limits["least_width"]),
        ("turned_away", True, turned > limits["most_turned"]),
        ("tilted", True, abs(face.roll) > limits["most_tilted"]),
        ("cut_off", True, _outside(landmarks) > limits["most_outside"]),
        ("uneven", True, face.unevenness > limits["most_uneven"]),
        ("mouth_open", False, _mouth(face) > limits["most_open"]),
        ("small", False, limits["least_width"] <= face.width < limits["good_width"]),
        ("turned", False, limits["good_turned"] < turned <= limits["most_turned"]),
    ]
    return tuple(Flaw(code, fatal) for code, fatal, holds in found if holds)


def _outside(landmarks: Landmarks) -> float:
    """The share of points beyond the picture's edge."""
    flat = landmarks.points[:, :2]
    return float(((flat < 0) | (flat > (landmarks.width, landmarks.height))).any(axis=1).mean())


def _mouth(face: Frontal) -> float:
    """How far the lips are apart inside, in widths of the face."""
    upper, lower = model()["quality"]["lips"]
    return float(np.abs(face.points[lower, 1] - face.points[upper, 1])) / face.width
