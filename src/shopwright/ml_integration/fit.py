"""How frames fit a face's size, from -1 to 1: width, where the eyes look through, bridge, temples.

What is not known of a frame or of the face is neutral (0). Each part falls steadily with the distance from what fits.
"""

import numpy as np

from shopwright.ml_integration.face import FaceSize
from shopwright.ml_integration.frame_matrix import Floats, FrameMatrix

PARTS = (("width", 0.5), ("eyes", 0.2), ("bridge", 0.15), ("temple", 0.15))
"""The parts of a fit and what each counts; the width first, as size guides have it."""

WIDTH_FREE, WIDTH_FAR = 2.5, 12.0
"""Millimetres: half a width band is no difference, more than two bands are all the difference."""

EYES_FREE, EYES_FAR = 3.0, 8.0
"""Millimetres that each eye may look beside its lens's centre: opticians want no more than 3 to 4."""

BRIDGE_FREE, BRIDGE_FAR = 1.5, 6.0
"""Millimetres; bridges are sold in steps of one or two."""

TEMPLE_FREE, TEMPLE_FAR = 3.0, 15.0
TEMPLE_MIDDLE, TEMPLE_OF_WIDTH = 142.0, 134.0
"""Temples are sold from 135 to 150 mm, longer with the front: 142 mm beside a front of 134, a millimetre each more."""


def fit_parts(frames: FrameMatrix, size: FaceSize | None) -> Floats:
    """(4, n) in the order of ``PARTS``."""
    parts = np.zeros((len(PARTS), len(frames)), np.float32)
    if size is None:
        return parts
    share = size.error / size.width
    parts[0] = _closeness(frames.width - np.float32(size.width), WIDTH_FREE, WIDTH_FAR, size.error)
    if size.pupils is not None:
        beside = (frames.centres - np.float32(size.pupils)) / np.float32(2)
        parts[1] = _closeness(beside, EYES_FREE, EYES_FAR, share * size.pupils / 2)
    if size.bridge is not None:
        parts[2] = _closeness(frames.bridge - np.float32(size.bridge), BRIDGE_FREE, BRIDGE_FAR, share * size.bridge)
    usual = TEMPLE_MIDDLE + size.width - TEMPLE_OF_WIDTH
    parts[3] = _closeness(frames.temple - np.float32(usual), TEMPLE_FREE, TEMPLE_FAR, size.error)
    return parts


def fit(parts: Floats) -> Floats:
    """(n,) from (4, n)."""
    weights = np.array([weight for _, weight in PARTS], np.float32)
    fitted: Floats = weights @ parts
    return fitted


def _closeness(distance: Floats, free: float, far: float, error: float) -> Floats:
    """1 within ``free``, -1 from ``far`` on, a straight line between; 0 where the distance is not known.

    The less the face's size is known (``error``, mm), the wider both: by half of it, and by all of it.
    """
    near, none = np.float32(free + error / 2), np.float32(far + error)
    line = 1 - 2 * (np.abs(distance) - near) / (none - near)
    close: Floats = np.nan_to_num(np.clip(line, -1, 1), nan=0.0)
    return close
