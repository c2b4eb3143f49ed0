"""Sending telemetry where a collector is named; where none is, OpenTelemetry is not even imported (0.1 s)."""

from contextlib import AbstractContextManager, nullcontext
from importlib import import_module

from shopwright.performance.metrics import REGISTRY, Registry


def telemetry(endpoint: str, ratio: float, process: str, registry: Registry = REGISTRY) -> AbstractContextManager[None]:
    """Spans and metrics of this process go to the collector at ``endpoint`` while the block runs; empty: nowhere.

    As ``collector.telemetry_sent``. Raises ``SettingsError``.
    """
    if not endpoint:
        return nullcontext()
    collector = import_module("shopwright.performance.collector")
    sent: AbstractContextManager[None] = collector.telemetry_sent(
        collector.Collector(endpoint, ratio), process, registry
    )
    return sent
