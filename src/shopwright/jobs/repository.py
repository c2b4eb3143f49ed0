"""The durable half of jobs: asked for once, taken by one worker at a time, taken again when a worker died.

How long to wait is a value of the caller; what is due is decided by the server's clock. A worker proves with the number
of its attempt that the job is still its own: one that slept past its time cannot report anything.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from shopwright.database.conditions import Add
from shopwright.database.documents import Session
from shopwright.database.due import put_off, take_due
from shopwright.database.tenant_database import TenantDatabase
from shopwright.errors import DatabaseError, DuplicateDocument, LeaseLost
from shopwright.jobs.documents import DUE, JOBS, MOST_TEXT, NEWEST, JobDocument

MOST_LISTED = 500
MOST_ATTEMPTS = 5

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for: ``key`` is the caller's choice and names the job within its store."""

    store: str
    key: str
    kind: str
    work: Json = field(default_factory=dict)
    most_attempts: int = MOST_ATTEMPTS


@dataclass(frozen=True, slots=True)
class Taken:
    """A job somebody works on: ``attempt`` proves that it is theirs."""

    id: str
    store: str
    kind: str
    work: Json
    attempt: int
    most_attempts: int


@dataclass(frozen=True, slots=True)
class JobRepository:
    """The jobs of a tenant."""

    database: TenantDatabase

    async def ask(self, order: Order, at: dt.datetime) -> JobDocument:
        """Ask for a job at a time (an aware one), due at once; the job of that key if it was asked for before.

        Raises ``DuplicateDocument`` when something else was asked for under the key, ``ReferenceRefused`` for a store
        that is not there.
        """
        new = _new_job(order, at)

        async def work(session: Session) -> JobDocument:
            jobs = self.database.documents(JOBS)
            known = await jobs.get(new.id, session=session)
            if known is None:
                await jobs.insert(new, session=session)
            return known or new

        job = await self.database.transaction(work)
        if (job.kind, job.work) != (new.kind, new.work):
            raise DuplicateDocument(
                "Another job was asked for under this key", where=new.id, remedy="Give each job a key of its own."
            )
        return job

    async def get(self, id_: str) -> JobDocument | None:
        """A job."""
        return await self.database.documents(JOBS).get(id_)

    async def newest(self, store: str, limit: int = MOST_LISTED) -> list[JobDocument]:
        """Jobs of a store, the newest first."""
        return await self.database.documents(JOBS).find(NEWEST, {"store": store}, limit=min(limit, MOST_LISTED))

    async def take(self, store: str, worker: str, seconds: float) -> Taken | None:
        """The job that has waited longest, for ``seconds``; None when none is due.

        A job whose last worker is not heard of any more is taken again, until its attempts are used up: then it failed.
        """
        while True:
            taking = {"state": "running", "worker": worker, "attempts": Add(1)}
            jobs = self.database.documents(JOBS)
            job = await take_due(jobs, DUE, {"store": store, "open": True}, taking, seconds)
            if job is None:
                return None
            taken = Taken(job.id, job.store, job.kind, orjson.loads(job.work), job.attempts, job.most_attempts)
            if job.attempts <= job.most_attempts:
                return taken
            await self._end(taken, {"state": "failed", "error": "Its workers died or lost it, each time."}, job.due)

    async def report(self, taken: Taken, seconds: float, *, done: int, of: int, note: str = "") -> None:
        """Say how far a job is, and that its worker goes on for ``seconds``. Raises ``LeaseLost``."""
        changes = {"done": done, "of": of, "note": note}
        jobs = self.database.documents(JOBS)
        if await put_off(jobs, taken.id, "due", seconds, changes=changes, expected=_owned(taken)) is None:
            raise _lost(taken)

    async def finish(
        self, taken: Taken, result: Json, at: dt.datetime, *, release: str | None = None, session: Session | None = None
    ) -> None:
        """A job is done; ``release`` is the id of the release document it made. Raises ``LeaseLost``.

        With ``session`` it is part of the transaction that does the work.
        """
        changes = {"state": "done", "result": _json(result), "release": release}
        await self._end(taken, changes, at, session)

    async def fail(self, taken: Taken, error: str, at: dt.datetime, *, again: float | None = None) -> None:
        """A job did not succeed: it is over, or due again after ``again`` seconds while it has attempts left.

        Raises ``LeaseLost``.
        """
        error = error[:2_000]
        if again is None or taken.attempt >= taken.most_attempts:
            await self._end(taken, {"state": "failed", "error": error}, at)
            return
        changes = {"state": "queued", "error": error}
        jobs = self.database.documents(JOBS)
        if await put_off(jobs, taken.id, "due", again, changes=changes, expected=_owned(taken)) is None:
            raise _lost(taken)

    async def _end(self, taken: Taken, changes: Json, at: dt.datetime, session: Session | None = None) -> None:
        changes = {**changes, "open": False, "ended": at}

        async def work(session: Session) -> None:
            jobs = self.database.documents(JOBS)
            if await jobs.update(taken.id, changes, expected=_owned(taken), session=session) is None:
                raise _lost(taken)

        await (work(session) if session else self.database.transaction(work))


def job_id(store: str, key: str) -> str:
    """The id of a job's document."""
    return f"{store}/{key}"


def _new_job(order: Order, at: dt.datetime) -> JobDocument:
    return JobDocument(
        id=job_id(order.store, order.key),
        store=order.store,
        kind=order.kind,
        work=_json(order.work),
        state="queued",
        open=True,
        due=at,
        attempts=0,
        most_attempts=order.most_attempts,
        worker="",
        done=0,
        of=0,
        note="",
        result="",
        error="",
        release=None,
        asked=at,
        ended=None,
    )


def _owned(taken: Taken) -> Json:
    return {"state": "running", "attempts": taken.attempt}


def _lost(taken: Taken) -> LeaseLost:
    return LeaseLost(
        f"Attempt {taken.attempt} took longer than it had said, and another one was begun",
        where=taken.id,
        remedy="Nothing was written. Report progress more often.",
    )


def _json(value: Json) -> str:
    text = orjson.dumps(dict(value), option=orjson.OPT_SORT_KEYS).decode()
    if len(text) > MOST_TEXT:
        raise DatabaseError(f"What a job is to do, or did, has more than {MOST_TEXT:,} characters of JSON")
    return text
