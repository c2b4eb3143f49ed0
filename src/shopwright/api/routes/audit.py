"""Who did what in a tenant: searched, verified, exported."""

import datetime as dt
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import Depends, HTTPException, Query, Response
from fastapi.responses import StreamingResponse

from shopwright.access.actions import Action
from shopwright.api.bounds import Bounds, bounded
from shopwright.api.cursors import Cursor, Limit, read_cursor, write_cursor
from shopwright.api.entering import Enter
from shopwright.api.given import GivenParts
from shopwright.api.route import router
from shopwright.api.wire import Listing, Wire, example
from shopwright.audit.event import AuditEvent, actor_named
from shopwright.audit.search import PLACE, Wanted, read_place
from shopwright.bootstrap.inside import Inside
from shopwright.bootstrap.parts import Parts
from shopwright.errors import AuditLogError

routes = router("audit")
LINES = "application/jsonl"
Reads = Annotated[Inside, Depends(Enter(Action.AUDIT_READ), scope="function")]
Exports = Annotated[Inside, Depends(Enter(Action.AUDIT_EXPORT), scope="request")]
Word = Annotated[str, Query(max_length=200)]
Time = Annotated[dt.datetime | None, Query(description="A time with an offset.", examples=["2026-11-23T12:00:00Z"])]


class Verified(Wire):
    """Whether the trail is whole: how many events it has, and what is wrong with it."""

    model_config = Wire.model_config | example(events=120, faults=[])

    events: int
    faults: list[str]


@routes.get("/tenants/{tenant}/audit")
async def search_audit(
    inside: Reads,
    parts: GivenParts,
    actor: Word = "",
    action: Word = "",
    target: Word = "",
    since: Time = None,
    until: Time = None,
    limit: Limit = 50,
    after: Cursor = "",
) -> Listing[dict[str, Any]]:
    """Events of a tenant's trail, the newest first, with the names of the Elastic Common Schema."""
    place = read_cursor("audit", after, PLACE)
    try:
        wanted, behind = Wanted(actor, action, target, since, until), read_place(place) if place else None
    except AuditLogError as error:
        raise HTTPException(422, str(error)) from error
    found = await parts.trail(inside).search(wanted, limit, behind)
    more = write_cursor("audit", str(found.after)) if found.after else None
    return Listing(items=list(found.events), next=more)


@routes.get("/tenants/{tenant}/audit/verification")
@bounded(Bounds(seconds=300.0))
async def verify_audit(inside: Reads, parts: GivenParts) -> Verified:
    """Follow the whole chain of the trail, and compare it with what was published of it."""
    async with parts.audit(inside) as audit:
        found = await audit.verify()
        return Verified(events=(await audit.trail.end()).sequence, faults=[str(fault) for fault in found.faults])


@routes.get(
    "/tenants/{tenant}/audit/export",
    response_class=StreamingResponse,
    responses={200: {"content": {LINES: {"schema": {"type": "string"}}}}},
)
@bounded(Bounds(gives=(LINES,)))
async def export_audit(inside: Exports, parts: GivenParts) -> Response:
    """The whole trail as JSON lines, each as it was chained; that it was taken out stands in it."""
    async with parts.audit(inside) as audit:
        target = f"tenant/{inside.tenant}"
        await audit.trail.record(AuditEvent("audit.export", actor=actor_named(inside.caller.user), target=target))
    return StreamingResponse(_lines(inside, parts), media_type=LINES)


async def _lines(inside: Inside, parts: Parts) -> AsyncIterator[bytes]:
    async for line in parts.trail(inside).lines():
        yield line.encode() + b"\n"
