"""Numbers that say how the service is doing: counters, gauges and histograms, each made once beside what it counts.

``exposition`` shows them to Prometheus, ``collector`` sends them to an OpenTelemetry collector, alert rules read them.
A record costs a lock, a look-up and an addition, whether anybody reads or not (``docs/explain/monitoring.md`` has the
figure). No input can make a metric grow: a label has a closed set of values or a greatest number of them, a metric has
a greatest number of series, and whatever is beyond is counted as ``other``.
"""

import threading
import time
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Generic, Literal, TypeVar

OTHER = "other"
"""What is counted in place of a label's value that is unknown, too long, or one too many."""

MOST_SERIES = 2_000
"""Of one metric."""

MOST_VALUE = 80
"""Characters of a label's value."""

QUICK = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""Bounds in seconds for requests and operations of the database; 0.05 and 0.2 are near what is promised of those."""

SLOW = (0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1_800.0, 3_600.0)
"""Bounds in seconds for stages of a build and for jobs."""

Kind = Literal["counter", "gauge", "histogram"]
Values = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Label:
    """What tells the series of a metric apart: one of ``values``, or, without those, of the first ``most`` seen.

    Never content of a tenant or of a request; a tenant's handle only where ``most`` bounds it.
    """

    name: str
    values: Values = ()
    most: int = 50


@dataclass(frozen=True, slots=True)
class Buckets:
    """A histogram's series: ``counts`` has one number for each bound and one for what is above them all."""

    counts: tuple[int, ...]
    sum: float

    @property
    def count(self) -> int:
        """Of everything observed."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Family:
    """A metric as it stands at one moment. ``series`` maps the labels' values to a number, or to buckets."""

    name: str
    kind: Kind
    help: str
    labels: Values
    bounds: tuple[float, ...]
    series: dict[Values, float | Buckets]


@dataclass(slots=True)
class _Cells:
    """A histogram's series while it is counted."""

    counts: list[int]
    sum: float = 0.0


@dataclass(slots=True)
class _Number:
    """The series of a counter or a gauge while it is counted."""

    value: float = 0.0


S = TypeVar("S", _Number, _Cells)


class _Series(Generic[S]):
    """The series of one metric, as many as there may be."""

    def __init__(self, labels: Sequence[Label], new: Callable[[], S], *, begins: bool = True) -> None:
        self.lock = threading.Lock()
        self.held: dict[Values, S] = {}
        self._labels = labels
        self._seen = [set(label.values) for label in labels]
        self._new: Callable[[], S] = new
        if begins and not labels:
            self.held[()] = new()

    def at(self, values: Values) -> S:
        """The series of these values; the caller holds the lock. Only what was let in is found without a look."""
        found = self.held.get(values)
        return self._let_in(values) if found is None else found

    def _let_in(self, values: Values) -> S:
        pairs = zip(self._labels, self._seen, values, strict=True)
        key = tuple(_bounded(label, seen, value) for label, seen, value in pairs)
        if key not in self.held and len(self.held) >= MOST_SERIES - 1:
            key = tuple(OTHER for _ in self._labels)
        return self.held.setdefault(key, self._new())


class Counter:
    """A number that only grows."""

    kind: Kind = "counter"

    def __init__(self, name: str, help_: str, labels: Sequence[Label] = ()) -> None:
        self.name, self.help, self.labels = name, help_, tuple(labels)
        self._series: _Series[_Number] = _Series(self.labels, _Number)

    def add(self, *values: str, amount: float = 1.0) -> None:
        """Count ``amount`` more, for these values of the labels, in their order."""
        with self._series.lock:
            self._series.at(values).value += amount

    @property
    def total(self) -> float:
        """What was counted, of all series together."""
        with self._series.lock:
            return sum(cell.value for cell in self._series.held.values())

    def collect(self) -> Family:
        """What was counted."""
        return _family(self, self._series)


class Gauge:
    """A number that goes up and down; nobody knows it before it was set."""

    kind: Kind = "gauge"

    def __init__(self, name: str, help_: str, labels: Sequence[Label] = ()) -> None:
        self.name, self.help, self.labels = name, help_, tuple(labels)
        self._series: _Series[_Number] = _Series(self.labels, _Number, begins=False)

    def set(self, value: float, *values: str) -> None:
        """It is ``value`` now."""
        with self._series.lock:
            self._series.at(values).value = value

    def add(self, amount: float, *values: str) -> None:
        """It is ``amount`` more (or less) than before."""
        with self._series.lock:
            self._series.at(values).value += amount

    @contextmanager
    def held(self, *values: str) -> Iterator[None]:
        """One more for as long as the block runs."""
        self.add(1.0, *values)
        try:
            yield
        finally:
            self.add(-1.0, *values)

    def collect(self) -> Family:
        """What it is now."""
        return _family(self, self._series)


class Histogram:
    """How large things are: how many of them were at most as large as each bound, and their sum."""

    kind: Kind = "histogram"

    def __init__(self, name: str, help_: str, labels: Sequence[Label] = (), bounds: Sequence[float] = QUICK) -> None:
        self.name, self.help, self.labels = name, help_, tuple(labels)
        self.bounds = tuple(map(float, bounds))
        self._series: _Series[_Cells] = _Series(self.labels, lambda: _Cells([0] * (len(self.bounds) + 1)))

    def observe(self, value: float, *values: str) -> None:
        """One more thing, of this size."""
        cell = bisect_left(self.bounds, value)
        with self._series.lock:
            series = self._series.at(values)
            series.counts[cell] += 1
            series.sum += value

    def take_in(self, values: Sequence[str], buckets: Buckets) -> None:
        """Add what another process observed within the same bounds."""
        with self._series.lock:
            series = self._series.at(tuple(values))
            series.counts = [one + other for one, other in zip(series.counts, buckets.counts, strict=True)]
            series.sum += buckets.sum

    @contextmanager
    def timed(self, *values: str) -> Iterator[None]:
        """Observe how many seconds the block takes, whether it ends well or not."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self.observe(time.perf_counter() - started, *values)

    def collect(self) -> Family:
        """What was observed."""
        with self._series.lock:
            series: dict[Values, float | Buckets] = {
                values: Buckets(tuple(cells.counts), cells.sum) for values, cells in self._series.held.items()
            }
        return Family(self.name, self.kind, self.help, _names(self.labels), self.bounds, series)


Metric = Counter | Gauge | Histogram
M = TypeVar("M", Counter, Gauge, Histogram)


@dataclass(slots=True)
class Registry:
    """The metrics of a process. ``before`` are functions that set gauges just before they are read."""

    metrics: dict[str, Metric] = field(default_factory=dict)
    before: list[Callable[[], None]] = field(default_factory=list)

    def counter(self, name: str, help_: str, labels: Sequence[Label] = ()) -> Counter:
        """A new counter; its name ends in ``_total``."""
        return self._added(Counter(name, help_, labels))

    def gauge(self, name: str, help_: str, labels: Sequence[Label] = ()) -> Gauge:
        """A new gauge; its name ends in its unit."""
        return self._added(Gauge(name, help_, labels))

    def histogram(
        self, name: str, help_: str, labels: Sequence[Label] = (), bounds: Sequence[float] = QUICK
    ) -> Histogram:
        """A new histogram; its name ends in its unit, in which ``bounds`` are."""
        return self._added(Histogram(name, help_, labels, bounds))

    def collect(self) -> list[Family]:
        """Every metric, by name, as it stands now."""
        for function in self.before:
            function()
        return [self.metrics[name].collect() for name in sorted(self.metrics)]

    def _added(self, metric: M) -> M:
        assert metric.name not in self.metrics, f"{metric.name} is made twice"  # noqa: S101 - a mistake of ours
        self.metrics[metric.name] = metric
        return metric


REGISTRY = Registry()
"""What ``/metrics`` shows."""

counter, gauge, histogram = REGISTRY.counter, REGISTRY.gauge, REGISTRY.histogram


def _bounded(label: Label, seen: set[str], value: str) -> str:
    """The value if it may be a series of its own, else ``other``."""
    if value in seen:
        return value
    if label.values or len(seen) >= label.most or len(value) > MOST_VALUE or not value.isprintable():
        return OTHER
    seen.add(value)
    return value


def _family(metric: Counter | Gauge, series: _Series[_Number]) -> Family:
    with series.lock:
        numbers: dict[Values, float | Buckets] = {values: cell.value for values, cell in series.held.items()}
    return Family(metric.name, metric.kind, metric.help, _names(metric.labels), (), numbers)


def _names(labels: Sequence[Label]) -> Values:
    return tuple(label.name for label in labels)
