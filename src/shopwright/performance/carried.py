"""What a process that ends counted, brought home to the one that started it: nobody could ask it any more.

Only what grows is carried: counters and histograms. What a gauge said ended with its process.
"""

from collections.abc import Iterable
from typing import Any

from shopwright.performance.metrics import REGISTRY, Buckets, Counter, Histogram, Registry

Carried = list[list[Any]]
"""JSON: of each series its metric, its labels' values, and its number, or its buckets and their sum."""


def carried(registry: Registry = REGISTRY) -> Carried:
    """What this process has counted so far."""
    return [
        [family.name, list(values), _number(measured)]
        for family in registry.collect()
        if family.kind != "gauge"
        for values, measured in family.series.items()
    ]


def take_in(counted: Iterable[list[Any]], registry: Registry = REGISTRY) -> None:
    """Add what another process of this version counted; what has no place here is passed over."""
    for name, values, measured in counted:
        metric = registry.metrics.get(name)
        if isinstance(metric, Counter):
            metric.add(*values, amount=measured)
        elif isinstance(metric, Histogram) and len(measured[0]) == len(metric.bounds) + 1:
            metric.take_in(values, Buckets(tuple(measured[0]), measured[1]))


def _number(measured: float | Buckets) -> float | list[Any]:
    return [list(measured.counts), measured.sum] if isinstance(measured, Buckets) else measured
