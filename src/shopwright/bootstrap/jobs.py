"""Jobs as everybody sees them who asks for them: the API inside a tenant, commands, changes of catalogues, schedules.

What is true of a job stands in its tenant's database; the control database only knows that a tenant has work (its
ticket), so that workers find it fairly between tenants. The ticket is offered after the job is there: one that was lost
on the way is offered anew by a sweep, or by asking once more under the same key.
"""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from shopwright.bootstrap.audited import job_steps
from shopwright.bootstrap.inside import Inside
from shopwright.bootstrap.platform import Platform
from shopwright.database.tenant_database import TenantDatabase
from shopwright.database.tickets import Tickets
from shopwright.jobs.documents import JobDocument, JobEvent, Order
from shopwright.jobs.repository.asking import MOST_LISTED, Asking, JobRepository
from shopwright.jobs.transitions import OVER

Job: TypeAlias = JobDocument
"""What callers are given: frozen, with nothing personal in it."""

T = TypeVar("T")

_EVER = dt.datetime(1, 1, 1, tzinfo=dt.UTC)

LOOK_SECONDS = 0.2
"""How often a job is looked at by whoever follows its events."""


@dataclass(frozen=True, slots=True)
class Unguarded:
    """The platform itself inside a tenant, in the name of ``by``: commands, schedules, changes that were heard of."""

    database: TenantDatabase
    by: str = ""

    @property
    def tenant(self) -> str:
        """Whose inside it is."""
        return self.database.name

    def part(self, make: Callable[[TenantDatabase], T]) -> T:
        """A repository of the tenant."""
        return make(self.database)


Within: TypeAlias = Inside | Unguarded
"""Somebody inside a tenant."""


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _nobody() -> None:
    """Workers look by themselves."""


@dataclass(frozen=True, slots=True)
class Jobs:
    """The jobs of a platform's tenants; ``wake`` tells workers at once that there is one more.

    Methods raise ``JobError`` for a job that is not there or not in the state for it, ``AccessDenied`` for who may not,
    ``DatabaseError``.
    """

    platform: Platform
    wake: Callable[[], None] = _nobody
    now: Callable[[], dt.datetime] = _now

    async def submit(self, inside: Within, order: Order, key: str = "") -> Job:
        """Ask for a store to be built and published.

        The same ``key`` is the same job. A store has one job at work; what is asked for meanwhile is folded into one
        that waits. Raises ``DuplicateDocument`` for a key that stood for something else,
        ``ReferenceRefused`` for a store that is not there.
        """
        job = await _jobs(inside).submit(order, self._asking(inside, key))
        await self.offer(inside)
        return job

    async def follow(self, inside: Within, store: str, revision: int, since: dt.datetime = _EVER) -> Job | None:
        """Ask for a published store to be built if what is live is another revision, or older than ``since``.

        None where nothing is to be done: it may be asked as often as one likes.
        """
        job = await _jobs(inside).follow(store, revision, self.now(), since)
        if job:
            await self.offer(inside)
        return job

    async def get(self, inside: Within, id_: str) -> Job:
        """A job."""
        return await _jobs(inside).get(id_)

    async def list(self, inside: Within, after: str = "", limit: int = MOST_LISTED) -> tuple[Job, ...]:
        """Jobs of all stores, the newest first; those behind the job ``after``, at most 500."""
        return tuple(await _jobs(inside).listed(after, limit))

    async def cancel(self, inside: Within, id_: str) -> Job:
        """Let a job not be done: one that waits at once, one at work within seconds; then it is ``cancelling``."""
        return await _jobs(inside).cancel(id_, self._asking(inside))

    async def retry(self, inside: Within, id_: str) -> Job:
        """Ask again for a job that failed or was cancelled: that job, or the one that waits for its store already."""
        job = await _jobs(inside).retry(id_, self._asking(inside))
        await self.offer(inside)
        return job

    async def events(self, inside: Within, id_: str, after: int = 0) -> AsyncIterator[JobEvent]:
        """What happens to a job, until it is over: events with numbers above ``after``, as far as they are kept."""
        jobs = _jobs(inside)
        while True:
            job = await jobs.get(id_)
            for event in job.events:
                if event.number > after:
                    after = event.number
                    yield event
            if job.state in OVER:
                return
            await asyncio.sleep(LOOK_SECONDS)

    def _asking(self, inside: Within, key: str = "") -> Asking:
        by = inside.caller.user if isinstance(inside, Inside) else inside.by
        return Asking(by, self.now(), key)

    async def offer(self, inside: Within, due: dt.datetime | None = None) -> None:
        """Let workers know that a tenant has work, due at a time, at once by default."""
        await Tickets(self.platform.control).offer(inside.tenant, due)
        self.wake()


def _jobs(inside: Within) -> JobRepository:
    return inside.part(lambda database: JobRepository(database, job_steps(database)))
