"""Metrics as Prometheus reads them: the text format 0.0.4 (prometheus.io/docs/instrumenting/exposition_formats)."""

from collections.abc import Iterable, Iterator

from shopwright.performance.metrics import REGISTRY, Buckets, Family, Registry

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


def exposition(registry: Registry = REGISTRY) -> bytes:
    """The answer of ``/metrics``."""
    lines = (line for family in registry.collect() for line in _lines(family))
    return "".join(f"{line}\n" for line in lines).encode()


def _lines(family: Family) -> Iterator[str]:
    yield f"# HELP {family.name} {_escaped(family.help)}"
    yield f"# TYPE {family.name} {family.kind}"
    for values, measured in family.series.items():
        labels = [_label(*pair) for pair in zip(family.labels, values, strict=True)]
        if isinstance(measured, Buckets):
            yield from _histogram(family, labels, measured)
        else:
            yield f"{family.name}{_braced(labels)} {_number(measured)}"


def _histogram(family: Family, labels: list[str], buckets: Buckets) -> Iterator[str]:
    count = 0
    for bound, more in zip((*map(_number, family.bounds), "+Inf"), buckets.counts, strict=True):
        count += more
        yield f"{family.name}_bucket{_braced([*labels, _label('le', bound)])} {count}"
    yield f"{family.name}_sum{_braced(labels)} {_number(buckets.sum)}"
    yield f"{family.name}_count{_braced(labels)} {count}"


def _braced(labels: Iterable[str]) -> str:
    inside = ",".join(labels)
    return f"{{{inside}}}" if inside else ""


def _label(name: str, value: str) -> str:
    quoted = _escaped(value).replace('"', '\\"')
    return f'{name}="{quoted}"'


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n")


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) and abs(value) < 2**53 else repr(value)
