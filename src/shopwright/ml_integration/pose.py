"""A face turned to the camera: its own axes from landmarks that mirror each other, and how even it is."""

from dataclasses import dataclass

import numpy as np

from shopwright.errors import FaceError
from shopwright.ml_integration.landmarks import Landmarks, Points
from shopwright.ml_integration.model import model

_LEAST = 1e-6
"""Pixels: an axis shorter than this has no direction."""


@dataclass(frozen=True, slots=True, eq=False)
class Frontal:
    """A face as seen from straight ahead. ``points``: (478, 3) in pixels around its middle, x to the right, y down.

    ``yaw``, ``pitch``, ``roll``: degrees that it was turned by. ``unevenness`` is how far mirrored points are from
    mirroring each other, in widths of the face: the root of the mean square.
    """

    points: Points
    yaw: float
    pitch: float
    roll: float
    unevenness: float

    @property
    def width(self) -> float:
        """Pixels between the ears' ends of the face (landmarks 234 and 454)."""
        return float(self.points[_RIGHT_EAR, 0] - self.points[_LEFT_EAR, 0])


_LEFT_EAR, _RIGHT_EAR = 234, 454


def frontal(landmarks: Landmarks) -> Frontal:
    """Turn a face to the camera. Raises ``FaceError`` where the points have no direction.

    The first axis is the sum of all lines between mirrored points, which mirroring keeps and turning turns; the second
    goes from the forehead to the chin, at right angles to it; the third is their cross product.
    """
    points = landmarks.points - landmarks.points.mean(axis=0)
    left, right = _mirrored()
    across = _direction((points[right] - points[left]).sum(axis=0))
    top, chin = model()["pose"]["top"], model()["pose"]["chin"]
    down = points[chin] - points[top]
    down = _direction(down - across * (across @ down))
    axes = np.stack([across, down, np.cross(across, down)])
    turned = points @ axes.T
    width = turned[_RIGHT_EAR, 0] - turned[_LEFT_EAR, 0]
    if width < _LEAST:
        raise _no_face()
    return Frontal(
        points=turned,
        yaw=_degrees(across[2], across[0]),
        pitch=_degrees(down[2], down[1]),
        roll=_degrees(across[1], across[0]),
        unevenness=_unevenness(turned[left], turned[right]) / float(width),
    )


def _mirrored() -> tuple[list[int], list[int]]:
    """The landmarks of the left and of the right of the picture that mirror each other, in the same order."""
    pairs: list[list[int]] = model()["pose"]["pairs"]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def _direction(vector: Points) -> Points:
    length = float(np.sqrt(vector @ vector))
    if length < _LEAST:
        raise _no_face()
    return vector / length


def _no_face() -> FaceError:
    return FaceError(
        "The landmarks are not those of a face: they have no left and right, or no top and bottom.",
        where="landmarks",
        remedy="Send the face mesh of one face as the landmark model gives it.",
    )


def _degrees(y: float, x: float) -> float:
    return float(np.degrees(np.arctan2(y, x)))


def _unevenness(left: Points, right: Points) -> float:
    """Mirrored points of an even face have the same height and depth, and the same middle."""
    sums = left[:, 0] + right[:, 0]
    off = np.stack([sums - sums.mean(), right[:, 1] - left[:, 1]])
    return float(np.sqrt((off**2).mean()))
