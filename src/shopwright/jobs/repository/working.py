"""Jobs as workers see them: taken by one at a time, taken again when a worker died, brought to their end.

Whoever has a job holds it as it was after its own last change, and changes it only if it is still that: a worker that
slept past its time is told so (``LeaseLost``), one whose job was cancelled meanwhile too (``JobCancelled``). What is
due is decided by the server's clock; the times of events are the caller's.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import orjson

from shopwright.database.conditions import Add
from shopwright.database.documents import Documents, Session
from shopwright.database.due import put_off, take_due
from shopwright.database.tenant_database import TenantDatabase
from shopwright.errors import JobCancelled, LeaseLost
from shopwright.jobs.documents import DUE, IN_SLOT, JOBS, MOST_REPORT, OF_RELEASE, JobDocument, Reason
from shopwright.jobs.repository.asking import fence
from shopwright.jobs.transitions import WORKED_ON, Changes, moved, progressed

_DIED = Reason(
    error="JobError",
    what="Its workers died or lost it, each time.",
    remedy="Look whether they have enough memory; then ask for it again.",
)
_CANCELLED = Reason(error="", what="It was cancelled.")


@dataclass(frozen=True, slots=True)
class JobWork:
    """The jobs of a tenant for its workers; ``at`` is always the present. Methods raise ``DatabaseError``.

    What is given a job raises ``LeaseLost`` and ``JobCancelled`` too, and gives it back as it is then.
    """

    database: TenantDatabase

    async def take(self, worker: str, seconds: float, at: dt.datetime) -> JobDocument | None:
        """The job that has waited longest, for ``seconds``; None when none is due.

        A job whose last worker is not heard of any more is taken again, until its attempts are used up: then it failed.
        """
        taking = {"worker": worker, "attempts": Add(1), "taken": Add(1)}
        while job := await take_due(self._jobs, DUE, {"open": True}, taking, seconds):
            if job.cancelling:
                await self.end(job, "cancelled", _CANCELLED, at)
            elif job.attempts > job.most_attempts:
                await self.end(job, "failed", _DIED, at)
            else:
                note = f"Attempt {job.attempts} of {job.most_attempts} by {worker}."
                changes = {**moved(job, "running", at, note), "revision": None}
                if begun := await self._jobs.update(job.id, changes, expected=fence(job)):
                    return begun
        return None

    async def due(self) -> dt.datetime | None:
        """When the next open job is due; None: there is none."""
        job = await self._jobs.first(DUE, {"open": True})
        return job.due if job else None

    async def tell(self, job: JobDocument, seconds: float, stage: str, done: int, at: dt.datetime) -> JobDocument:
        """Say how far a job is, and that its worker goes on for ``seconds``."""
        return await self._put_off(job, seconds, progressed(job, at, stage, done))

    async def renew(self, job: JobDocument, seconds: float) -> JobDocument:
        """Say only that its worker goes on for ``seconds``."""
        return await self._put_off(job, seconds, {"open": True})

    async def read(self, job: JobDocument, revision: int, at: dt.datetime) -> JobDocument:
        """Say which revision of the catalogue is built, for the day of ``at``."""
        return await self._change(job, {"revision": revision, "begun": at})

    async def audited(self, job: JobDocument, report: dict[str, Any], at: dt.datetime) -> JobDocument:
        """The store is built and keeps all rules; ``report`` is what the build did."""
        return await self._change(job, {**moved(job, "audited", at), "report": _json(report)})

    async def look(self, job: JobDocument) -> None:
        """Find out whether somebody changed the job."""
        now = await self._jobs.get(job.id)
        if now is None or fence(now) != fence(job):
            raise await self._refusal(job)

    async def fresh(self, job: JobDocument) -> JobDocument:
        """The job as it is now, while it is still this worker's."""
        now = await self._jobs.get(job.id)
        if now is None or now.taken != job.taken or now.state not in WORKED_ON:
            raise await self._refusal(job)
        return now

    async def ledger(self, store: str, release: str) -> str:
        """The digest of the ledger that a release was published with; empty if it is not known."""
        job = await self._jobs.first(OF_RELEASE, {"store": store, "release": release})
        return job.ledger if job else ""

    async def published(
        self, job: JobDocument, release: str | None, ledger: str, at: dt.datetime, session: Session
    ) -> JobDocument:
        """The store is live, as part of the transaction that says so: ``release`` is the id of the release document."""
        changes = {**moved(job, "published", at), "release": release, "ledger": ledger, "reason": None}
        changed = await self._jobs.update(job.id, changes, expected=fence(job), session=session)
        if changed is None:
            raise await self._refusal(job, session)
        await self._unblock(job.store, 0, session)
        return changed

    async def end(self, job: JobDocument, state: str, reason: Reason, at: dt.datetime) -> None:
        """A job ``failed`` or was ``cancelled``; the one that waited for its end may begin."""
        changes = {**moved(job, "failed" if state == "failed" else "cancelled", at, reason.what), "reason": reason}

        async def work(session: Session) -> None:
            if await self._jobs.update(job.id, changes, expected=fence(job), session=session) is None:
                raise await self._refusal(job, session)
            await self._unblock(job.store, 0, session)

        await self.database.transaction(work)

    async def again(self, job: JobDocument, reason: Reason, seconds: float, at: dt.datetime, *, free: bool) -> None:
        """Put a job off by ``seconds``; ``free``: this attempt does not count.

        Where another one of its store waits already, that takes its place.
        """
        attempts = job.attempts - 1 if free else job.attempts
        later = {**moved(job, "queued", at, reason.what), "reason": reason, "attempts": attempts}
        over = {**moved(job, "cancelled", at, "A later request takes its place."), "reason": reason}

        async def work(session: Session) -> None:
            if await self._jobs.first(IN_SLOT, {"store": job.store, "slot": "queued"}, session=session):
                changed = await self._jobs.update(job.id, over, expected=fence(job), session=session)
                await self._unblock(job.store, seconds, session)
            else:
                changed = await put_off(
                    self._jobs, job.id, "due", seconds, changes=later, expected=fence(job), session=session
                )
            if changed is None:
                raise await self._refusal(job, session)

        await self.database.transaction(work)

    async def _change(self, job: JobDocument, changes: Changes) -> JobDocument:
        changed = await self._jobs.update(job.id, changes, expected=fence(job))
        if changed is None:
            raise await self._refusal(job)
        return changed

    async def _put_off(self, job: JobDocument, seconds: float, changes: Changes) -> JobDocument:
        changed = await put_off(self._jobs, job.id, "due", seconds, changes=changes, expected=fence(job))
        if changed is None:
            raise await self._refusal(job)
        return changed

    async def _unblock(self, store: str, seconds: float, session: Session) -> None:
        """The job that waits for another one of its store is due."""
        waiting = await self._jobs.first(IN_SLOT, {"store": store, "slot": "queued"}, session=session)
        if waiting:
            open_ = {"open": True}
            await put_off(self._jobs, waiting.id, "due", seconds, changes=open_, expected=open_, session=session)

    async def _refusal(self, job: JobDocument, session: Session | None = None) -> JobCancelled | LeaseLost:
        """Why a job is not as its worker left it."""
        now = await self._jobs.get(job.id, session=session)
        if now and now.cancelling and now.taken == job.taken:
            return JobCancelled("The job was cancelled", where=job.id)
        return LeaseLost(
            f"Attempt {job.attempts} took longer than it had said, and another one was begun",
            where=job.id,
            remedy="Nothing was written.",
        )

    @property
    def _jobs(self) -> Documents[JobDocument]:
        return self.database.documents(JOBS)


def _json(value: dict[str, Any]) -> str:
    """A report as it is kept: faults by themselves are left out of one that is too long."""
    text = orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
    return text if len(text) <= MOST_REPORT else orjson.dumps({**value, "faults": []}).decode()
