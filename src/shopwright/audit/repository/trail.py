"""The audit trail of one tenant: whoever holds its database adds to it, and can take nothing away."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from shopwright.audit.chain import Link
from shopwright.audit.documents import AUDIT, BEHIND
from shopwright.audit.event import AuditEvent
from shopwright.audit.repository.appending import append, append_within, newest_link
from shopwright.database.conditions import Range
from shopwright.database.documents import Session
from shopwright.database.tenant_database import TenantDatabase


@dataclass(frozen=True, slots=True)
class AuditTrail:
    """The trail in a tenant's database, or in the control database. Methods raise ``DatabaseError``."""

    database: TenantDatabase

    async def record(self, event: AuditEvent, *, session: Session | None = None) -> Link:
        """Add an event: its place in the chain. It is on the disks of a majority when this returns.

        With ``session`` it is part of that transaction: there is either both or neither. Raises ``AuditLogError`` when
        it cannot be kept: what was to be recorded must then not be done.
        """
        if session is not None:
            return await append_within(self.database, event, session)
        return await append(self.database, event)

    async def end(self) -> Link:
        """The newest event's place in the chain. Raises ``AuditLogError`` when it is not what was written."""
        return await newest_link(self.database)

    async def lines(self, behind: int = 0) -> AsyncIterator[str]:
        """The events after a number, each as its line of JSON, in their order."""
        found = self.database.documents(AUDIT).stream(BEHIND, {"id": Range(ge=behind + 1)})
        async for document in found:
            yield document.line
