import asyncio

import pytest

from shopwright.bootstrap import monitoring
from shopwright.bootstrap.monitoring import Watching, budget_of, monitored
from shopwright.errors import Overloaded, SettingsError
from shopwright.monitoring_settings import MonitoringSettings
from shopwright.performance.admission import machine_budget
from shopwright.performance.alerts.evaluation import FIRING
from shopwright.performance.alerts.watch import Manner
from shopwright.performance.health import READY
from shopwright.performance.metrics import REGISTRY
from shopwright.performance.process_metrics import measure_process
from shopwright.performance.tracing import span, traceparent

SETTINGS = MonitoringSettings(memory=200, alerts=None, log_level="info", collector="", traces=1.0)
BUILD = 500_000_000


@pytest.fixture(autouse=True)
def _own_readers(monkeypatch):
    monkeypatch.setattr(REGISTRY, "before", [])


async def ill():
    return "gone"


async def test_a_process_is_watched_while_it_runs(tmp_path):
    """A part that is not ready is seen, breaks the rule that says so, and its contact is told."""
    (tmp_path / "alerts.yaml").write_text(
        """
rules:
  - name: not-ready
    says: Not ready
    remedy: Look.
    severity: page
    measure: least
    of: {metric: shopwright_ready}
    below: 1
"""
    )
    settings = MonitoringSettings(200, tmp_path / "alerts.yaml", "info", "", 1.0)
    watching = Watching(settings, "api", {"test-part": ill}, manner=Manner(every=0.01))
    tasks = asyncio.all_tasks()
    async with monitored(watching):
        assert REGISTRY.before == [measure_process]
        async with asyncio.timeout(20):
            while not FIRING.collect().series.get(("not-ready",)):  # noqa: ASYNC110 - nobody is called
                await asyncio.sleep(0.01)
        assert READY.collect().series["test-part",] == 0
    assert asyncio.all_tasks() == tasks
    READY.set(1, "test-part")


async def test_there_is_room_for_as_much_as_the_settings_say():
    async with monitored(Watching(SETTINGS, "worker", {})) as room:
        assert room.admission.line.budget.memory_bytes == 200_000_000
        async with room(BUILD, 2.0, "luna"):
            assert room.admission.line.memory_bytes == 200_000_000
            with pytest.raises(Overloaded):
                async with room.admission.room(1, patience=0.01):
                    pytest.fail("there is no room")


def test_the_budget_is_the_machines_where_nothing_is_said():
    assert budget_of(MonitoringSettings(None, None, "info", "", 1.0)) == machine_budget()


async def test_rules_that_are_none_are_said_before_anything_begins(tmp_path):
    settings = MonitoringSettings(None, tmp_path / "none", "info", "", 1.0)
    with pytest.raises(SettingsError, match="cannot be read"):
        async with monitored(Watching(settings, "api", {})):
            pytest.fail("it began")


async def test_traces_are_sent_where_a_collector_is_named(monkeypatch):
    monkeypatch.setattr("shopwright.performance.collector.SECONDS", 0.1)
    settings = MonitoringSettings(None, None, "info", "http://127.0.0.1:1", 1.0)
    async with monitored(Watching(settings, "api", {})):
        with span("request"):
            assert traceparent()
    with span("request"):
        assert not traceparent()


async def test_the_service_goes_on_without_a_watch_that_ended(monkeypatch):
    said = []
    monkeypatch.setattr(monitoring, "record", lambda *what, **fields: said.append((*what, str(fields["error"]))))

    async def breaks():
        raise ValueError("oh")

    monkeypatch.setattr(monitoring, "watch_loop", breaks)
    async with monitored(Watching(SETTINGS, "api", {})):
        await asyncio.sleep(0.01)
    assert said == [("monitoring ended", "error", "oh")]
