import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from shopwright.performance.opentelemetry_tracer import OpenTelemetryTracer
from shopwright.performance.tracing import is_traceparent, span, took, trace_with, traceparent

PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
"""The example of W3C Trace Context, 3.2.3."""


@pytest.fixture
def kept():
    """What is kept of spans, as a function."""
    exporter = InMemorySpanExporter()
    tracer = OpenTelemetryTracer(SimpleSpanProcessor(exporter), Resource.get_empty())
    trace_with(tracer)
    yield exporter.get_finished_spans
    trace_with(None)
    tracer.provider.shutdown()


async def test_nobody_keeps_spans_unless_told():
    with span("build") as outer:
        outer.note(pages=1)
        assert traceparent() == ""
        took("find", 0.1)
    async with span("build") as inner:
        assert inner is outer


def test_a_span_stands_within_the_one_that_is_going_on(kept):
    with span("job", kind="generation") as job:
        with span("publish upload", cdn_files=3) as upload:
            upload.note(bytes=7, of_ours=True)
        job.note(state="published")
    upload, job = kept()
    assert (upload.name, dict(upload.attributes)) == ("publish upload", {"cdn.files": 3, "bytes": 7, "of.ours": True})
    assert (job.name, dict(job.attributes)) == ("job", {"kind": "generation", "state": "published"})
    assert upload.parent.span_id == job.context.span_id
    assert job.parent is None


async def test_another_process_goes_on(kept):
    async with span("api"):
        said = traceparent()
    assert is_traceparent(said)
    with span("job", parent=said):
        pass
    api, job = kept()
    assert job.parent.span_id == api.context.span_id
    assert job.context.trace_id == api.context.trace_id


def test_who_stands_within_a_span_keeps_to_it_whatever_parent_is_named(kept):
    with span("outer"), span("inner", parent=PARENT):
        pass
    inner, outer = kept()
    assert inner.parent.span_id == outer.context.span_id


@pytest.mark.parametrize("parent", ["", "nonsense", PARENT.replace("00-", "ff-"), "00-" + "0" * 32 + PARENT[35:]])
def test_a_parent_that_is_none_begins_a_trace(kept, parent):
    with span("request", parent=parent):
        pass
    assert kept()[0].parent is None


def test_what_others_do_not_keep_is_not_kept_here(kept):
    with span("request", parent=f"{PARENT[:-2]}00"):
        assert traceparent() == f"{PARENT[:36]}{traceparent()[36:52]}-00"
    assert kept() == ()


def test_an_error_marks_its_span_by_its_type_alone(kept):
    with pytest.raises(ValueError, match="ann@mail"), span("job"):
        raise ValueError("ann@mail.example")
    (job,) = kept()
    assert dict(job.attributes) == {"error.type": "ValueError"}
    assert (job.status.is_ok, job.events) == (False, ())


def test_what_is_told_of_afterwards_has_its_time_and_its_place(kept):
    took("find", 0.25)
    with span("job"):
        took("find", 0.25, db_collection="jobs")
    find, job = kept()
    assert find.parent.span_id == job.context.span_id
    assert find.end_time - find.start_time == 250_000_000
    assert dict(find.attributes) == {"db.collection": "jobs"}


def test_texts_are_bounded(kept):
    with span("job", reason="x" * 5_000):
        pass
    assert len(kept()[0].attributes["reason"]) == 200


@given(st.text(max_size=80) | st.from_regex(r"[0-9a-f-]{50,60}", fullmatch=True))
@settings(max_examples=100)
def test_only_the_form_of_the_standard_is_a_traceparent(text):
    parts = text.split("-")
    hexadecimal = set("0123456789abcdef")
    is_one = (
        [len(part) for part in parts] == [2, 32, 16, 2]
        and all(set(part) <= hexadecimal for part in parts)
        and parts[0] == "00"
        and set(parts[1]) != {"0"}
        and set(parts[2]) != {"0"}
    )
    assert is_traceparent(text) is is_one
