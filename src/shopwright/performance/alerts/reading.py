"""What a rule's number is, from the metrics as they stood over some time."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from shopwright.performance.alerts.rule import LONGEST_WINDOW, Rule, Selection
from shopwright.performance.metrics import Buckets, Family

MOST_SAMPLES = 1_000

_OF_ALL: Mapping[str, Callable[[list[float]], float]] = {"sum": sum, "most": max, "least": min}


@dataclass(frozen=True, slots=True)
class Sample:
    """The metrics at a moment (seconds of any clock that never goes back)."""

    at: float
    families: Mapping[str, Family]


@dataclass(slots=True)
class History:
    """Samples of the last hour, the oldest first; only of metrics that a rule looks at."""

    metrics: frozenset[str]
    samples: deque[Sample] = field(default_factory=lambda: deque(maxlen=MOST_SAMPLES))

    def add(self, at: float, families: Iterable[Family]) -> None:
        """How the metrics stand now."""
        kept = {family.name: family for family in families if family.name in self.metrics}
        self.samples.append(Sample(at, kept))
        while self.samples[0].at < at - LONGEST_WINDOW:
            self.samples.popleft()

    def value(self, rule: Rule) -> float | None:
        """The number of a rule now, None where nobody knows it yet, or what it is divided by is too little."""
        if not self.samples:
            return None
        if rule.measure == "quantile":
            return self._quantile(rule)
        value = self._measured(rule, rule.of)
        if rule.per is None or value is None:
            return value
        divisor = self._measured(rule, rule.per)
        return value / divisor if divisor and divisor >= rule.at_least else None

    def _measured(self, rule: Rule, of: Selection) -> float | None:
        if rule.measure == "rate":
            first, last = self._window(rule)
            seconds = last.at - first.at
            return (sum(_numbers(last, of)) - sum(_numbers(first, of))) / seconds if seconds else None
        numbers = list(_numbers(self.samples[-1], of))
        if not numbers:
            return None
        return _OF_ALL[rule.measure](numbers)

    def _quantile(self, rule: Rule) -> float | None:
        first, last = self._window(rule)
        family = last.families.get(rule.of.metric)
        if family is None or family.kind != "histogram":
            return None
        before = _counts(first, rule.of) or [0] * (len(family.bounds) + 1)
        after = _counts(last, rule.of) or before
        counts = [now - then for now, then in zip(after, before, strict=True)]
        return quantile(family.bounds, counts, rule.quantile)

    def _window(self, rule: Rule) -> tuple[Sample, Sample]:
        last = self.samples[-1]
        return next(sample for sample in self.samples if sample.at >= last.at - rule.over), last


def quantile(bounds: tuple[float, ...], counts: list[int], share: float) -> float | None:
    """The size that ``share`` of what was observed is at most, by a straight line within its bucket; None for nothing.

    As Prometheus has it (``histogram_quantile``): above the last bound nobody knows more than that bound.
    """
    wanted, below, seen = share * sum(counts), 0.0, 0
    if not wanted:
        return None
    for bound, count in zip(bounds, counts, strict=False):
        if count and seen + count >= wanted:
            return below + (bound - below) * (wanted - seen) / count
        below, seen = bound, seen + count
    return bounds[-1]


def _chosen(sample: Sample, of: Selection) -> Iterator[float | Buckets]:
    family = sample.families.get(of.metric)
    if family is None:
        return
    for values, measured in family.series.items():
        labels = dict(zip(family.labels, values, strict=True))
        if all(labels.get(name) in allowed for name, allowed in of.where.items()):
            yield measured


def _numbers(sample: Sample, of: Selection) -> Iterator[float]:
    for measured in _chosen(sample, of):
        yield measured.count if isinstance(measured, Buckets) else measured


def _counts(sample: Sample, of: Selection) -> list[int]:
    chosen = [measured.counts for measured in _chosen(sample, of) if isinstance(measured, Buckets)]
    return [sum(column) for column in zip(*chosen, strict=True)]
