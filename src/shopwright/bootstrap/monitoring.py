"""Everything that watches a process of the service while it runs: the API and workers alike."""

import asyncio
from collections.abc import AsyncIterator, Coroutine, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field, replace
from socket import gethostname
from typing import Any

from shopwright.bootstrap.alert_rules import alerts_of
from shopwright.ending import end_task
from shopwright.monitoring_settings import MonitoringSettings
from shopwright.performance.admission import PATIENCE, Admission, machine_budget
from shopwright.performance.admission_line import Budget
from shopwright.performance.alerts.evaluation import Evaluation
from shopwright.performance.alerts.watch import EVERY, USUAL, AlertWatch, Manner
from shopwright.performance.health import Probe, examine
from shopwright.performance.logs import record
from shopwright.performance.process_metrics import watch_loop, watch_process
from shopwright.performance.telemetry import telemetry

AT_WORK = 0.5
"""Of the processors a build could use, those it counts for: reading, writing and the audit use one. On two processors
builds of 200 products one after another use 81 % of what there is, two at once all of it."""


@dataclass(frozen=True, slots=True)
class Watching:
    """How a process is watched. ``process`` is its kind (``api``, ``worker``); ``probes`` look at what it needs."""

    settings: MonitoringSettings
    process: str
    probes: Mapping[str, Probe]
    allow_private: bool = False
    manner: Manner = field(default=USUAL)


@dataclass(frozen=True, slots=True)
class Room:
    """Room for builds of this process, of which one that is alone always finds some."""

    admission: Admission

    def __call__(
        self, memory_bytes: int, cpus: float, tenant: str, patience: float = PATIENCE
    ) -> AbstractAsyncContextManager[None]:
        """Room for a build of a tenant; on a small machine for as much as there is. Raises ``Overloaded``."""
        most = self.admission.line.budget.memory_bytes
        return self.admission.room(min(memory_bytes, most), max(1.0, cpus * AT_WORK), tenant=tenant, patience=patience)


@asynccontextmanager
async def monitored(watching: Watching) -> AsyncIterator[Room]:
    """Measure, trace, look after the alert rules while this lasts; gives the room there is for work.

    Raises ``SettingsError``, ``SourceError`` for alert rules that are none.
    """
    settings = watching.settings
    alerts = alerts_of(settings.alerts)
    source = f"{gethostname()}/{watching.process}"
    tells = alerts.tells(allow_private=watching.allow_private)
    watch = AlertWatch(Evaluation(alerts.rules), tells, source, watching.manner)
    watch_process()
    with telemetry(settings.collector, settings.traces, watching.process):
        tasks = [_begun(each) for each in (watch_loop(), watch.run(), _look(watching.probes))]
        try:
            yield Room(Admission(budget_of(settings)))
        finally:
            for task in tasks:
                await end_task(task)


def budget_of(settings: MonitoringSettings) -> Budget:
    """What work of this process may take: of the machine and its control groups, or what the settings say."""
    budget = machine_budget()
    return replace(budget, memory_bytes=settings.memory * 1_000_000) if settings.memory else budget


def _begun(work: Coroutine[Any, Any, None]) -> "asyncio.Task[None]":
    """A task without which the service goes on; that it ended is said."""

    def ended(task: "asyncio.Task[None]") -> None:
        if not task.cancelled() and (error := task.exception()):
            record("monitoring ended", "error", error=error)

    task = asyncio.create_task(work)
    task.add_done_callback(ended)
    return task


async def _look(probes: Mapping[str, Probe]) -> None:
    while True:
        await examine(probes)
        await asyncio.sleep(EVERY)
