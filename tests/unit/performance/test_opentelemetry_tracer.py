from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from shopwright.performance.opentelemetry_tracer import MOST_ATTRIBUTES, OpenTelemetryTracer

SAMPLED = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


def opened(ratio, parent):
    exporter = InMemorySpanExporter()
    tracer = OpenTelemetryTracer(SimpleSpanProcessor(exporter), Resource.get_empty(), ratio)
    for _ in range(20):
        with tracer.open("request", parent, {f"a{number}": number for number in range(60)}):
            pass
    assert tracer.traceparent() == ""
    tracer.provider.shutdown()
    return exporter.get_finished_spans()


def test_a_share_of_the_traces_that_begin_here_is_kept_and_all_that_others_keep():
    assert len(opened(1.0, "")) == 20
    assert len(opened(0.0, "")) == 0
    assert len(opened(0.0, SAMPLED)) == 20


def test_a_span_has_a_greatest_number_of_attributes():
    assert {len(span.attributes) for span in opened(1.0, "")} == {MOST_ATTRIBUTES}
