"""A face as far as frames are concerned: probabilities of its shape, and its size in mm where that is known."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from shopwright.errors import FaceError
from shopwright.ml_integration.guidance import FACE_SHAPES

BANDS = (("narrow", 130.0), ("medium", 135.0), ("wide", 140.0), ("extra_wide", math.inf))
"""Width bands of fronts and the width in mm each ends before, as opticians' size guides give them."""

LEAST_WIDTH, GREATEST_WIDTH = 90.0, 190.0
"""Millimetres: what a face's width is believed to be at all."""


@dataclass(frozen=True, slots=True)
class FaceSize:
    """Millimetres: ``width`` of the face at the temples, ``pupils`` between their centres, ``bridge`` of the nose.

    ``error`` is one standard deviation of ``width``; the others are off by the same share. ``source`` says where the
    scale is from: ``iris`` (a photo) or ``given`` (a frame that fits, a ruler).
    """

    width: float
    error: float
    pupils: float | None = None
    bridge: float | None = None
    source: str = "given"

    def __post_init__(self) -> None:
        given = [value for value in (self.width, self.error, self.pupils, self.bridge) if value is not None]
        if not all(type(value) in (float, int) and math.isfinite(value) and value >= 0 for value in given):
            raise FaceError("A size is not a finite number of millimetres.", where="size", remedy="Leave it out.")
        if not LEAST_WIDTH <= self.width <= GREATEST_WIDTH:
            remedy = f"Give {LEAST_WIDTH:.0f} to {GREATEST_WIDTH:.0f} mm, or leave the size out."
            raise FaceError("That is no width of a face.", where="size", remedy=remedy)

    @property
    def band(self) -> str:
        """The width band of fronts as wide as the face."""
        return band_of(self.width)


@dataclass(frozen=True, slots=True)
class Face:
    """``shapes``: probabilities by face shape, which sum to 1. ``size`` is none where millimetres are not known."""

    shapes: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    size: FaceSize | None = None

    def __post_init__(self) -> None:
        if not self.shapes.keys() <= set(FACE_SHAPES):
            raise FaceError("A face shape is not known.", where="shapes", remedy=f"Use {', '.join(FACE_SHAPES)}.")
        if any(type(value) not in (float, int) or not 0 <= value <= 1 for value in self.shapes.values()):
            raise FaceError("A probability is not between 0 and 1.", where="shapes", remedy="Send numbers from 0 to 1.")
        if self.shapes and not math.isclose(sum(self.shapes.values()), 1, abs_tol=1e-3):
            raise FaceError("The probabilities do not sum to 1.", where="shapes", remedy="Send all of them.")

    @property
    def likeliest(self) -> str | None:
        """The likeliest shape, the first in the order of ``FACE_SHAPES`` among equals; none if no shape is known."""
        known = [shape for shape in FACE_SHAPES if self.shapes.get(shape)]
        return max(known, key=lambda shape: self.shapes[shape]) if known else None


def chosen_face(shape: str, size: FaceSize | None = None) -> Face:
    """The face of somebody who says what shape it is. Raises ``FaceError`` for a shape that is none."""
    return Face(MappingProxyType({shape: 1.0}), size)


def band_of(width: float) -> str:
    """The width band of a front of so many mm."""
    return next(name for name, end in BANDS if width < end)
