"""Frames for one shopper, best first and not all alike. The same question gets the same answer, in any order of frames.

Nobody needs to be known: without a face, without anything looked at, what is popular and in stock is recommended.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from shopwright.errors import FaceError
from shopwright.ml_integration.co_views import CoViews
from shopwright.ml_integration.compatibility import Compatibility, Scores, compatibility, scores
from shopwright.ml_integration.face import Face
from shopwright.ml_integration.frame_matrix import Floats, FrameMatrix
from shopwright.ml_integration.likeness import likeness
from shopwright.ml_integration.style import Style
from shopwright.ml_integration.weights import Weights

MOST = 100
CANDIDATES = 200
"""Frames looked at for diversity: the best by everything else."""
MOST_SEEN = 20


@dataclass(frozen=True, slots=True)
class Question:
    """Who asks: a face or none, what they like, handles they looked at (the last count), how many they want."""

    face: Face = field(default_factory=Face)
    style: Style = field(default_factory=Style)
    seen: tuple[str, ...] = ()
    count: int = 24

    def __post_init__(self) -> None:
        if type(self.count) is not int or not 1 <= self.count <= MOST:
            raise FaceError("That many frames cannot be recommended.", where="count", remedy=f"Ask for 1 to {MOST}.")


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One frame. ``parts`` say what each weight added to ``value`` or took from it; they sum to it."""

    handle: str
    value: float
    parts: Mapping[str, float]
    compatibility: Compatibility


def recommend(frames: FrameMatrix, co_views: CoViews, question: Question, weights: Weights) -> list[Recommendation]:
    """The frames for a question, at most as many as it wants."""
    scored = scores(frames, question.face, question.style)
    seen = [frames.place[handle] for handle in question.seen if handle in frames.place][-MOST_SEEN:]
    parts = {
        "compatibility": np.float32(weights.compatibility) * scored.value,
        "co_views": np.float32(weights.co_views) * co_views.near(seen, len(frames)),
        "popularity": np.float32(weights.popularity) * frames.popularity,
        "price": np.float32(weights.price) * _affordable(frames, question.style.budget),
    }
    total: Floats = sum(parts.values(), np.zeros(len(frames), np.float32))
    shown = frames.in_stock | weights.sold_out
    shown[seen] = False
    candidates = _best(np.where(shown, total - 1_000 * ~frames.in_stock, -np.inf), CANDIDATES)
    chosen = _diverse(frames, candidates, total, weights.diversity, question.count)
    return [_told(frames, scored, parts, place, loss) for place, loss in chosen]


def _affordable(frames: FrameMatrix, budget: int | None) -> Floats:
    """1 within the budget, falling to -1 at twice of it; 0 without a budget or a price."""
    if budget is None:
        return np.zeros(len(frames), np.float32)
    over = frames.price / np.float32(max(budget, 1)) - 1
    affordable: Floats = np.nan_to_num(np.clip(1 - 2 * over, -1, 1), nan=0.0)
    return affordable


def _best(values: Floats, most: int) -> NDArray[np.int64]:
    """The places of the largest values that are not -inf, largest first; equals in their order."""
    places = np.flatnonzero(values > -np.inf)
    if len(places) > most:
        bound = np.partition(values, len(values) - most)[len(values) - most]
        above = np.flatnonzero(values > bound)
        places = np.concatenate([above, np.flatnonzero(values == bound)[: most - len(above)]])
    return places[np.lexsort((places, -values[places]))]


def _diverse(
    frames: FrameMatrix, candidates: NDArray[np.int64], total: Floats, diversity: float, count: int
) -> list[tuple[int, float]]:
    """Places, and what each loses for its likeness to the likest one above it.

    Maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998): the next is the best after that loss.
    """
    alike = np.zeros(len(candidates), np.float32)
    left = np.where(frames.in_stock[candidates], 0, -1_000) + total[candidates].astype(np.float64)
    chosen: list[tuple[int, float]] = []
    for _ in range(min(count, len(candidates))):
        at = int(np.argmax(left - diversity * alike))
        chosen.append((int(candidates[at]), -diversity * float(alike[at])))
        left[at] = -np.inf
        alike = np.maximum(alike, likeness(frames, int(candidates[at]), candidates))
    return chosen


def _told(frames: FrameMatrix, scored: Scores, parts: Mapping[str, Floats], place: int, loss: float) -> Recommendation:
    told = {name: float(part[place]) for name, part in parts.items()} | {"diversity": loss}
    return Recommendation(frames.frames[place].handle, sum(told.values()), told, compatibility(frames, scored, place))
