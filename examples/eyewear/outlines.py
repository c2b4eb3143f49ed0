"""Lens outlines by shape: B-spline control polygons of the lens on the viewer's right.

x runs from the nose (-1) to the temple (+1), y from the brow (-1) to the cheek (+1); clockwise from the nose side of
the brow. ``fit`` stretches an outline to the lens width and height, so only proportions within it matter here.
"""

import math

from examples.eyewear.geometry import Point

HINGE = {
    "round": -0.28, "oval": -0.22, "panto": -0.5, "square": -0.6, "rectangle": -0.5, "trapezoid": -0.72,
    "cat-eye": -0.84, "aviator": -0.7, "browline": -0.78, "geometric": -0.3,
}  # fmt: skip
"""Height of the hinge as a share of half the lens height, from the lens centre; negative is above."""

BRIDGE = {
    "round": 0.5, "oval": 0.52, "panto": 0.66, "square": 0.8, "rectangle": 0.84, "trapezoid": 0.82,
    "cat-eye": 0.56, "aviator": 0.7, "browline": 0.8, "geometric": 0.56,
}  # fmt: skip
"""Height of the upper edge of the bridge above the lens centre, as a share of half the lens height."""

HEIGHT = {
    "round": (0.9, 0.99), "oval": (0.66, 0.74), "panto": (0.84, 0.92), "square": (0.74, 0.81),
    "rectangle": (0.58, 0.68), "trapezoid": (0.74, 0.8), "cat-eye": (0.7, 0.82), "aviator": (0.8, 0.88),
    "browline": (0.74, 0.82), "geometric": (0.82, 0.92),
}  # fmt: skip
"""Lens height as a share of lens width, from flat to deep."""


def _ring(count: int, turn: float = 0.0) -> list[Point]:
    angles = (math.radians(-157.5 + turn) + index * math.tau / count for index in range(count))
    return [(math.cos(angle), math.sin(angle)) for angle in angles]


def _crisp(corners: list[Point], share: float = 0.17) -> list[Point]:
    """A polygon with slightly rounded corners: each corner becomes three control points."""
    control = []
    for before, here, after in zip((corners[-1], *corners), corners, (*corners[1:], corners[0]), strict=False):
        control.append(tuple(here[k] + (before[k] - here[k]) * share for k in (0, 1)))
        control.append(here)
        control.append(tuple(here[k] + (after[k] - here[k]) * share for k in (0, 1)))
    return control  # type: ignore[return-value]


OUTLINES: dict[str, tuple[list[Point], ...]] = {
    "round": (_ring(8),),
    "oval": (
        _ring(8),
        [(-0.94, -0.5), (-0.45, -0.98), (0.35, -1.05), (0.98, -0.6), (1.05, 0.1), (0.6, 0.9), (-0.3, 1.0),
         (-0.95, 0.45)],
    ),
    "panto": (
        [(-0.98, -0.72), (-0.55, -1.08), (0.05, -1.13), (0.65, -1.06), (1.1, -0.66), (1.08, 0.02), (0.72, 0.82),
         (0.0, 1.17), (-0.68, 0.82), (-1.02, 0.04)],
        [(-0.95, -0.86), (-0.4, -1.1), (0.4, -1.12), (1.02, -0.9), (1.12, -0.3), (0.95, 0.4), (0.45, 1.05),
         (-0.3, 1.08), (-0.84, 0.55), (-1.04, -0.2)],
    ),
    "square": (
        [(-0.98, -0.82), (-0.76, -1.0), (0.0, -1.05), (0.78, -1.02), (1.02, -0.8), (1.04, 0.0), (0.94, 0.76),
         (0.7, 1.0), (0.0, 1.04), (-0.66, 1.0), (-0.9, 0.76), (-1.0, 0.0)],
        [(-0.9, -0.95), (0.0, -1.08), (0.9, -1.0), (1.06, -0.3), (0.98, 0.62), (0.6, 1.03), (-0.1, 1.06),
         (-0.74, 0.96), (-0.98, 0.4), (-1.04, -0.4)],
    ),
    "rectangle": (
        [(-1.0, -0.72), (-0.84, -0.98), (0.0, -1.04), (0.86, -1.04), (1.04, -0.76), (1.02, 0.1), (0.92, 0.78),
         (0.7, 1.0), (0.0, 1.05), (-0.66, 1.0), (-0.92, 0.74), (-1.0, 0.0)],
        [(-0.98, -0.55), (-0.8, -0.95), (0.05, -1.06), (0.92, -1.0), (1.08, -0.5), (0.98, 0.5), (0.7, 0.98),
         (-0.1, 1.06), (-0.78, 0.92), (-1.02, 0.3)],
    ),
    "trapezoid": (
        [(-0.98, -0.78), (-0.78, -0.98), (0.0, -1.04), (0.82, -1.08), (1.1, -0.92), (1.0, -0.2), (0.76, 0.6),
         (0.48, 0.98), (0.0, 1.06), (-0.46, 0.98), (-0.74, 0.64), (-0.94, -0.1)],
        [(-0.96, -0.82), (-0.5, -1.02), (0.3, -1.1), (1.02, -1.06), (1.06, -0.5), (0.84, 0.4), (0.56, 1.0),
         (-0.1, 1.06), (-0.68, 0.8), (-0.94, 0.1)],
    ),
    "cat-eye": (
        [(-0.98, -0.42), (-0.66, -0.78), (0.1, -0.92), (0.8, -1.16), (1.16, -1.06), (1.1, -0.5), (0.9, 0.3),
         (0.42, 0.96), (-0.2, 1.08), (-0.78, 0.74), (-1.02, 0.14)],
        [(-0.94, -0.56), (-0.4, -0.92), (0.4, -1.02), (0.98, -1.22), (1.2, -0.84), (0.98, -0.1), (0.74, 0.62),
         (0.2, 1.06), (-0.5, 1.0), (-0.96, 0.46), (-1.04, -0.1)],
    ),
    "aviator": (
        [(-0.96, -0.72), (-0.6, -1.02), (0.1, -1.08), (0.76, -0.98), (1.08, -0.52), (1.06, 0.14), (0.76, 0.84),
         (0.2, 1.12), (-0.34, 0.96), (-0.76, 0.36), (-1.02, -0.3)],
        [(-0.94, -0.84), (-0.3, -1.06), (0.5, -1.06), (1.06, -0.74), (1.1, -0.1), (0.9, 0.62), (0.36, 1.08),
         (-0.24, 1.02), (-0.7, 0.5), (-1.0, -0.2)],
    ),
    "browline": (
        [(-0.97, -0.78), (-0.7, -1.02), (0.05, -1.06), (0.8, -1.08), (1.08, -0.78), (1.04, -0.1), (0.8, 0.66),
         (0.3, 1.06), (-0.3, 1.06), (-0.78, 0.66), (-0.98, -0.05)],
    ),
    "geometric": (
        _crisp([(-0.56, -1.0), (0.6, -1.0), (1.0, -0.12), (0.6, 1.0), (-0.54, 1.0), (-1.0, -0.12)]),
        _crisp([(-0.46, -1.0), (0.5, -1.0), (1.0, -0.46), (0.98, 0.44), (0.5, 1.0), (-0.44, 1.0), (-0.96, 0.42),
                (-0.97, -0.46)], 0.2),
    ),
}  # fmt: skip
