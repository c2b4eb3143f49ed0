"""The broker of a process: opened where the settings name one, and spoken to by a thread of its own."""

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from shopwright.bootstrap.job_runner import Waking
from shopwright.errors import SettingsError
from shopwright.job_settings import JobSettings

_MOST_PENDING = 100
"""Offers that are being sent: what is beyond is dropped, since those will wake workers too."""

_SLACK_SECONDS = 600.0
"""For publishing, beyond the time a build may take, before Redis counts a message as lost."""


@dataclass(slots=True)
class OpenBroker:
    """A broker that is named; ``waking`` brings its messages to a worker."""

    waking: Waking
    _broker: Any
    _thread: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "broker-offers"))
    _pending: int = 0

    def offer(self) -> None:
        """Tell one worker, on whichever machine, that there is work; sent in the background."""
        if self._pending < _MOST_PENDING:
            self._pending += 1
            self._thread.submit(self._send)

    async def look(self) -> str:
        """What is wrong with the broker; empty: nothing."""
        found: str = await asyncio.get_running_loop().run_in_executor(self._thread, self._broker.look)
        return found

    def close(self) -> None:
        """Send what is on its way, and end the connection."""
        self._thread.submit(self._broker.close)
        self._thread.shutdown()

    def _send(self) -> None:
        self._pending -= 1
        self._broker.offer()


@asynccontextmanager
async def open_broker(settings: JobSettings) -> AsyncIterator[OpenBroker | None]:
    """The broker that the settings name, None where they name none. Raises ``SettingsError`` without the extra."""
    if not settings.broker:
        yield None
        return
    try:
        broker_module = import_module("shopwright.jobs.broker")
        worker_module = import_module("shopwright.jobs.broker_worker")
    except ImportError:
        remedy = "Install shopwright[workers], or do not set it."
        raise SettingsError(
            "Nothing is installed that speaks to a broker.", where="SHOPWRIGHT_BROKER", remedy=remedy
        ) from None
    longest = settings.job_time.total_seconds() + _SLACK_SECONDS
    broker = broker_module.Broker(settings.broker.text, longest)
    opened = OpenBroker(worker_module.BrokerWorker(broker, settings.jobs), broker)
    try:
        yield opened
    finally:
        await asyncio.to_thread(opened.close)
