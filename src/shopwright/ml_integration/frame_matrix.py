"""All frames of a catalogue version as columns of numbers: made once, read by every score and recommendation."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shopwright.ml_integration.frame_facts import FrameFacts
from shopwright.ml_integration.guidance import FACE_SHAPES, style_value

Floats = NDArray[np.float32]
Codes = NDArray[np.int32]

ALIKE = ("styles", "rim", "material", "brand")
"""What makes two frames look alike, besides their width and price; each counts the same."""


@dataclass(frozen=True, slots=True, eq=False)
class FrameMatrix:
    """Frames in the order of their handles, so that the order of the catalogue changes no answer.

    ``verdicts``: (7, n), rows by ``FACE_SHAPES``, from -1 to 1. ``width``, ``centres``, ``bridge``, ``temple``:
    (n,) mm; ``price``: (n,) minor units; all NaN where unknown. ``popularity``: (n,) 0 to 1, the logarithm of the given
    numbers. ``codes``: (len(ALIKE), n), places in ``values``, the values that ``ALIKE`` have; -1 where nothing is told.
    """

    frames: tuple[FrameFacts, ...]
    place: dict[str, int]
    verdicts: Floats
    width: Floats
    centres: Floats
    bridge: Floats
    temple: Floats
    price: Floats
    popularity: Floats
    in_stock: NDArray[np.bool_]
    codes: Codes
    values: tuple[tuple[object, ...], ...]

    def __len__(self) -> int:
        return len(self.frames)


def frame_matrix(frames: Iterable[FrameFacts]) -> FrameMatrix:
    """The columns of frames. A handle that stands twice counts once, the first of it."""
    once: dict[str, FrameFacts] = {}
    for frame in frames:
        once.setdefault(frame.handle, frame)
    ordered = tuple(once[handle] for handle in sorted(once))
    coded = [_codes([getattr(frame, name) for frame in ordered]) for name in ALIKE]
    return FrameMatrix(
        frames=ordered,
        place={frame.handle: place for place, frame in enumerate(ordered)},
        verdicts=_verdicts(ordered),
        width=_column(frame.width for frame in ordered),
        centres=_column(frame.centres for frame in ordered),
        bridge=_column(frame.bridge for frame in ordered),
        temple=_column(frame.temple for frame in ordered),
        price=_column(frame.price for frame in ordered),
        popularity=_popularity(ordered),
        in_stock=np.array([frame.in_stock for frame in ordered], np.bool_),
        codes=np.stack([codes for codes, _ in coded]),
        values=tuple(values for _, values in coded),
    )


def _column(values: Iterable[float | None]) -> Floats:
    return np.array([np.nan if value is None else value for value in values], np.float32)


def _verdicts(frames: Sequence[FrameFacts]) -> Floats:
    styles: dict[tuple[str, ...], list[float]] = {}
    for frame in frames:
        if frame.styles not in styles:
            styles[frame.styles] = [style_value(face, frame.styles) for face in FACE_SHAPES]
    rows = np.array([styles[frame.styles] for frame in frames], np.float32)
    return np.ascontiguousarray(rows.reshape(-1, len(FACE_SHAPES)).T)


def _popularity(frames: Sequence[FrameFacts]) -> Floats:
    wanted = np.log1p(np.array([max(frame.popularity, 0.0) for frame in frames], np.float64))
    most = float(wanted.max(initial=0.0))
    return (wanted / most if most else wanted).astype(np.float32)


def _codes(values: Sequence[object]) -> tuple[Codes, tuple[object, ...]]:
    """The place of each value among all different ones, and these; -1 for one that is empty."""
    known: dict[object, int] = {}
    codes = [known.setdefault(value, len(known)) if value else -1 for value in values]
    return np.array(codes, np.int32), tuple(known)
