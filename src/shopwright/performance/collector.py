"""Sending metrics and traces to an OpenTelemetry collector (OTLP over HTTP); needs the extra ``telemetry``."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module, metadata
from typing import Any

from opentelemetry.sdk.metrics import export as sdk
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.util.instrumentation import InstrumentationScope

from shopwright.errors import SettingsError
from shopwright.performance.metrics import REGISTRY, Buckets, Family, Registry, Values
from shopwright.performance.opentelemetry_tracer import OpenTelemetryTracer
from shopwright.performance.tracing import trace_with

EVERY = 30.0
"""Seconds from one sending of the metrics to the next."""

SECONDS = 2.0
"""For one sending."""

_SCOPE = InstrumentationScope("shopwright")
_UNKNOWN: Any = None  # the SDK's types do not know that OTLP lets both be missing
_CUMULATIVE = sdk.AggregationTemporality.CUMULATIVE


@dataclass(frozen=True, slots=True)
class Collector:
    """Where a collector listens (``http://127.0.0.1:4318``), and the share of traces that are kept, 0 to 1."""

    endpoint: str
    ratio: float = 1.0
    every: float = EVERY


@contextmanager
def telemetry_sent(collector: Collector, process: str, registry: Registry = REGISTRY) -> Iterator[None]:
    """Send this process's spans and metrics while the block runs, and what is left when it ends.

    ``process`` names this kind of process (``api``, ``worker``). A collector that does not answer costs what was not
    sent, nothing else. Raises ``SettingsError`` where the exporters are not installed.
    """
    resource = Resource.create(
        {"service.name": "shopwright", "service.version": metadata.version("shopwright"), "service.namespace": process}
    )
    spans = _exporter("trace", "OTLPSpanExporter", f"{collector.endpoint}/v1/traces")
    metrics = _exporter("metric", "OTLPMetricExporter", f"{collector.endpoint}/v1/metrics")
    tracer = OpenTelemetryTracer(BatchSpanProcessor(spans), resource, collector.ratio)
    pusher = _Pusher(metrics, resource, registry, collector.every)
    trace_with(tracer)
    pusher.start()
    try:
        yield
    finally:
        trace_with(None)
        tracer.provider.shutdown()
        pusher.stop()


def metrics_data(registry: Registry, resource: Resource, since: int, now: int) -> sdk.MetricsData:
    """The metrics as the SDK hands them to an exporter; times in nanoseconds since 1970."""
    metrics = [_metric(family, since, now) for family in registry.collect()]
    scope = sdk.ScopeMetrics(scope=_SCOPE, metrics=metrics, schema_url="")
    return sdk.MetricsData([sdk.ResourceMetrics(resource=resource, scope_metrics=[scope], schema_url="")])


class _Pusher(threading.Thread):
    def __init__(self, exporter: Any, resource: Resource, registry: Registry, every: float) -> None:  # noqa: ANN401 - optional
        super().__init__(name="metrics-to-collector", daemon=True)
        self._exporter, self._resource, self._registry, self._every = exporter, resource, registry, every
        self._since = time.time_ns()
        self._over = threading.Event()

    def run(self) -> None:
        while not self._over.wait(self._every):
            self._send()
        self._send()

    def stop(self) -> None:
        self._over.set()
        self.join()
        self._exporter.shutdown()

    def _send(self) -> None:
        data = metrics_data(self._registry, self._resource, self._since, time.time_ns())
        self._exporter.export(data, timeout_millis=SECONDS * 1_000)


def _exporter(module: str, name: str, endpoint: str) -> Any:  # noqa: ANN401 - of a library that may not be there
    try:
        exporters = import_module(f"opentelemetry.exporter.otlp.proto.http.{module}_exporter")
    except ImportError:
        raise SettingsError(
            "Nothing is installed that speaks to a collector.",
            where="OTEL_EXPORTER_OTLP_ENDPOINT",
            remedy="Install shopwright[telemetry], or do not set it.",
        ) from None
    return getattr(exporters, name)(endpoint=endpoint, timeout=SECONDS)


def _metric(family: Family, since: int, now: int) -> sdk.Metric:
    points = [_point(family, values, measured, since, now) for values, measured in family.series.items()]
    data: Any
    if family.kind == "histogram":
        data = sdk.Histogram(points, _CUMULATIVE)
    elif family.kind == "counter":
        data = sdk.Sum(points, _CUMULATIVE, is_monotonic=True)
    else:
        data = sdk.Gauge(points)
    return sdk.Metric(family.name, family.help, _unit(family.name), data)


def _point(family: Family, values: Values, measured: float | Buckets, since: int, now: int) -> Any:  # noqa: ANN401 - one of two
    labels = dict(zip(family.labels, values, strict=True))
    if not isinstance(measured, Buckets):
        return sdk.NumberDataPoint(labels, since, now, measured)
    return sdk.HistogramDataPoint(
        attributes=labels,
        start_time_unix_nano=since,
        time_unix_nano=now,
        count=measured.count,
        sum=measured.sum,
        bucket_counts=list(measured.counts),
        explicit_bounds=list(family.bounds),
        min=_UNKNOWN,
        max=_UNKNOWN,
    )


def _unit(name: str) -> str:
    """UCUM, by the end of a metric's name."""
    if "_seconds" in name:
        return "s"
    return "By" if "_bytes" in name else "1"
