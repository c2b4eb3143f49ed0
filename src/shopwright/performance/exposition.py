"""Metrics as Prometheus reads them: its text format 0.0.4, and OpenMetrics 1.0 for who asks for that.

Sources: prometheus.io/docs/instrumenting/exposition_formats and the OpenMetrics specification, which differ in four
things here: a counter's family is named without ``_total``, quotes are escaped in help too, bounds are written as
floats, and the last line is ``# EOF``.
"""

import math
from collections.abc import Iterable, Iterator

from shopwright.performance.metrics import REGISTRY, Buckets, Family, Registry

TEXT = "text/plain; version=0.0.4; charset=utf-8"
OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8"


def exposition(accept: str = "", registry: Registry = REGISTRY) -> tuple[str, bytes]:
    """The answer of ``/metrics`` to a request with this ``Accept``: its media type and its body."""
    is_open = "application/openmetrics-text" in accept
    lines = [line for family in registry.collect() for line in _lines(family, is_open=is_open)]
    end = ["# EOF"] if is_open else []
    body = "".join(f"{line}\n" for line in [*lines, *end]).encode()
    return (OPEN_METRICS if is_open else TEXT), body


def _lines(family: Family, *, is_open: bool) -> Iterator[str]:
    name = family.name.removesuffix("_total") if is_open and family.kind == "counter" else family.name
    yield f"# HELP {name} {_quoted(family.help) if is_open else _escaped(family.help)}"
    yield f"# TYPE {name} {family.kind}"
    for values, measured in family.series.items():
        labels = [_label(*pair) for pair in zip(family.labels, values, strict=True)]
        if isinstance(measured, Buckets):
            yield from _histogram(family, labels, measured)
        else:
            yield f"{family.name}{_braced(labels)} {_number(measured)}"


def _histogram(family: Family, labels: list[str], buckets: Buckets) -> Iterator[str]:
    count = 0
    for bound, more in zip((*map(repr, family.bounds), "+Inf"), buckets.counts, strict=True):
        count += more
        yield f"{family.name}_bucket{_braced([*labels, _label('le', bound)])} {count}"
    yield f"{family.name}_sum{_braced(labels)} {_number(buckets.sum)}"
    yield f"{family.name}_count{_braced(labels)} {count}"


def _braced(labels: Iterable[str]) -> str:
    inside = ",".join(labels)
    return f"{{{inside}}}" if inside else ""


def _label(name: str, value: str) -> str:
    return f'{name}="{_quoted(value)}"'


def _quoted(text: str) -> str:
    return _escaped(text).replace('"', '\\"')


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n")


def _number(value: float) -> str:
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else f"{'+' if value > 0 else '-'}Inf"
    return str(int(value)) if value == int(value) and abs(value) < 2**53 else repr(value)
