"""Events that a restore has not brought back, added again as they were."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from shopwright.audit.chain import Link, follows, read_entry
from shopwright.audit.documents import AUDIT, AuditDocument
from shopwright.audit.repository.appending import newest_link
from shopwright.database.tenant_database import TenantDatabase
from shopwright.errors import AuditLogError


async def carry(database: TenantDatabase, lines: Iterable[str]) -> int:
    """Add the events of ``lines``, a whole trail, that come after the end of this one."""
    return await database.documents(AUDIT).insert_all(_following(lines, await newest_link(database)))


def _following(lines: Iterable[str], last: Link) -> Iterator[AuditDocument]:
    for line in lines:
        entry, link = read_entry(line.encode())
        if link.sequence > last.sequence:
            if not follows(entry, link, last):
                raise AuditLogError(f"event {link.sequence} does not follow what was restored.", where=AUDIT.name)
            last = link
            yield _document(entry, link, line)


def _document(entry: dict[str, Any], link: Link, line: str) -> AuditDocument:
    return AuditDocument(
        id=link.sequence,
        at=dt.datetime.fromisoformat(entry["@timestamp"]),
        action=entry["event.action"],
        outcome=entry["event.outcome"],
        actor=entry.get("user.id", ""),
        target=entry.get("target.id", ""),
        line=line,
    )
