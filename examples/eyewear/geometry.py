"""Curves and the camera: closed B-splines in millimetres, and their projection to picture units.

Every outline is the control polygon of a uniform cubic B-spline: it has no overshoot, repeated points make corners, and
projecting the control points projects the curve closely enough. x points right, y down, z towards the viewer.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Point = tuple[float, float]
Point3 = tuple[float, float, float]


def nodes(control: Sequence[Point]) -> list[Point]:
    """The points a closed B-spline passes through, one per control point."""
    rings = zip((control[-1], *control), control, (*control[1:], control[0]), strict=False)
    return [((a[0] + 4 * b[0] + c[0]) / 6, (a[1] + 4 * b[1] + c[1]) / 6) for a, b, c in rings]


def through(points: Sequence[Point]) -> list[Point]:
    """The control polygon of the closed B-spline through points (Jacobi iteration; the error halves each round)."""
    control = list(points)
    for _ in range(24):
        neighbours = zip((control[-1], *control), points, (*control[1:], control[0]), strict=False)
        control = [((6 * p[0] - a[0] - b[0]) / 4, (6 * p[1] - a[1] - b[1]) / 4) for a, p, b in neighbours]
    return control


def fit(control: Sequence[Point], width: float, height: float) -> list[Point]:
    """Move and stretch a closed curve so that it touches all sides of a box around the origin (boxing system)."""
    samples = nodes(control) + _between(control)
    left, right = min(x for x, _ in samples), max(x for x, _ in samples)
    top, bottom = min(y for _, y in samples), max(y for _, y in samples)
    across, down = width / (right - left), height / (bottom - top)
    return [((x - (left + right) / 2) * across, (y - (top + bottom) / 2) * down) for x, y in control]


def _between(control: Sequence[Point]) -> list[Point]:
    """Points of the curve half-way between its nodes: weights 1, 23, 23, 1 of 48."""
    count = len(control)
    quads = ([control[(index + step) % count] for step in range(-1, 3)] for index in range(count))
    return [tuple((a[k] + 23 * b[k] + 23 * c[k] + d[k]) / 48 for k in (0, 1)) for a, b, c, d in quads]  # type: ignore[misc]


def offset(control: Sequence[Point], distance: Callable[[Point], float]) -> list[Point]:
    """A closed clockwise curve moved outwards; ``distance`` gives how far for each outward unit normal."""
    ring = nodes(control)
    moved = []
    for before, here, after in zip((ring[-1], *ring), ring, (*ring[1:], ring[0]), strict=False):
        across, down = after[0] - before[0], after[1] - before[1]
        length = math.hypot(across, down) or 1.0
        normal = (down / length, -across / length)
        step = distance(normal)
        moved.append((here[0] + normal[0] * step, here[1] + normal[1] * step))
    return through(moved)


def mirrored(points: Sequence[Point]) -> list[Point]:
    """The other side of the face."""
    return [(-x, y) for x, y in points]


@dataclass(frozen=True)
class Camera:
    """Looks at ``target`` (mm) turned by ``yaw`` and ``pitch`` (degrees); ``scale`` picture units per mm there."""

    yaw: float
    pitch: float
    scale: float
    target: Point3 = (0.0, 0.0, 0.0)
    distance: float = 620.0
    centre: Point = (800.0, 600.0)

    def project(self, point: Point3) -> Point:
        """The picture position of a point in space, with perspective."""
        x, y, z = (a - b for a, b in zip(point, self.target, strict=True))
        yaw, pitch = math.radians(self.yaw), math.radians(self.pitch)
        x, z = x * math.cos(yaw) - z * math.sin(yaw), z * math.cos(yaw) + x * math.sin(yaw)
        y, z = y * math.cos(pitch) + z * math.sin(pitch), z * math.cos(pitch) - y * math.sin(pitch)
        size = self.scale * self.distance / (self.distance - z)
        return self.centre[0] + x * size, self.centre[1] + y * size
