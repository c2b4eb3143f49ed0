"""Doing jobs: the one function that does what a ticket stands for, for the service itself and for workers alike.

A ticket says that a tenant has work. Whoever takes one does the tenant's next job, if one is due, and gives the ticket
back with the time of the one after. So a message that wakes a worker may be lost, doubled or late: what is true stands
in the database, and a worker that is woken for nothing finds nothing to do.
"""

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from typing import Protocol

from shopwright.audit.repository.trail import AuditTrail
from shopwright.bootstrap.audited import job_failed
from shopwright.bootstrap.job_generation import Generation
from shopwright.bootstrap.job_held import BEAT_SECONDS, LEASE_SECONDS, HeldJob, utc_now
from shopwright.bootstrap.job_place import JobPlace
from shopwright.bootstrap.job_process import Processes
from shopwright.bootstrap.platform import Platform
from shopwright.bootstrap.quotas import MEMORY_OF_BUILD
from shopwright.database.ending import end_task
from shopwright.database.tenant_database import TenantDatabase
from shopwright.database.tickets import Ticket, Tickets
from shopwright.errors import (
    BuildLost,
    DatabaseUnavailable,
    JobCancelled,
    JobError,
    LeaseLost,
    Overloaded,
    QuotaExceeded,
    ShopwrightError,
    StorageError,
    StoreBusy,
)
from shopwright.jobs.documents import JobDocument, Reason
from shopwright.jobs.repository.working import JobWork
from shopwright.jobs.transitions import pause_after, reason_of
from shopwright.multi_tenant.documents import TENANTS
from shopwright.performance.job_metrics import ENDED, RUNNING, SECONDS
from shopwright.performance.logs import bound, record
from shopwright.performance.tracing import span

LOOK_SECONDS = 0.5
"""How often a worker that has nothing to do looks whether there is something."""

WOKEN_LOOK_SECONDS = 5.0
"""The same where a broker wakes it: for messages that were lost, jobs put off, and while the broker is gone."""

BUSY_SECONDS = 5.0
"""After which a job is due again that found no room within its tenant's quotas."""

AWAY_SECONDS = 30.0
"""After which a tenant's work is due again that cannot be worked for: suspended, being moved, not reached."""

_END_SECONDS = 10.0
"""For jobs at work to be handed back before their tasks are ended again and again."""

PASSING = (DatabaseUnavailable, StoreBusy, StorageError, BuildLost)
"""Errors that may be gone at the next attempt; with all others, a job has failed."""

_KIND = "generation"
_CANCELLED = Reason(error="JobCancelled", what="It was cancelled.")
_HANDED_BACK = Reason(error="", what="Its worker was asked to end; another one goes on.")

Room = Callable[[int, float, str], AbstractAsyncContextManager[None]]
"""Room on this machine for so much memory (bytes) and so many processors, for a tenant. Raises ``Overloaded``."""


def any_room(memory_bytes: int, cpus: float, tenant: str) -> AbstractAsyncContextManager[None]:
    """Nobody counts."""
    del memory_bytes, cpus, tenant
    return nullcontext()


class Waking(Protocol):
    """What tells a worker that there is work, and confirms that it was done."""

    async def serve(self, turn: Callable[[], Awaitable[bool]]) -> None:
        """Do turns as there is work, until this is cancelled; no turn goes on after it has ended."""


@dataclass(slots=True)
class JobRunner:
    """Does the jobs of a platform's tenants in this process; the builds themselves are processes of their own."""

    platform: Platform
    place: JobPlace
    room: Room = any_room
    beat: float = BEAT_SECONDS
    processes: Processes = field(default_factory=Processes)
    waking: Waking | None = None
    _woken: asyncio.Event = field(default_factory=asyncio.Event)
    _seats: asyncio.Semaphore = field(init=False)

    def __post_init__(self) -> None:
        self._seats = asyncio.Semaphore(self.place.jobs.jobs)

    def wake(self) -> None:
        """Let whoever has nothing to do look at once."""
        self._woken.set()

    async def run_until(self, stop: asyncio.Event) -> None:
        """Do jobs until ``stop``: what is at work then is handed back, for another worker to go on with."""
        self.processes.start_ahead()
        loops = [asyncio.create_task(self._loop(stop)) for _ in range(self.place.jobs.jobs)]
        if self.waking:
            loops.append(asyncio.create_task(self.waking.serve(self.turn)))
        try:
            await stop.wait()
        finally:
            for loop in loops:
                loop.cancel()
            await asyncio.wait(loops, timeout=_END_SECONDS)
            for loop in loops:
                await end_task(loop)
            await self.processes.end()

    async def turn(self) -> bool:
        """Take the fairest ticket and do what it stands for; whether there was one. Raises ``DatabaseError``."""
        async with self._seats:
            ticket = await Tickets(self.platform.control).take()
            if ticket:
                await self.do(ticket)
            return ticket is not None

    async def do(self, ticket: Ticket) -> None:
        """Do the next job of the ticket's tenant, if one is due, and give the ticket back."""
        tickets = Tickets(self.platform.control)
        renewing = asyncio.create_task(_renew(tickets, ticket))
        due: dt.datetime | None = utc_now() + dt.timedelta(seconds=AWAY_SECONDS)
        try:
            due = await self._work_for(ticket.name)
        except ShopwrightError as error:
            record("a tenant's jobs cannot be worked on", "warning", error=error, tenant=ticket.name)
        finally:
            await end_task(renewing)
            with suppress(ShopwrightError):  # a ticket that cannot be given back ends by itself
                await asyncio.shield(tickets.give_back(ticket, due))

    async def _loop(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            self._woken.clear()
            try:
                if await self.turn():
                    continue
            except ShopwrightError as error:
                record("no ticket can be taken", "warning", error=error)
            with suppress(TimeoutError):
                async with asyncio.timeout(WOKEN_LOOK_SECONDS if self.waking else LOOK_SECONDS):
                    await self._woken.wait()

    async def _work_for(self, tenant: str) -> dt.datetime | None:
        """Do one job; when the tenant's next one is due, None: it has none."""
        found = await self.platform.control.documents(TENANTS).get(tenant)
        if found and found.state == "deleted":
            return None
        if found and (found.state != "active" or (found.journal and found.journal.frozen)):
            return utc_now() + dt.timedelta(seconds=AWAY_SECONDS)
        async with self.platform.tenants.tenant(tenant) as database:
            work = JobWork(database)
            try:
                async with self.room(MEMORY_OF_BUILD, float(self.place.settings.workers), tenant):
                    job = await work.take(self.place.worker, LEASE_SECONDS, utc_now())
                    if job:
                        await self._attempt(database, HeldJob(work, job, beat=self.beat))
            except Overloaded as error:
                return utc_now() + dt.timedelta(seconds=max(1, error.retry_after))
            return await work.due()

    async def _attempt(self, database: TenantDatabase, held: HeldJob) -> None:
        """One attempt at a job, and what becomes of it."""
        generation = Generation(self.platform, self.place, self.processes, database)
        end = "failed"
        with _told(database.name, held.job), span("job", held.job.trace, kind=_KIND) as of_job:
            try:
                await held.during(generation.run(held))
                end = "published"
            except asyncio.CancelledError:
                end = "handed back"
                await asyncio.shield(_handed_back(held))
                raise
            except LeaseLost as error:
                end = "handed back"
                record("a job was lost to another worker", "warning", error=error)
            except ShopwrightError as error:
                end = await _settle(database, held, error)
            except Exception as error:  # noqa: BLE001 - whatever it is: the job ends with a reason, the worker goes on
                record("a job ended with an error of ours", "error", error=error)
                await _settle(database, held, JobError(f"It met an error of ours: {type(error).__name__}"))
            finally:
                ENDED.add(_KIND, end)
                of_job.note(end=end)
                record("job ended", state=end)


@contextmanager
def _told(tenant: str, job: JobDocument) -> Iterator[None]:
    """Measure an attempt, and say in every event meanwhile whose it is of."""
    with RUNNING.held(_KIND), SECONDS.timed(_KIND), bound(tenant=tenant, store=job.store, job=job.id):
        yield


async def _settle(database: TenantDatabase, held: HeldJob, error: ShopwrightError) -> str:
    """Write down why an attempt ended; the name of that end."""
    work, now = held.work, utc_now()
    job, reason = await work.fresh(held.job), reason_of(error)
    if isinstance(error, JobCancelled):
        await work.end(job, "cancelled", _CANCELLED, now)
        return "cancelled"
    if isinstance(error, QuotaExceeded) and error.status == 429:
        wait = (error.resets_at - now).total_seconds() if error.resets_at else BUSY_SECONDS
        await work.again(job, reason, max(wait, BUSY_SECONDS), now, free=True)
        return "handed back"
    if isinstance(error, PASSING) and job.attempts < job.most_attempts:
        await work.again(job, reason, pause_after(job.attempts), now, free=False)
        return "failed"
    await work.end(job, "failed", reason, now)
    with suppress(ShopwrightError):
        await AuditTrail(database).record(job_failed(job, now))
    return "failed"


async def _handed_back(held: HeldJob) -> None:
    with suppress(ShopwrightError):  # else its lease ends by itself
        await held.work.again(await held.work.fresh(held.job), _HANDED_BACK, 0, utc_now(), free=True)


async def _renew(tickets: Tickets, ticket: Ticket) -> None:
    while True:
        await asyncio.sleep(tickets.seconds / 3)
        with suppress(ShopwrightError):
            await tickets.renew(ticket)
