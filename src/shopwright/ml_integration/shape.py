"""The shape of a face, as probabilities: softmax of a linear function of its outline, the last shape's being 0."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from shopwright.ml_integration.guidance import LEARNED
from shopwright.ml_integration.landmarks import Points
from shopwright.ml_integration.model import model

_CEILING = 0.98
"""No probability is larger: the labels themselves are an opinion."""


@dataclass(frozen=True, slots=True)
class ShapeGuess:
    """``shapes``: probabilities by ``guidance.LEARNED``. ``ruled``: shapes that only a rule sees, never a probability.

    ``unusual`` if a ratio is outside what grown-ups' faces have.
    """

    shapes: Mapping[str, float]
    ruled: tuple[str, ...]
    unusual: bool

    @property
    def top_two(self) -> tuple[str, str]:
        """The two likeliest, in this order; equals as ``guidance.LEARNED`` has them."""
        first, second, *_ = sorted(LEARNED, key=lambda shape: -self.shapes[shape])
        return first, second


def guess_shape(features: Points, ratios: Mapping[str, float]) -> ShapeGuess:
    """The shape of a face with these measures (``measures.outline`` and ``measures.ratios``)."""
    fitted = model()["shape"]
    logits = np.array(fitted["weights"]) @ features + np.array(fitted["offsets"])
    chances = probabilities(np.append(logits, 0.0))
    return ShapeGuess(
        MappingProxyType({shape: float(chance) for shape, chance in zip(LEARNED, chances, strict=True)}),
        _ruled(ratios),
        unusual=not all(_within(ratios[name], *bounds) for name, *bounds in model()["usual"]),
    )


def probabilities(logits: Points) -> Points:
    """Softmax over the last axis, mixed with equal chances so that none exceeds the ceiling."""
    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    chances: Points = raised / raised.sum(axis=-1, keepdims=True)
    equal = 1 / chances.shape[-1]
    share = (1 - _CEILING) / (1 - equal)
    mixed: Points = (1 - share) * chances + share * equal
    return mixed


def _ruled(ratios: Mapping[str, float]) -> tuple[str, ...]:
    """Shapes whose every bound holds; each bound is ``[ratio, least or null, most or null]``."""
    rules = model()["rules"]
    return tuple(shape for shape in rules if all(_within(ratios[name], *bounds) for name, *bounds in rules[shape]))


def _within(value: float, least: float | None, most: float | None) -> bool:
    return (least is None or value >= least) and (most is None or value <= most)
