import asyncio

import pytest

from shopwright.performance import process_metrics
from shopwright.performance.metrics import REGISTRY
from shopwright.performance.process_metrics import measure_process, watch_loop, watch_process


def value(metric):
    return metric.collect().series[()]


def test_the_process_is_measured():
    measure_process()
    assert value(process_metrics.MEMORY) > 10_000_000
    assert value(process_metrics.LIMIT) >= value(process_metrics.FREE) > 0
    assert value(process_metrics.PROCESSES) >= 1
    assert 0 < value(process_metrics.HANDLES) < value(process_metrics.MOST_HANDLES)
    assert process_metrics.CPU.total > 0


def test_its_time_only_grows():
    measure_process()
    before = process_metrics.CPU.total
    sum(range(2_000_000))
    measure_process()
    assert process_metrics.CPU.total >= before


def test_it_is_measured_whenever_somebody_reads(monkeypatch):
    monkeypatch.setattr(REGISTRY, "before", [])
    watch_process()
    watch_process()
    assert REGISTRY.before == [measure_process]
    assert "shopwright_process_memory_bytes" in [family.name for family in REGISTRY.collect()]


async def test_the_lag_of_the_loop_is_observed_until_cancelled(monkeypatch):
    monkeypatch.setattr(process_metrics, "LAG_EVERY", 0.001)
    before = process_metrics.LAG.collect().series[()].count
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2):
            await watch_loop()
    assert process_metrics.LAG.collect().series[()].count > before
