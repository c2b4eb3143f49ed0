import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from shopwright.errors import SettingsError
from shopwright.performance import collector
from shopwright.performance.collector import Collector, telemetry_sent
from shopwright.performance.metrics import Label, Registry
from shopwright.performance.tracing import span, traceparent


@pytest.fixture
def listening():
    """A collector that keeps what it is sent: its address, and (path, body) of each request."""
    heard = []

    class Keeps(BaseHTTPRequestHandler):
        def do_POST(self):
            heard.append((self.path, self.rfile.read(int(self.headers["Content-Length"]))))
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


def metrics():
    made = Registry()
    made.counter("pictures_total", "Pictures", [Label("how", ("made",))]).add("made", amount=3)
    made.gauge("used_bytes", "Used").set(2.5)
    made.histogram("took_seconds", "Took", bounds=(1, 5)).observe(2)
    return made


def test_spans_and_metrics_reach_a_real_collector(listening):
    endpoint, heard = listening
    with telemetry_sent(Collector(endpoint), "worker", metrics()), span("job", kind="generation"):
        parent = traceparent()
    assert traceparent() == ""
    bodies = dict(heard)
    traces = ExportTraceServiceRequest.FromString(bodies["/v1/traces"])
    (sent,) = traces.resource_spans[0].scope_spans[0].spans
    assert (sent.name, sent.trace_id.hex()) == ("job", parent.split("-")[1])
    resource = {each.key: each.value.string_value for each in traces.resource_spans[0].resource.attributes}
    assert (resource["service.name"], resource["service.namespace"]) == ("shopwright", "worker")
    points = ExportMetricsServiceRequest.FromString(bodies["/v1/metrics"]).resource_metrics[0].scope_metrics[0].metrics
    counter, histogram, gauge = points
    assert (counter.name, counter.unit, counter.sum.is_monotonic) == ("pictures_total", "1", True)
    assert counter.sum.data_points[0].as_double == 3
    assert (gauge.name, gauge.unit, gauge.gauge.data_points[0].as_double) == ("used_bytes", "By", 2.5)
    assert (histogram.unit, list(histogram.histogram.data_points[0].bucket_counts)) == ("s", [0, 1, 0])
    assert list(histogram.histogram.data_points[0].explicit_bounds) == [1, 5]
    assert not histogram.histogram.data_points[0].HasField("max")


def test_metrics_are_sent_while_the_block_runs(listening):
    endpoint, heard = listening
    with telemetry_sent(Collector(endpoint, every=0.02), "api", metrics()):
        deadline = time.monotonic() + 30
        while [path for path, _ in heard].count("/v1/metrics") < 2:
            assert time.monotonic() < deadline
            time.sleep(0.01)


def test_a_collector_that_is_not_there_costs_only_what_was_not_sent(monkeypatch):
    monkeypatch.setattr(collector, "SECONDS", 0.1)
    with telemetry_sent(Collector("http://127.0.0.1:1"), "api", Registry()), span("request"):
        pass


def test_without_the_exporters_it_says_what_to_install(monkeypatch):
    def missing(name):
        raise ImportError(name)

    monkeypatch.setattr(collector, "import_module", missing)
    with (
        pytest.raises(SettingsError, match=r"Install shopwright\[telemetry\]"),
        telemetry_sent(Collector("http://127.0.0.1:1"), "api"),
    ):
        pytest.fail("nothing can be sent")
