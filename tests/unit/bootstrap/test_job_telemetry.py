"""A job is one trace from the request that asked for it to the process that builds, and nothing counted there is lost.

Of ``bootstrap.job_runner``, ``bootstrap.job_process`` and ``bootstrap.job_child``, with a real build.
"""

import io
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import orjson
import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from tests.stores.small import product
from tests.unit.bootstrap.working import working

from shopwright.bootstrap import job_process
from shopwright.performance.line_metrics import STAGE, STAGES
from shopwright.performance.logs import start_logging, stop_logging
from shopwright.performance.opentelemetry_tracer import OpenTelemetryTracer
from shopwright.performance.tracing import span, trace_with


@pytest.fixture
def collector():
    """A collector: its address, and the bodies that it heard."""
    heard = []

    class Keeps(BaseHTTPRequestHandler):
        def do_POST(self):
            heard.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *said):
            pass

    server = HTTPServer(("127.0.0.1", 0), Keeps)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", heard
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def kept():
    """The spans of this process."""
    exporter = InMemorySpanExporter()
    tracer = OpenTelemetryTracer(SimpleSpanProcessor(exporter), Resource.get_empty())
    trace_with(tracer)
    yield exporter.get_finished_spans
    trace_with(None)
    tracer.provider.shutdown()


@pytest.fixture
def written():
    """The events of this process."""
    stream = io.BytesIO()
    start_logging(stream=stream)
    yield lambda: [orjson.loads(line) for line in stream.getvalue().splitlines()]
    stop_logging()


def counted():
    series = STAGE.collect().series
    return {values[0]: measured.count for values, measured in series.items()}


async def test_a_job_is_one_trace_and_what_its_build_counted_comes_home(
    mongo_uri, tmp_path, collector, kept, written, monkeypatch
):
    endpoint, heard = collector
    monkeypatch.setattr(job_process, "telemetry_variables", lambda: {"OTEL_EXPORTER_OTLP_ENDPOINT": endpoint})
    before = counted()
    async with working(mongo_uri, tmp_path) as worker:
        worker.really()
        tenant = await worker.tenant(product("a"))
        with span("request"):
            job = await worker.submit(tenant)
        await worker.runner.turn()
        assert (await worker.job(tenant, job.id)).state == "published"
    (request,) = [each for each in kept() if each.name == "request"]
    (of_job,) = [each for each in kept() if each.name == "job"]
    assert of_job.parent.span_id == request.context.span_id
    assert of_job.attributes["end"] == "published"
    sent = {
        each.name: each
        for body in heard
        for scope in ExportTraceServiceRequest.FromString(body).resource_spans[0].scope_spans
        for each in scope.spans
    }
    assert sent.keys() == {"build", *(f"stage {name}" for name in STAGES if name != "purge")}
    assert {each.trace_id for each in sent.values()} == {request.context.trace_id.to_bytes(16, "big")}
    assert sent["stage pages"].parent_span_id == sent["build"].span_id
    assert {name: counted()[name] - before.get(name, 0) for name in STAGES if name != "purge"} == {
        name: 1 for name in STAGES if name != "purge"
    }
    (ended,) = [each for each in written() if each["message"] == "job ended"]
    assert (ended["organization.id"], ended["shopwright.job.id"]) == (tenant, job.id)
    assert ended["trace.id"] == format(request.context.trace_id, "032x")
