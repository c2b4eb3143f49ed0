"""Advice for stores without a service: plain values that a build can put into pages."""

import numpy as np

from shopwright.ml_integration.compatibility import scores
from shopwright.ml_integration.face import chosen_face
from shopwright.ml_integration.frame_matrix import Floats, FrameMatrix
from shopwright.ml_integration.likeness import likeness
from shopwright.ml_integration.style import Style


def related(frames: FrameMatrix, handle: str, count: int = 4) -> list[str]:
    """The frames most like one that can be bought, most alike first; equals by their handles.

    Raises ``KeyError`` for a handle that is not there.
    """
    place, every = frames.place[handle], np.arange(len(frames))
    alike = np.where(frames.in_stock, likeness(frames, place, every), np.float32(-1))
    alike[place] = -1
    return _first(frames, alike, count, least=0.0)


def ranking(frames: FrameMatrix, shape: str, count: int = 100) -> list[str]:
    """The frames that settled guidance recommends to a face shape, most agreed first; then by popularity and handle.

    Raises ``FaceError`` for a shape that is none.
    """
    scored = scores(frames, chosen_face(shape), Style())
    value = np.where(frames.in_stock & (scored.shape > 0), scored.shape, np.float32(-2))
    return _first(frames, value + frames.popularity * np.float32(1e-3), count, least=0.0)


def _first(frames: FrameMatrix, values: Floats, count: int, least: float) -> list[str]:
    order = np.lexsort((np.arange(len(values)), -values))
    return [frames.frames[place].handle for place in order[:count] if values[place] > least]
