"""What measuring costs where it stands: `python -m benchmarks.monitoring`.

CPU time of one call in a loop, less that of an empty one; nothing is asserted.
"""

import time
from collections.abc import Callable

from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from shopwright.database.measuring import measured
from shopwright.performance.metrics import Label, Registry
from shopwright.performance.opentelemetry_tracer import OpenTelemetryTracer
from shopwright.performance.tracing import span, trace_with

TIMES = 100_000


def microseconds(call: Callable[[], object], times: int = TIMES) -> float:
    """Of one call."""
    started = time.process_time()
    for _ in range(times):
        call()
    return (time.process_time() - started) / times * 1e6


def spanned() -> None:
    with span("stage pages", pages=3):
        pass


def operation() -> None:
    with measured("jobs"):
        pass


def main() -> None:
    """Print a line for each."""
    metrics = Registry()
    counter = metrics.counter("pages_total", "Pages", [Label("how", ("written", "reused"))])
    histogram = metrics.histogram("stage_seconds", "Stage", [Label("stage")])
    empty = microseconds(lambda: None)
    costs = {
        "a count": microseconds(lambda: counter.add("written")),
        "an observation of a histogram": microseconds(lambda: histogram.observe(0.3, "pages")),
        "a span that nobody keeps": microseconds(spanned),
        "an operation of the database, its measuring alone": microseconds(operation),
    }
    tracer = OpenTelemetryTracer(SimpleSpanProcessor(InMemorySpanExporter()), Resource.get_empty())
    trace_with(tracer)
    costs["a span that is kept"] = microseconds(spanned, TIMES // 20)
    trace_with(None)
    tracer.provider.shutdown()
    for name, cost in costs.items():
        print(f"{name:<52} {cost - empty:6.2f} µs")


if __name__ == "__main__":
    main()
