"""The audit trail of one tenant: whoever holds its database adds to it, and can take nothing away."""

from collections.abc import AsyncIterator, Iterable
from contextlib import suppress
from dataclasses import dataclass

from shopwright.audit.chain import Link, read_entry
from shopwright.audit.documents import AUDIT, BEHIND, IN_ORDER
from shopwright.audit.event import AuditEvent
from shopwright.audit.published_heads import FoundHead
from shopwright.audit.repository.appending import append, append_within, newest_link
from shopwright.audit.repository.carrying import carry
from shopwright.audit.repository.searching import search
from shopwright.audit.search import FoundEvents, Place, Wanted
from shopwright.audit.trail_reading import Row, TrailReading, TrailVerification
from shopwright.database.conditions import Range
from shopwright.database.documents import Session
from shopwright.database.tenant_database import TenantDatabase
from shopwright.errors import AuditLogError, ShopwrightError
from shopwright.performance.access_metrics import EVENTS


@dataclass(frozen=True, slots=True)
class AuditTrail:
    """The trail in a tenant's database, or in the control database. Methods raise ``DatabaseError``."""

    database: TenantDatabase

    async def record(self, event: AuditEvent, *, session: Session | None = None) -> Link:
        """Add an event: its place in the chain. It is on the disks of a majority when this returns.

        With ``session`` it is part of that transaction: there is either both or neither. Raises ``AuditLogError`` when
        it cannot be kept: what was to be recorded must then not be done.
        """
        try:
            link = await (
                append(self.database, event) if session is None else append_within(self.database, event, session)
            )
        except ShopwrightError:
            EVENTS.add("lost")
            raise
        EVENTS.add("kept")
        return link

    async def end(self) -> Link:
        """The newest event's place in the chain. Raises ``AuditLogError`` when it is not what was written."""
        return await newest_link(self.database)

    async def link(self, sequence: int) -> Link | None:
        """The place in the chain of the event with a number; None if it is not there, or not what was written."""
        found = await self.database.documents(AUDIT).get(sequence) if sequence else None
        with suppress(AuditLogError):
            return read_entry(found.line.encode())[1] if found else None
        return None

    async def lines(self, behind: int = 0) -> AsyncIterator[str]:
        """The events after a number, each as its line of JSON, in their order."""
        found = self.database.documents(AUDIT).stream(BEHIND, {"id": Range(ge=behind + 1)})
        async for document in found:
            yield document.line

    async def search(
        self, wanted: Wanted, limit: int, after: Place | None = None, *, session: Session | None = None
    ) -> FoundEvents:
        """A page of at most ``limit`` events that are wanted, the newest first, behind the last page's ``after``."""
        return await search(self.database, wanted, limit, after, session)

    async def verify(self, heads: Iterable[FoundHead] = (), noted: Link | None = None) -> TrailVerification:
        """Follow the chain from the first event to the last, and compare it with published heads and a noted event."""
        reading = TrailReading(self.database.name, heads, noted)
        async for row in self.database.documents(AUDIT).columns(IN_ORDER, {}, Row._fields):
            reading.read(Row(*row))
        return reading.end()

    async def carry(self, lines: Iterable[str]) -> int:
        """Add events again that followed the end before a restore, as they were; how many.

        Raises ``AuditLogError`` when they do not follow it: then it is another trail.
        """
        return await carry(self.database, lines)
