"""Searching a trail: by the most telling of what is wanted the index is asked, the rest is looked at here."""

from contextlib import aclosing

import orjson

from shopwright.audit.documents import AUDIT, BY_ACTION, BY_ACTOR, BY_TARGET, IN_TIME
from shopwright.audit.search import EPOCH, FoundEvents, Place, Wanted
from shopwright.database.conditions import OneOf, Range, Values
from shopwright.database.document import Query
from shopwright.database.documents import Session
from shopwright.database.tenant_database import TenantDatabase

MOST_FOUND = 1_000
"""Events of one page."""

MOST_LOOKED_AT = 10_000
"""Events one page costs at most; a page may end there with fewer events than were asked for, and another follow."""


async def search(
    database: TenantDatabase, wanted: Wanted, limit: int, after: Place | None, session: Session | None = None
) -> FoundEvents:
    """A page of events, the newest first."""
    query, values = _asked(wanted)
    place = (after.at, after.sequence) if after else None
    found, looked_at = [], 0
    async with aclosing(database.documents(AUDIT).stream(query, values, after=place, session=session)) as documents:
        async for document in documents:
            looked_at += 1
            if wanted.fits(document.actor, document.action, document.target):
                found.append(orjson.loads(document.line))
            if len(found) >= min(limit, MOST_FOUND) or looked_at == MOST_LOOKED_AT:
                return FoundEvents(tuple(found), Place(document.at, document.id))
    return FoundEvents(tuple(found), None)


def _asked(wanted: Wanted) -> tuple[Query, Values]:
    at = Range(ge=wanted.since or EPOCH, lt=wanted.until)
    if wanted.target:
        return BY_TARGET, {"target": wanted.target, "at": at}
    if wanted.actor:
        return BY_ACTOR, {"actor": wanted.actor, "at": at}
    if wanted.action:
        return BY_ACTION, {"action": OneOf(wanted.actions), "at": at}
    return IN_TIME, {"at": at}
