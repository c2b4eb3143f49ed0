"""Spans kept by OpenTelemetry's SDK.

What a span is told of an error is its type: messages may quote what somebody sent.
"""

import time
from collections.abc import Mapping
from contextlib import AbstractContextManager
from types import TracebackType

from opentelemetry import trace
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import SpanLimits, SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.sampling import ParentBased, TraceIdRatioBased
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from shopwright.performance.tracing import Attribute, RecordedSpan

MOST_ATTRIBUTES = 32
_NAME = "shopwright"


class OpenTelemetryTracer:
    """Hands spans to ``processor``.

    Keeps the share ``ratio`` of the traces that begin here, and all that others began and keep.
    """

    def __init__(self, processor: SpanProcessor, resource: Resource, ratio: float = 1.0) -> None:
        limits = SpanLimits(max_span_attributes=MOST_ATTRIBUTES)
        sampler = ParentBased(TraceIdRatioBased(ratio))
        self.provider = TracerProvider(sampler=sampler, resource=resource, span_limits=limits, shutdown_on_exit=False)
        self.provider.add_span_processor(processor)
        self._tracer = self.provider.get_tracer(_NAME)
        self._propagator = TraceContextTextMapPropagator()

    def open(self, name: str, parent: str, attributes: Mapping[str, Attribute]) -> AbstractContextManager[RecordedSpan]:
        """A span for as long as the block runs."""
        is_first = not trace.get_current_span().get_span_context().is_valid
        context = self._propagator.extract({"traceparent": parent}) if parent and is_first else None
        return _Opened(
            self._tracer.start_as_current_span(
                name, context=context, attributes=attributes, record_exception=False, set_status_on_exception=False
            )
        )

    def add(self, name: str, seconds: float, attributes: Mapping[str, Attribute]) -> None:
        """A span within the current one that has just ended and took this long."""
        now = time.time_ns()
        begun = self._tracer.start_span(name, attributes=attributes, start_time=now - round(seconds * 1e9))
        begun.end(now)

    def traceparent(self) -> str:
        """The current span as W3C Trace Context writes it."""
        carrier: dict[str, str] = {}
        self._propagator.inject(carrier)
        return carrier.get("traceparent", "")


class _Opened(AbstractContextManager[RecordedSpan]):
    """A current span, marked as failed by an error that leaves the block."""

    def __init__(self, opening: AbstractContextManager[trace.Span]) -> None:
        self._opening = opening
        self._span: trace.Span = trace.INVALID_SPAN

    def __enter__(self) -> RecordedSpan:
        self._span = self._opening.__enter__()
        return self._span

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is not None:
            self._span.set_attribute("error.type", kind.__name__)
            self._span.set_status(trace.StatusCode.ERROR)
        self._opening.__exit__(kind, error, at)
