"""Frames that the same people looked at: for each frame its nearest neighbours, counted from visits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shopwright.ml_integration.frame_matrix import Floats

NEIGHBOURS = 40
MOST_OF_A_VISIT = 50
"""Frames of one visit that count; who looks at more looks at everything."""

DOUBT = 5.0
"""Visits that two frames must share for half of their likeness to be believed."""


@dataclass(frozen=True, slots=True, eq=False)
class CoViews:
    """Neighbours of frame ``i``: ``places[starts[i]:starts[i + 1]]`` with ``values`` from 0 to 1, nearest first."""

    starts: NDArray[np.int64]
    places: NDArray[np.int32]
    values: Floats

    def near(self, seen: Sequence[int], frames: int) -> Floats:
        """(n,) how near each frame is to those that were seen: the mean of its likeness to each."""
        found = np.zeros(frames, np.float32)
        for place in seen:
            around = slice(self.starts[place], self.starts[place + 1])
            found[self.places[around]] += self.values[around]
        return found / np.float32(max(len(seen), 1))


def no_co_views(frames: int) -> CoViews:
    """Nothing is known yet."""
    return CoViews(np.zeros(frames + 1, np.int64), np.zeros(0, np.int32), np.zeros(0, np.float32))


def count_co_views(visits: Iterable[Sequence[str]], place: Mapping[str, int]) -> CoViews:
    """Count visits: each the handles of what was looked at. Unknown handles do not count, nor the same one twice.

    Likeness is the cosine of two frames' visits, believed by how many they share: c / √(a b) · c / (c + DOUBT).
    """
    pairs, seen = _pairs(visits, place), len(place)
    if not len(pairs):
        return no_co_views(seen)
    codes, shared = np.unique(pairs[:, 0] * seen + pairs[:, 1], return_counts=True)
    one, other = codes // seen, codes % seen
    alone = np.bincount(one[one == other], weights=shared[one == other], minlength=seen)
    apart = one != other
    one, other, shared = one[apart], other[apart], shared[apart]
    likeness = shared / np.sqrt(alone[one] * alone[other]) * shared / (shared + DOUBT)
    order = np.lexsort((other, -likeness, one))
    one, other, likeness = one[order], other[order], likeness[order]
    rank = np.arange(len(one)) - np.searchsorted(one, one)
    kept = rank < NEIGHBOURS
    starts = np.searchsorted(one[kept], np.arange(seen + 1))
    return CoViews(starts.astype(np.int64), other[kept].astype(np.int32), likeness[kept].astype(np.float32))


def _pairs(visits: Iterable[Sequence[str]], place: Mapping[str, int]) -> NDArray[np.int64]:
    """Every two frames of a visit, both ways, and each with itself."""
    found: list[NDArray[np.int64]] = []
    for visit in visits:
        places = dict.fromkeys(place[handle] for handle in visit[: 4 * MOST_OF_A_VISIT] if handle in place)
        ids = np.array(list(places)[:MOST_OF_A_VISIT], np.int64)
        if len(ids):
            found.append(np.stack([np.repeat(ids, len(ids)), np.tile(ids, len(ids))], axis=1))
    return np.concatenate(found) if found else np.zeros((0, 2), np.int64)
