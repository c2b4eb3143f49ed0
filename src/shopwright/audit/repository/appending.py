"""Adding events to a tenant's trail: each takes the next number and the hash of the one before.

The number is the document's id, so of two that follow the same event the database lets one in; the other reads the
newest again and follows that. Events of one process that come while one is being written are written together, in the
order of their coming: a burst costs a few writes, and one place of the tenant's connection.
"""

import asyncio
import secrets
from collections import deque
from collections.abc import Sequence
from contextvars import Context
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from shopwright.audit.chain import START, Link, link_entry, read_entry
from shopwright.audit.documents import AUDIT, BEHIND, NEWEST, AuditDocument
from shopwright.audit.event import AuditEvent
from shopwright.database.conditions import Range
from shopwright.database.documents import Session
from shopwright.database.slots import Slots
from shopwright.database.tenant_database import TenantDatabase
from shopwright.errors import AuditLogError, DuplicateDocument

MOST_TOGETHER = 100
"""Events of one write."""

_ID_BYTES = 8

MOST_TRIES = 60
_FIRST_PAUSE, _LONGEST_PAUSE = 0.001, 0.05
"""Seconds between two tries, doubled each time: about three seconds for all."""


async def newest_link(database: TenantDatabase, session: Session | None = None) -> Link:
    """The end of a trail. Raises ``AuditLogError`` when it is not what was written: nothing can follow it."""
    found = await database.documents(AUDIT).first(NEWEST, {}, session=session)
    if found is None:
        return START
    try:
        return read_entry(found.line.encode())[1]
    except AuditLogError as error:
        remedy = "Look at the trail with shopwright audit-log verify."
        raise AuditLogError(error.what, where=f"event {found.id} of {database.name}", remedy=remedy) from None


async def append_within(database: TenantDatabase, event: AuditEvent, session: Session) -> Link:
    """Add an event as part of a transaction: if another event comes in between, the whole transaction is tried again.

    Raises as ``append``.
    """
    document, link = _named(database.name, event).chained(await newest_link(database, session))
    await database.documents(AUDIT).insert(document, session=session)
    return link


async def append(database: TenantDatabase, event: AuditEvent) -> Link:
    """Add an event; it is on the disks of a majority when this returns. Raises ``DatabaseError``, ``AuditLogError``."""
    database.slots.refuse_inside_transaction()
    queue = _QUEUES.setdefault(database.slots, {}).setdefault(database.name, _Queue())
    return await queue.put(database, _named(database.name, event))


@dataclass(frozen=True, slots=True)
class _Named:
    """An event with what its line says: an id too, so that of two alike each is known from the other."""

    event: AuditEvent
    said: dict[str, Any]

    def chained(self, last: Link) -> tuple[AuditDocument, Link]:
        line, link = link_entry(self.said, last)
        document = AuditDocument(
            id=link.sequence,
            at=self.event.at,
            action=self.event.action,
            outcome=self.event.outcome,
            actor=self.event.actor,
            target=self.event.target,
            line=line.decode().rstrip("\n"),
        )
        return document, link


def _named(tenant: str, event: AuditEvent) -> _Named:
    return _Named(event, {**event.as_json(tenant), "event.id": secrets.token_hex(_ID_BYTES)})


_Waiting = tuple[_Named, "asyncio.Future[Link]"]


class _Queue:
    """The events of one tenant that wait in this process, and the one task that writes them."""

    def __init__(self) -> None:
        self._waiting: deque[_Waiting] = deque()
        self._last: Link | None = None
        self._task: asyncio.Task[None] | None = None

    async def put(self, database: TenantDatabase, event: _Named) -> Link:
        written: asyncio.Future[Link] = asyncio.get_running_loop().create_future()
        self._waiting.append((event, written))
        if self._task is None:
            # Neither the deadline nor the transaction of whoever comes first counts for the others.
            self._task = asyncio.get_running_loop().create_task(self._write_all(database), context=Context())
        return await written

    async def _write_all(self, database: TenantDatabase) -> None:
        try:
            while self._waiting:
                count = min(len(self._waiting), MOST_TOGETHER)
                batch = [self._waiting.popleft() for _ in range(count)]
                await self._write(database, [each for each in batch if not each[1].done()])
        finally:
            self._task = None
            for _, written in self._waiting:  # the program ends
                written.cancel()
            self._waiting.clear()

    async def _write(self, database: TenantDatabase, batch: Sequence[_Waiting]) -> None:
        try:
            links = await self._append(database, [event for event, _ in batch])
        except BaseException as error:
            self._last = None
            for _, written in batch:
                _fail(written, error)
            if not isinstance(error, Exception):
                raise
            return
        for (_, written), link in zip(batch, links, strict=True):
            if not written.done():
                written.set_result(link)

    async def _append(self, database: TenantDatabase, events: Sequence[_Named]) -> list[Link]:
        done: list[Link] = []
        pause = _FIRST_PAUSE
        for _ in range(MOST_TRIES):
            last = self._last or await newest_link(database)
            documents, links = _chain(events[len(done) :], last)
            try:
                await database.documents(AUDIT).insert_all(documents)
            except DuplicateDocument:
                self._last = None
                done += links[: await _ours(database, documents)]
            else:
                self._last = links[-1] if links else last
                done += links
            if len(done) == len(events):
                return done
            await asyncio.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)
        remedy = "Try again in a moment."
        raise AuditLogError("others added to the trail each time.", where=database.name, remedy=remedy)


_QUEUES: WeakKeyDictionary[Slots, dict[str, _Queue]] = WeakKeyDictionary()
"""By connection and tenant: whoever works for a tenant over one connection stands in one queue."""


async def _ours(database: TenantDatabase, documents: Sequence[AuditDocument]) -> int:
    """How many of them are there: those before the one another was faster with, or all after a lost answer."""
    behind = {"id": Range(ge=documents[0].id)}
    found = await database.documents(AUDIT).find(BEHIND, behind, limit=len(documents))
    same = [one == other for one, other in zip(found, documents, strict=False)]
    return same.index(False) if False in same else len(same)


def _chain(events: Sequence[_Named], last: Link) -> tuple[list[AuditDocument], list[Link]]:
    documents, links = [], []
    for event in events:
        document, last = event.chained(last)
        documents.append(document)
        links.append(last)
    return documents, links


def _fail(written: "asyncio.Future[Link]", error: BaseException) -> None:
    if written.done():
        return
    if isinstance(error, Exception):
        written.set_exception(error)
    else:
        written.cancel()
