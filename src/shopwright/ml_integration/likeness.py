"""How alike two frames look, from 0 to 1."""

import numpy as np
from numpy.typing import NDArray

from shopwright.ml_integration.frame_matrix import ALIKE, Floats, FrameMatrix

WIDTH_APART = 10.0
"""Millimetres of width from which frames are not alike in it."""

_TRAITS = len(ALIKE) + 2


def likeness(frames: FrameMatrix, place: int, others: NDArray[np.int64]) -> Floats:
    """(m,) how alike the frames at ``others`` are to the one at ``place``: the mean over look, width and price.

    What is not known of either is not alike.
    """
    codes, of = frames.codes[:, others], frames.codes[:, place : place + 1]
    same = ((codes == of) & (of >= 0)).sum(axis=0, dtype=np.float32)
    width = 1 - np.abs(frames.width[others] - frames.width[place]) / np.float32(WIDTH_APART)
    price, own = frames.price[others], frames.price[place]
    with np.errstate(divide="ignore", invalid="ignore"):
        cost = np.minimum(price, own) / np.maximum(price, own)
    near: Floats = (same + _known(width) + _known(cost)) / np.float32(_TRAITS)
    return near


def _known(share: Floats) -> Floats:
    return np.nan_to_num(np.clip(share, 0, 1), nan=0.0)
