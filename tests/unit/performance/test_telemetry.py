import subprocess
import sys

from shopwright.performance.telemetry import telemetry
from shopwright.performance.tracing import span, traceparent

SAYS = """
import sys
from shopwright.performance.telemetry import telemetry
with telemetry("", 1.0, "api"):
    print(any(name.startswith("opentelemetry") for name in sys.modules))
"""


def test_where_nothing_is_sent_nothing_is_imported():
    said = subprocess.run([sys.executable, "-c", SAYS], capture_output=True, text=True, check=True)
    assert said.stdout == "False\n"


def test_where_a_collector_is_named_spans_are_kept(monkeypatch):
    monkeypatch.setattr("shopwright.performance.collector.SECONDS", 0.1)
    with telemetry("http://127.0.0.1:1", 1.0, "api"), span("request"):
        assert traceparent()
