"""How well frames go with a face: the expected verdict of guidance, the fit, what the shopper likes; and why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from shopwright.ml_integration.face import Face, FaceSize
from shopwright.ml_integration.fit import PARTS, fit, fit_parts
from shopwright.ml_integration.frame_facts import FrameFacts
from shopwright.ml_integration.frame_matrix import Floats, FrameMatrix
from shopwright.ml_integration.guidance import FACE_SHAPES
from shopwright.ml_integration.style import Style, style_values

SHARES = {"shape": 0.5, "fit": 0.35, "style": 0.15}
"""What each part counts for. What is not known counts as neutral, so that little knowledge gives scores near 50."""

CLEAR = 1 / 3
"""A part this far from neutral is told as good or bad."""

MOST_REASONS = 3


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """Of every frame of a matrix: ``shape``, ``fit``, ``style`` from -1 to 1, ``parts`` (4, n) of the fit."""

    face: Face
    shape: Floats
    parts: Floats
    fit: Floats
    style: Floats

    @property
    def value(self) -> Floats:
        """(n,) from -1 to 1."""
        value: Floats = SHARES["shape"] * self.shape + SHARES["fit"] * self.fit + SHARES["style"] * self.style
        return value


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a score is what it is: the interface text ``face.reason.<code>`` with ``values`` filled in.

    ``face`` and ``frame`` among the values are words of guidance, whose texts are ``face.shape.…``, ``face.frame.…``.
    """

    code: str
    values: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Compatibility:
    """``score``: 0 to 100, 50 is neutral; 2 or 3 reasons. ``parts``: ``shape``, ``fit``, ``style`` from -1 to 1."""

    score: int
    parts: Mapping[str, float]
    reasons: tuple[Reason, ...]


def scores(frames: FrameMatrix, face: Face, style: Style) -> Scores:
    """The scores of all frames."""
    chances = np.array([face.shapes.get(shape, 0.0) for shape in FACE_SHAPES], np.float32)
    parts = fit_parts(frames, face.size)
    return Scores(face, chances @ frames.verdicts, parts, fit(parts), style_values(frames, style))


def compatibility(frames: FrameMatrix, scored: Scores, place: int) -> Compatibility:
    """One frame's score, with reasons."""
    parts = {"shape": scored.shape[place], "fit": scored.fit[place], "style": scored.style[place]}
    value = sum(SHARES[name] * float(part) for name, part in parts.items())
    reasons = _reasons(frames.frames[place], scored, place)
    return Compatibility(points(value), {name: float(part) for name, part in parts.items()}, tuple(reasons))


def points(value: float) -> int:
    """0 to 100 for -1 to 1; halves go up, as in JavaScript's ``Math.round``."""
    return int(np.floor(50 + 50 * value + 0.5))


def _reasons(frame: FrameFacts, scored: Scores, place: int) -> Iterator[Reason]:
    """First what guidance says, then the fit, then the style or whatever of the fit is clearly off."""
    yield _shape_reason(frame, scored, float(scored.shape[place]))
    yield _width_reason(frame, scored.face.size, float(scored.parts[0, place]))
    style = float(scored.style[place])
    if abs(style) >= CLEAR:
        yield Reason("style_liked" if style > 0 else "style_other", {})
        return
    worst = int(np.argmin(scored.parts[1:, place])) + 1
    if scored.parts[worst, place] <= -CLEAR:
        yield Reason(f"{PARTS[worst][0]}_off", {})
    elif scored.parts[1, place] >= CLEAR:
        yield Reason("eyes_centred", {})


def _shape_reason(frame: FrameFacts, scored: Scores, value: float) -> Reason:
    face = scored.face.likeliest
    if face is None:
        return Reason("shape_unknown", {})
    if not frame.styles:
        return Reason("frame_unknown", {"face": face})
    code = "shape_suits" if value >= CLEAR else "shape_against" if value <= -CLEAR else "shape_open"
    return Reason(code, {"face": face, "frame": frame.styles[0]})


def _width_reason(frame: FrameFacts, size: FaceSize | None, value: float) -> Reason:
    if not frame.measured:
        return Reason("no_measures", {})
    if size is None or frame.width is None:
        return Reason("no_size" if size is None else "no_measures", {})
    if value >= CLEAR:
        return Reason("width_fits", {"mm": round(frame.width)})
    return Reason("width_wide" if frame.width > size.width else "width_narrow", {"mm": round(frame.width)})
