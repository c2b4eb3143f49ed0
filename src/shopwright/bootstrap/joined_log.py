"""The machine's audit log joined into a tenant's trail: what was done there with the tenant's templates.

The line writes to files, because it never needs a database. What it wrote is joined when the trail is looked at: each
entry once, with its number in the log, and after them one event that says how far the log was joined.
"""

import asyncio
import datetime as dt
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from shopwright.audit.chain import HASH, SEQUENCE
from shopwright.audit.event import DETAILS, TARGET, AuditEvent, actor_named
from shopwright.audit.forms import Scalar, has_form
from shopwright.audit.repository.trail import AuditTrail
from shopwright.audit.search import Wanted
from shopwright.audit.verification import entries_behind
from shopwright.bootstrap.tenant import TENANT
from shopwright.database.documents import Session

BATCH = 100
"""Entries that are joined in one transaction."""

_ID_DIGITS = 16


async def join_log(trail: AuditTrail, folder: Path) -> int:
    """Join what is new for the trail's tenant; how many entries. Raises ``AuditLogError``, ``DatabaseError``.

    Entries of no tenant belong to who has not thought about tenants. An entry that was changed is left out: to verify
    the log tells of it.
    """
    log = await asyncio.to_thread(_log_id, folder)
    joined = 0
    while log:
        done = await _joined(trail, log)
        entries = await asyncio.to_thread(_next, folder, done, trail.database.name)
        if not entries:
            break
        joined += await _join(trail, log, done, entries)
    return joined


async def _join(trail: AuditTrail, log: str, done: int, entries: Sequence[dict[str, Any]]) -> int:
    last = int(entries[-1][SEQUENCE])

    async def work(session: Session) -> int:
        if await _joined(trail, log, session) != done:  # another was faster
            return 0
        for entry in entries:
            await trail.record(_event(entry, log), session=session)
        await trail.record(_mark(log, last, len(entries), entries[-1]), session=session)
        return len(entries)

    return await trail.database.transaction(work)


async def _joined(trail: AuditTrail, log: str, session: Session | None = None) -> int:
    """How far a log was joined."""
    found = await trail.search(Wanted(target=f"log/{log}", action="audit.join"), 1, session=session)
    return int(found.events[0]["log.last"]) if found.events else 0


def _log_id(folder: Path) -> str:
    """What tells a log from that of another machine: the hash of its first entry. Empty where there is none."""
    first = next(iter(entries_behind(folder, 0)), None)
    return str(first[HASH])[:_ID_DIGITS] if first else ""


def _next(folder: Path, done: int, tenant: str) -> list[dict[str, Any]]:
    tenants = {tenant, ""} if tenant == TENANT else {tenant}
    ours = (entry for entry in entries_behind(folder, done) if entry.get("organization.id", "") in tenants)
    return list(islice(ours, BATCH))


def _event(entry: dict[str, Any], log: str) -> AuditEvent:
    details: dict[str, Scalar] = {name: value for name, value in entry.items() if name in DETAILS}
    theme = f"theme/{entry.get('theme.name', '')}"
    return AuditEvent(
        action=entry["event.action"],
        outcome=entry["event.outcome"],
        actor=actor_named(entry.get("user.id", "")),
        target=theme if has_form(theme, TARGET) else "",
        details={**details, "log.id": log, "log.sequence": entry[SEQUENCE]},
        at=dt.datetime.fromisoformat(entry["@timestamp"]),
    )


def _mark(log: str, last: int, count: int, entry: dict[str, Any]) -> AuditEvent:
    at = dt.datetime.fromisoformat(entry["@timestamp"])
    return AuditEvent("audit.join", target=f"log/{log}", details={"log.last": last, "log.records": count}, at=at)
