"""Jobs as those see them who ask for them: asked for once, looked at, cancelled, asked for again.

Every change of a job is conditional: it is made if nobody changed the job since it was read (``last`` counts its
events, ``taken`` its workers).
"""

import datetime as dt
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from shopwright.database.documents import Documents, Session
from shopwright.database.idempotency import Operation, transaction_once
from shopwright.database.tenant_database import TenantDatabase
from shopwright.errors import DuplicateDocument, JobError, NoSuchJob
from shopwright.generation.documents import LIVE
from shopwright.jobs.documents import (
    BLOCKED,
    IN_SLOT,
    IN_STATE,
    JOBS,
    NEWEST,
    Cause,
    JobDocument,
    JobEvent,
    Order,
    Reason,
)
from shopwright.jobs.transitions import OVER, Changes, folded, moved, noted
from shopwright.performance.tracing import traceparent

MOST_LISTED = 500
MOST_ATTEMPTS = 5

_TRIES = 5
_EVER = dt.datetime(1, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks for a job, when (an aware time), and why; ``key`` names the request: the same key is the same job."""

    by: str
    at: dt.datetime
    key: str = ""
    cause: Cause = "request"


Act = Literal["job.start", "job.cancel"]
"""What was done, as an audit trail calls it."""

Tell = Callable[[Act, JobDocument, Asking, Session], Awaitable[None]]
"""Told what was done to a job, in the transaction that does it."""


async def _nobody(act: Act, job: JobDocument, asking: Asking, session: Session) -> None:
    """Nobody wants to know."""
    del act, job, asking, session


@dataclass(frozen=True, slots=True)
class JobRepository:
    """The jobs of a tenant, as those see them who ask for them. Methods raise ``JobError``, ``DatabaseError``."""

    database: TenantDatabase
    tell: Tell = _nobody

    async def submit(self, order: Order, asking: Asking) -> JobDocument:
        """Ask for a store to be built and published: the job that does it.

        A store has one job at work and one that waits: what is asked for while one waits is folded into that. Raises
        ``DuplicateDocument`` when something else was asked for under the key, ``ReferenceRefused`` for a store that is
        not there.
        """
        request = order.model_dump(mode="json")
        for _ in range(_TRIES - 1):
            try:
                return await self._submit(order, asking, request)
            except DuplicateDocument as error:
                if error.where != JOBS.name:  # else another was asked for at the same moment
                    raise
        return await self._submit(order, asking, request)

    async def get(self, id_: str) -> JobDocument:
        """A job."""
        found = await self._jobs.get(id_)
        if found is None:
            raise NoSuchJob("There is no such job", where=id_, remedy="List the jobs.")
        return found

    async def listed(self, after: str = "", limit: int = MOST_LISTED) -> list[JobDocument]:
        """Jobs of all stores, the newest first; those behind the job ``after``."""
        place = None
        if after:
            last = await self.get(after)
            place = (last.asked, last.id)
        return await self._jobs.find(NEWEST, {}, limit=min(limit, MOST_LISTED), after=place)

    async def events(self, id_: str, after: int = 0) -> list[JobEvent]:
        """What happened to a job since its event ``after``, as far as it is kept."""
        return [event for event in (await self.get(id_)).events if event.number > after]

    async def cancel(self, id_: str, asking: Asking) -> JobDocument:
        """Let a job not be done: one that waits at once, one at work as soon as its worker hears of it.

        One that is being published is not cancelled any more: its release is whole, and may be live.
        """
        for _ in range(_TRIES):
            job = await self.get(id_)
            _refuse_cancelling(job)
            if job.cancelling:
                return job
            if changed := await self._change(job, _cancelled(job, asking.at), "job.cancel", asking):
                return changed
        raise JobError("The job changes too fast to be cancelled", where=id_, remedy="Try again.")

    async def retry(self, id_: str, asking: Asking) -> JobDocument:
        """Ask again for a job that failed or was cancelled: the job itself, or the one that waits for its store."""
        job = await self.get(id_)
        if job.state not in OVER:
            raise JobError(f"The job is {job.state}: it does not need to be repeated", where=id_)
        running = await self._jobs.first(IN_SLOT, {"store": job.store, "slot": "running"})
        changes = {
            **moved(job, "queued", asking.at, "It was asked for again."),
            "attempts": 0,
            "cancelling": False,
            "reason": None,
            "due": BLOCKED if running else asking.at,
        }
        try:
            changed = await self._change(job, changes, "job.start", asking)
        except DuplicateDocument:
            waiting = await self._jobs.first(IN_SLOT, {"store": job.store, "slot": "queued"})
            return waiting or await self.get(id_)
        return changed or await self.get(id_)

    async def follow(
        self, store: str, revision: int, at: dt.datetime, since: dt.datetime = _EVER
    ) -> JobDocument | None:
        """Ask for a store to be published as it is now, if what is live is another revision, or older than ``since``.

        None where nothing is to be done: no job published the store yet, or one published a revision that was named;
        or what is live, being built or waiting is new enough, or failed to be: it may be asked as often as one likes.
        What was made live by hand since stays until the catalogue changes, however old it gets.
        """
        live = await self._jobs.first(IN_STATE, {"store": store, "state": "published"})
        if live is None or live.order.revision is not None:
            return None
        if live.order.date or not await self._is_live(live):
            since = _EVER
        failed = await self._jobs.first(IN_STATE, {"store": store, "state": "failed"})
        if _is_new(live, revision, since) or (failed and _is_new(failed, revision, since)):
            return None
        waiting = await self._jobs.first(IN_SLOT, {"store": store, "slot": "queued"})
        if waiting:
            return waiting if waiting.order.revision is None else None
        running = await self._jobs.first(IN_SLOT, {"store": store, "slot": "running"})
        if running and _is_new(running, revision, since):
            return None
        cause: Cause = "change" if (live.revision or 0) < revision else "schedule"
        return await self.submit(live.order, Asking("", at, cause=cause))

    async def _is_live(self, job: JobDocument) -> bool:
        live = await self.database.documents(LIVE).get(job.store)
        return live is not None and live.release == job.release

    async def _submit(self, order: Order, asking: Asking, request: Mapping[str, Any]) -> JobDocument:
        async def work(session: Session) -> Mapping[str, Any]:
            return {"job": (await self._asked(order, asking, session)).id}

        if asking.key:
            done = await transaction_once(self.database, Operation(f"job/{asking.key}", request), work)
        else:
            done = await self.database.transaction(work)
        return await self.get(done["job"])

    async def _asked(self, order: Order, asking: Asking, session: Session) -> JobDocument:
        waiting = await self._jobs.first(IN_SLOT, {"store": order.store, "slot": "queued"}, session=session)
        if waiting is None:
            running = await self._jobs.first(IN_SLOT, {"store": order.store, "slot": "running"}, session=session)
            new = _new_job(order, asking, BLOCKED if running else asking.at)
            await self._jobs.insert(new, session=session)
            await self.tell("job.start", new, asking, session)
            return new
        changes = {**noted(waiting, asking.at, "Another request was folded in."), "order": folded(waiting.order, order)}
        changed = await self._jobs.update(waiting.id, changes, expected=fence(waiting), session=session)
        assert changed  # noqa: S101 - a transaction sees one state
        await self.tell("job.start", changed, asking, session)
        return changed

    async def _change(self, job: JobDocument, changes: Changes, act: Act, asking: Asking) -> JobDocument | None:
        """None: somebody else changed it meanwhile."""

        async def work(session: Session) -> JobDocument | None:
            changed = await self._jobs.update(job.id, changes, expected=fence(job), session=session)
            if changed:
                await self.tell(act, changed, asking, session)
            return changed

        return await self.database.transaction(work)

    @property
    def _jobs(self) -> Documents[JobDocument]:
        return self.database.documents(JOBS)


def fence(job: JobDocument) -> dict[str, object]:
    """What is so of a job as long as nobody has changed it."""
    return {"last": job.last, "taken": job.taken}


def _is_new(job: JobDocument, revision: int, since: dt.datetime) -> bool:
    return (job.revision or 0) >= revision and job.begun is not None and job.begun >= since


def _refuse_cancelling(job: JobDocument) -> None:
    if job.state in OVER:
        raise JobError(f"The job is {job.state} already", where=job.id)
    if job.state == "audited":
        remedy = "Go back to the release before it when it is live."
        raise JobError("The job is being published", where=job.id, remedy=remedy)


def _cancelled(job: JobDocument, at: dt.datetime) -> Changes:
    if job.state == "queued":
        return {**moved(job, "cancelled", at), "reason": Reason(error="", what="It was cancelled.")}
    return {**noted(job, at, "It is to be cancelled."), "cancelling": True}


def _new_job(order: Order, asking: Asking, due: dt.datetime) -> JobDocument:
    return JobDocument(
        id=secrets.token_hex(16),
        store=order.store,
        order=order,
        cause=asking.cause,
        by=asking.by,
        state="queued",
        slot="queued",
        open=True,
        due=due,
        attempts=0,
        taken=0,
        most_attempts=MOST_ATTEMPTS,
        worker="",
        cancelling=False,
        last=1,
        events=(JobEvent(number=1, at=asking.at, state="queued"),),
        reason=None,
        revision=None,
        report="",
        release=None,
        ledger="",
        trace=traceparent(),
        asked=asking.at,
        begun=None,
        ended=None,
    )
