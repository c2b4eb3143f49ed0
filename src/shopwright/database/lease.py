"""Leases: work on one store is done by one at a time, in the order in which it was asked for.

A store has one lease document. Whoever wants the store takes a ticket, the next number of that document, and waits in
its queue; when the store is free, the first in the queue holds it. The ticket of the holder is also its *fencing
token*: every transaction of the work begins with ``Lease.fence``, which writes to the store's fence on condition that
the token is still the holder's. So a holder that slept past its time commits nothing after somebody else took over,
whatever it believes. All times are the server's: the clocks of clients do not matter.
"""

import asyncio
import contextlib
import datetime as dt
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

from pymongo import ReturnDocument
from pymongo.asynchronous.collection import AsyncCollection
from pymongo.errors import PyMongoError

from shopwright.database.documents import Session
from shopwright.database.failures import answered
from shopwright.database.fence import end_sessions, passed, raise_fence, session_name
from shopwright.database.lease_queue import (
    LEASES,
    MOST_HANDLE,
    MOST_WAITING,
    OWNER_LETTERS,
    LeaseDocument,
    Stage,
    ended,
    join,
    leave,
    position,
    release,
    renew,
    wait,
    works_in,
)
from shopwright.database.tenant_database import TenantDatabase
from shopwright.ending import end_task
from shopwright.errors import DatabaseError, DuplicateDocument, LeaseLost, StoreBusy

SECONDS = 30.0
"""How long a lease lasts that is not renewed; it is renewed three times in that time."""

PATIENCE = 60.0
"""How long somebody waits for a store."""

_FIRST_PAUSE, _LONGEST_PAUSE = 0.02, 0.5
"""Seconds between two questions of the first in the queue, and of the last ones."""


_OVERDUE = {"held": True, "$expr": {"$lte": ["$expires", "$$NOW"]}}
_HELD = {"held": True, "$expr": {"$gt": ["$expires", "$$NOW"]}}
_LISTED_AT_ONCE = 100


@dataclass(slots=True)
class Lease:
    """A store that is held. ``token`` is larger than that of everybody who held it before."""

    store: str
    owner: str
    token: int
    _leases: "Leases" = field(repr=False)
    _told: set[str] = field(default_factory=set, repr=False)
    _is_over: bool = field(default=False, repr=False)

    def end(self) -> None:
        """It was given back."""
        self._is_over = True

    async def fence(self, session: Session) -> None:
        """Begin a transaction of the work with this: it is committed only if the store is held until then.

        Raises ``LeaseLost``.
        """
        await self._tell(session_name(session))
        if self._is_over or not await passed(self._leases.database, self.store, self.token, session):
            raise LeaseLost(
                f"The work of {self.owner} took longer than its lease, and somebody else went on",
                where=self.store,
                remedy="Nothing was written. Do it again.",
            )

    async def _tell(self, session: str) -> None:
        """Let whoever has to take over know where a transaction may be left open; without it, they wait longer."""
        if session not in self._told:
            self._told.add(session)
            mine = {"_id": self.store, "token": self.token, "held": True}
            with contextlib.suppress(PyMongoError):
                await self._leases.database.raw[LEASES.name].update_one(mine, works_in(session))


@dataclass(frozen=True, slots=True)
class Leases:
    """The leases of one tenant's stores; one that is not renewed for ``seconds`` may be taken over."""

    database: TenantDatabase
    seconds: float = SECONDS

    @contextlib.asynccontextmanager
    async def hold(self, store: str, owner: str, *, patience: float = PATIENCE) -> AsyncIterator[Lease]:
        """Hold a store while this lasts, after waiting for at most ``patience`` seconds.

        ``owner`` tells others who works there. Raises ``StoreBusy``, which says who holds it since when.
        """
        if len(store) > MOST_HANDLE or not store:
            raise DatabaseError(f"{store[:80]!r} is no handle of a store")
        until = time.monotonic() + patience
        found = await self._ticket(store, owner[:OWNER_LETTERS], until)
        ticket = found.token
        renewing = asyncio.create_task(self._keep(store, ticket))
        try:
            await self._shut_out(found, until)
            lease = Lease(store, owner, ticket, self)
            try:
                yield lease
            finally:
                lease.end()
        finally:
            await end_task(renewing)
            await self._ask({"_id": store, "token": ticket, "held": True}, release())

    async def standing(self, store: str) -> LeaseDocument | None:
        """Who holds a store or held it last, and who waits; None if nobody ever did."""
        return await self.database.documents(LEASES).get(store)

    async def overdue(self) -> AsyncIterator[LeaseDocument]:
        """The leases whose holder did not give them back in time, by the server's clock."""
        cursor = self._collection.find(_OVERDUE)
        async with cursor:
            while True:
                async with self.database.slots.taken():
                    with answered(LEASES.name):
                        batch = await cursor.to_list(_LISTED_AT_ONCE)
                for found in batch:
                    yield LeaseDocument.model_validate(found, strict=False)
                if not batch:
                    return

    async def end_overdue(self, found: LeaseDocument) -> bool:
        """Release a lease in the name of its holder; whether it was still overdue."""
        await end_sessions(self.database, found.sessions)
        return await self._ask({"_id": found.id, "token": found.token, **_OVERDUE}, release()) is not None

    async def is_held(self, store: str) -> bool:
        """Whether somebody works on a store, by the server's clock."""
        async with self.database.slots.taken():
            with answered(LEASES.name):
                return await self._collection.find_one({"_id": store, **_HELD}) is not None

    async def _shut_out(self, found: LeaseDocument, until: float) -> None:
        """From here on nobody who held the store before can write."""
        await end_sessions(self.database, found.sessions)
        await raise_fence(self.database, found.id, found.token, until)
        if found.sessions:
            await self._ask({"_id": found.id, "token": found.token, "held": True}, ended())

    async def _ticket(self, store: str, owner: str, until: float) -> LeaseDocument:
        """Stand in the queue until it is our turn: the document then, with the number that was drawn."""
        found = await self._join(store, owner)
        ticket = found.last
        try:
            while not (found.held and found.token == ticket):
                await _pause(found, ticket, until)
                if position(found.queue, ticket) is None:  # not heard of for so long that it counts as gone
                    found = await self._join(store, owner)
                    ticket = found.last
                else:
                    found = await self._ask({"_id": store}, wait(ticket, owner, self.seconds)) or found
        except BaseException:
            with contextlib.suppress(DatabaseError):
                await asyncio.shield(self._ask({"_id": store}, leave(ticket)))
            raise
        return found

    async def _join(self, store: str, owner: str) -> LeaseDocument:
        room = {"_id": store, f"queue.{MOST_WAITING - 1}": {"$exists": False}}
        try:
            found = await self._ask(room, join(owner, self.seconds), upsert=True)
        except DuplicateDocument:  # no room, or another made the document at this moment
            found = await self._ask(room, join(owner, self.seconds))
        if found is None:
            raise StoreBusy(f"{MOST_WAITING:,} others wait for the store", where=store, remedy="Try later.")
        return found

    async def _keep(self, store: str, ticket: int) -> None:
        """Renew for as long as the work lasts. What cannot be reached now is asked again: the fence decides."""
        while True:
            await asyncio.sleep(self.seconds / 3)
            with contextlib.suppress(DatabaseError):
                await self._ask({"_id": store, "token": ticket, "held": True}, renew(self.seconds))

    async def _ask(self, which: dict[str, Any], update: list[Stage], *, upsert: bool = False) -> LeaseDocument | None:
        """One step; the document as it is then."""
        async with self.database.slots.taken():
            with answered(LEASES.name):
                found = await self._collection.find_one_and_update(
                    which, update, upsert=upsert, return_document=ReturnDocument.AFTER
                )
        return LeaseDocument.model_validate(found, strict=False) if found else None

    @property
    def _collection(self) -> AsyncCollection[dict[str, Any]]:
        return self.database.raw[LEASES.name]


async def _pause(found: LeaseDocument, ticket: int, until: float) -> None:
    """Wait before asking again, the longer the more stand before. Raises ``StoreBusy`` when patience is over."""
    left = until - time.monotonic()
    if left <= 0:
        raise _busy(found)
    before = position(found.queue, ticket) or 0
    await asyncio.sleep(min(_FIRST_PAUSE * (before + 1), _LONGEST_PAUSE, left))


def _busy(found: LeaseDocument) -> StoreBusy:
    since = found.since.astimezone(dt.UTC).isoformat(timespec="seconds")
    return StoreBusy(
        f"{found.owner} works on it since {since}, {len(found.queue)} wait",
        where=found.id,
        remedy="Wait for its end; a worker that died is followed within a minute.",
    )
