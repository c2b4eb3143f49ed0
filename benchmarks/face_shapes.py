"""How well face shapes are told: repeated cross-validation on labelled faces that are not part of the project.

Every repeat splits the faces anew into ten parts. *Nested*: for each part the recipe (features, shrinkage, ridge) is
chosen by the log loss of a cross-validation inside the other nine, fitted on them, and asked for the part it never saw.
*Shipped*: the same with the recipe of ``model.json``, which somebody chose who had seen such figures.
"""

from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
from benchmarks.face_model import CHOSEN, FEATURE_SETS, RIDGE, SHRINKAGE, Array, fit, outlines, read_faces
from numpy.typing import NDArray

from shopwright.ml_integration.guidance import LEARNED
from shopwright.ml_integration.shape import probabilities

Labels = NDArray[np.int64]
Recipe = tuple[str, float, float]

PARTS, INNER_PARTS, BINS = 10, 5, 10
RECIPES: tuple[Recipe, ...] = tuple(product(FEATURE_SETS, (0.0003, 0.001, 0.003), (0.1, 0.3)))


@dataclass(frozen=True, slots=True)
class ShapeAccuracy:
    """Shares of all faces. Intervals are 95 %, from drawing faces with replacement (mean of the repeats of each)."""

    faces: int
    repeats: int
    top1: float
    top1_interval: tuple[float, float]
    top2: float
    top2_interval: tuple[float, float]
    log_loss: float
    calibration_error: float
    confusion: list[list[float]]
    sure: dict[str, tuple[float, float]]
    chosen: dict[str, int]


def measure(data: Path, repeats: int) -> dict[str, ShapeAccuracy]:
    """The figures of both."""
    points, labels = read_faces(data)
    sets = {name: outlines(points, features) for name, features in FEATURE_SETS.items()}
    nested, shipped = np.zeros((2, repeats, len(labels), len(LEARNED)))
    chosen: dict[str, int] = {}
    for repeat in range(repeats):
        random = np.random.default_rng([2026, repeat])
        parts = _parts(labels, PARTS, random)
        for part in range(PARTS):
            seen = parts != part
            recipe = _best(sets, labels, seen, _parts(labels, INNER_PARTS, random))
            chosen[str(recipe)] = chosen.get(str(recipe), 0) + 1
            nested[repeat, ~seen] = _chances(sets, labels, recipe, seen, ~seen)
            shipped[repeat, ~seen] = _chances(sets, labels, (CHOSEN, SHRINKAGE, RIDGE), seen, ~seen)
    return {"nested": _figures(nested, labels, chosen), "shipped": _figures(shipped, labels, {})}


def _parts(labels: Labels, parts: int, random: np.random.Generator) -> Labels:
    """The number of each face's part; every part has as many of each label."""
    numbers = np.empty(len(labels), np.int64)
    for label in range(len(LEARNED)):
        places = random.permutation(np.flatnonzero(labels == label))
        numbers[places] = np.arange(len(places)) % parts
    return numbers


def _best(sets: dict[str, Array], labels: Labels, seen: NDArray[np.bool_], parts: Labels) -> Recipe:
    def loss(recipe: Recipe) -> float:
        total = 0.0
        for part in range(INNER_PARTS):
            asked = seen & (parts == part)
            chances = _chances(sets, labels, recipe, seen & ~asked, asked)
            total -= float(np.log(chances[np.arange(len(chances)), labels[asked]]).sum())
        return total

    return min(RECIPES, key=loss)


def _chances(
    sets: dict[str, Array], labels: Labels, recipe: Recipe, seen: NDArray[np.bool_], asked: NDArray[np.bool_]
) -> Array:
    name, shrinkage, ridge = recipe
    features = sets[name]
    return probabilities(fit(features[seen], labels[seen], shrinkage, ridge).logits(features[asked]))


def _figures(chances: Array, labels: Labels, chosen: dict[str, int]) -> ShapeAccuracy:
    order = np.argsort(-chances, axis=-1)
    first = order[..., 0] == labels
    two = (order[..., :2] == labels[:, None]).any(axis=-1)
    told = np.take_along_axis(chances, np.broadcast_to(labels[None, :, None], (*chances.shape[:2], 1)), axis=-1)
    confusion = np.zeros((len(LEARNED), len(LEARNED)))
    for repeat in order[..., 0]:
        np.add.at(confusion, (labels, repeat), 1)
    top = chances.max(axis=-1)
    return ShapeAccuracy(
        faces=len(labels),
        repeats=len(chances),
        top1=round(float(first.mean()), 4),
        top1_interval=_interval(first.mean(axis=0)),
        top2=round(float(two.mean()), 4),
        top2_interval=_interval(two.mean(axis=0)),
        log_loss=round(float(-np.log(told).mean()), 4),
        calibration_error=round(_calibration_error(top.ravel(), first.ravel()), 4),
        confusion=(confusion / confusion.sum(axis=1, keepdims=True)).round(3).tolist(),
        sure={str(bound): _above(top, first, bound) for bound in (0.5, 0.6, 0.7, 0.8)},
        chosen=dict(sorted(chosen.items(), key=lambda item: -item[1])),
    )


def _interval(rates: Array, draws: int = 10_000) -> tuple[float, float]:
    random = np.random.default_rng(95)
    means = rates[random.integers(0, len(rates), (draws, len(rates)))].mean(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return round(float(low), 4), round(float(high), 4)


def _calibration_error(told: Array, right: NDArray[np.bool_]) -> float:
    """Expected calibration error: the mean distance of what is told from what is right, in ten bins of what is told."""
    bins = np.minimum((told * BINS).astype(int), BINS - 1)
    return sum(
        float((bins == place).mean() * abs(told[bins == place].mean() - right[bins == place].mean()))
        for place in range(BINS)
        if (bins == place).any()
    )


def _above(top: Array, right: NDArray[np.bool_], bound: float) -> tuple[float, float]:
    """The share of faces that are told with more than this, and how many of them are right."""
    sure = top > bound
    return round(float(sure.mean()), 4), round(float(right[sure].mean()), 4)
