"""Landmarks of one face as they come in from outside: 478 points of MediaPipe's face mesh with irises."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shopwright.errors import FaceError

POINTS = 478
"""Points of the mesh: 468 of the face, five for each iris (the outline's four come after its centre)."""

LARGEST_SIDE = 20_000
SMALLEST_SIDE = 16
_OUTSIDE = 4.0
"""How far outside its picture a point may lie, in sides of it; the mesh goes a little beyond."""
_LEAST_SPAN = 4.0
"""Pixels that a face must extend over, both ways; less is no face but a point or a line."""

Points = NDArray[np.float64]
GivenPoints = Sequence[Sequence[float]] | NDArray[np.floating]


@dataclass(frozen=True, slots=True, eq=False)
class Landmarks:
    """``points``: (478, 3), read-only, in pixels of a picture of ``width`` × ``height``.

    x to the right, y down, z away from the camera on the scale of x, as MediaPipe's Face Landmarker documents them.
    """

    points: Points
    width: int
    height: int


def read_landmarks(points: GivenPoints, width: int, height: int) -> Landmarks:
    """Landmarks given in pixels. Raises ``FaceError`` for anything that is not 478 finite points of one face."""
    return _checked(_as_array(points), _side(width, "width"), _side(height, "height"))


def read_fractions(points: GivenPoints, width: int, height: int) -> Landmarks:
    """Landmarks as MediaPipe gives them: x and z in widths of the picture, y in its heights. Raises ``FaceError``."""
    wide, high = _side(width, "width"), _side(height, "height")
    with np.errstate(over="ignore"):
        return _checked(_as_array(points) * np.array([wide, high, wide], np.float64), wide, high)


def _side(value: int, name: str) -> int:
    if type(value) is not int or not SMALLEST_SIDE <= value <= LARGEST_SIDE:
        remedy = f"Give the picture's {name} in whole pixels, {SMALLEST_SIDE} to {LARGEST_SIDE:,}."
        raise FaceError(f"The {name} of the picture is not usable.", where=name, remedy=remedy)
    return value


def _as_array(points: GivenPoints) -> Points:
    if isinstance(points, np.ndarray):
        if points.shape != (POINTS, 3) or points.dtype.kind != "f":
            raise _refused("they are not 478 points of three numbers")
        return points.astype(np.float64)
    if not isinstance(points, list | tuple) or len(points) != POINTS:
        raise _refused(f"they are not {POINTS} points")
    return np.array([_point(point) for point in points], np.float64)


def _point(point: Sequence[float]) -> tuple[float, ...]:
    if not isinstance(point, list | tuple) or len(point) != 3:
        raise _refused("a point is not three numbers")
    if any(type(value) not in (float, int) for value in point):
        raise _refused("a coordinate is not a number")
    try:
        return tuple(float(value) for value in point)
    except OverflowError as error:
        raise _refused("a coordinate is too large") from error


def _checked(points: Points, width: int, height: int) -> Landmarks:
    if not np.isfinite(points).all():
        raise _refused("a coordinate is not finite")
    sides = np.array([width, height, width], np.float64)
    if (np.abs(points - sides * (0.5, 0.5, 0.0)) > sides * _OUTSIDE).any():
        raise _refused("a point lies far outside the picture")
    if _span(points) < _LEAST_SPAN:
        raise _refused("they do not span a face")
    points.setflags(write=False)
    return Landmarks(points, width, height)


def _span(points: Points) -> float:
    """Pixels of the shorter side of the box around the points."""
    return float(np.ptp(points[:, :2], axis=0).min())


def _refused(why: str) -> FaceError:
    return FaceError(
        f"The landmarks cannot be used: {why}.",
        where="landmarks",
        remedy="Send the face mesh of one face with irises, as the landmark model gives it.",
    )
