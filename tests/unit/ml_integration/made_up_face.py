"""Made-up landmarks: a face drawn from a few numbers, even, from straight ahead or turned. No photo, no person."""

import numpy as np

from shopwright.ml_integration.landmarks import POINTS
from shopwright.ml_integration.model import model

_IRIS = {468: (0, 0), 469: (1, 0), 470: (0, -1), 471: (-1, 0), 472: (0, 1)}
_HEIGHTS = {"eyes": 0.0, 10: -0.81, 152: 1.61, 2: 0.62, 13: 0.86, 14: 0.87}
_USUAL = {
    33: (0.62, 0.0), 133: (0.24, 0.03), 61: (0.36, 0.86), 188: (0.14, 0.12), 103: (0.73, -0.55), 234: (1.0, 0.37),
    109: (0.24, -0.79), 67: (0.48, -0.71), 54: (0.86, -0.35), 21: (0.94, -0.1), 162: (0.98, 0.1), 127: (1.0, 0.15),
    93: (0.981, 0.581), 132: (0.942, 0.801), 58: (0.876, 1.024), 172: (0.784, 1.192), 136: (0.678, 1.309),
    150: (0.542, 1.413), 149: (0.43, 1.485), 176: (0.313, 1.547), 148: (0.176, 1.593),
}  # fmt: skip
"""Half widths and heights of a usual face by the landmark on the picture's left; the unit is half the face's width."""


def face_points(
    width: float = 300.0,
    length: float = 1.0,
    jaw: float = 1.0,
    iris: float = 27.0,
    middle: tuple[float, float] = (400, 500),
) -> np.ndarray:
    """(478, 3) pixels. ``length`` stretches what is below the eyes, ``jaw`` widens the outline towards the chin."""
    unit = width / 2
    points = np.zeros((POINTS, 3))
    angle = np.arange(POINTS) * 2.399963  # what nobody asks for lies on a spiral in the middle of the face
    points[:, 0], points[:, 1] = np.sin(angle) * 0.3, np.cos(angle) * 0.3
    for left, right in [*model()["pose"]["pairs"], model()["scale"]["bridge"]]:
        x, y = _USUAL.get(left, (0.3 + 0.5 * (left % 7) / 7, -0.4 + 1.4 * (left % 11) / 11))
        x *= 1 + (jaw - 1) * max(y, 0) / 1.6 if left in _USUAL and y > 0.4 else 1
        points[left], points[right] = (-x, y, 0.6 * x * x), (x, y, 0.6 * x * x)
    for place, y in _HEIGHTS.items():
        if place != "eyes":
            points[place] = (0, y, -0.2)
    for place, (x, y) in _IRIS.items():
        for middle_x, shift in ((-0.43, 0), (0.43, 5)):
            points[place + shift] = (middle_x + x * iris / 2 / unit, y * iris / 2 / unit, 0.1)
    points[points[:, 1] > 0, 1] *= length
    return points * unit + (*middle, 0)


def turned(points: np.ndarray, yaw: float = 0, pitch: float = 0, roll: float = 0) -> np.ndarray:
    """The face turned about its middle by degrees."""
    centre = points.mean(axis=0)
    return (points - centre) @ (_about(1, yaw) @ _about(0, pitch) @ _about(2, roll)).T + centre


def _about(axis: int, degrees: float) -> np.ndarray:
    cosine, sine = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    one, other = (place for place in range(3) if place != axis)
    matrix = np.eye(3)
    matrix[one, one] = matrix[other, other] = cosine
    matrix[one, other], matrix[other, one] = -sine, sine
    return matrix


def mirrored(points: np.ndarray, width: int) -> np.ndarray:
    """What the landmark model gives for the mirrored picture: the same names on the same sides of the picture."""
    flipped = points * (-1, 1, 1) + (width, 0, 0)
    order = np.arange(POINTS)
    irises = [(468, 473), (469, 476), (471, 474), (470, 475), (472, 477), (188, 412)]
    for left, right in [*model()["pose"]["pairs"], *irises]:
        order[left], order[right] = right, left
    return flipped[order]
