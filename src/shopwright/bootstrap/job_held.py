"""A job while it is worked on: renewed, told of how far it is, and given up when somebody else has it or cancels it."""

import asyncio
import datetime as dt
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TypeVar

from shopwright.ending import end_task
from shopwright.errors import DatabaseUnavailable
from shopwright.jobs.documents import JobDocument
from shopwright.jobs.repository.working import JobWork

LEASE_SECONDS = 30.0
"""How long a job is a worker's that is not heard of."""

BEAT_SECONDS = 0.5
"""How often it is looked whether the job is still ours, and told how far it is."""

T = TypeVar("T")
Change = Callable[[JobDocument], Awaitable[JobDocument]]

_LOST_SECONDS = 10.0
"""After which a cancellation counts as lost (``shopwright.ending``): longer than it takes to end a build in order."""


def utc_now() -> dt.datetime:
    """The present."""
    return dt.datetime.now(dt.UTC)


class HeldJob:
    """A job of this worker's: ``job`` as it is after the last change, made by one at a time."""

    def __init__(self, work: JobWork, job: JobDocument, *, beat: float = BEAT_SECONDS) -> None:
        self.work = work
        self.job = job
        self._beat = beat
        self._lock = asyncio.Lock()
        self._told = self._progress = ("", 0)
        self._renewed = time.monotonic()

    def tell(self, stage: str, done: int) -> None:
        """Remember how far it is; it is written down at the next beat."""
        self._progress = (stage, done)

    async def change(self, change: Change) -> JobDocument:
        """Change the job. Raises ``LeaseLost``, ``JobCancelled``, ``DatabaseError``."""
        async with self._lock:
            await self._write_progress()
            self.job = await change(self.job)
            return self.job

    async def during(self, doing: Awaitable[T]) -> T:
        """The result of ``doing``, which is ended when the job is lost or cancelled.

        Raises what it raises; ``LeaseLost``, ``JobCancelled`` after it has ended.
        """
        work = asyncio.ensure_future(doing)
        keeping = asyncio.create_task(self._keep())
        try:
            await asyncio.wait({work, keeping}, return_when=asyncio.FIRST_COMPLETED)
            if work.done():
                return work.result()
            await end_task(work, _LOST_SECONDS)
            await keeping
            return work.result()
        finally:
            await end_task(work, _LOST_SECONDS)
            await end_task(keeping)

    async def _keep(self) -> None:
        """Until the job is not ours any more. A database that does not answer now is asked again."""
        while True:
            await asyncio.sleep(self._beat)
            with suppress(DatabaseUnavailable):
                async with self._lock:
                    await self._write()

    async def _write(self) -> None:
        if await self._write_progress():
            return
        if time.monotonic() - self._renewed > LEASE_SECONDS / 3:
            self.job = await self.work.renew(self.job, LEASE_SECONDS)
            self._renewed = time.monotonic()
        else:
            await self.work.look(self.job)

    async def _write_progress(self) -> bool:
        """Whether there was any."""
        if self._progress == self._told:
            return False
        told, self._told = self._progress, self._progress
        self.job = await self.work.tell(self.job, LEASE_SECONDS, *told, utc_now())
        self._renewed = time.monotonic()
        return True
