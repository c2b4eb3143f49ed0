"""What was published of a store: listed, compared, and an earlier one made live again."""

import asyncio
import datetime as dt
from typing import Annotated

from fastapi import Depends, HTTPException, Query
from pydantic import Field

from shopwright.access.actions import Action
from shopwright.api.bounds import Bounds, bounded
from shopwright.api.cursors import Limit
from shopwright.api.entering import Enter
from shopwright.api.given import GivenParts, GivenPublished
from shopwright.api.published import Comparison
from shopwright.api.route import router
from shopwright.api.routes.products import Store
from shopwright.api.wire import Listing, Wire, example
from shopwright.bootstrap.inside import Inside
from shopwright.bootstrap.tenant_life import utc_now
from shopwright.errors import SettingsError, StorageError

routes = router("releases")
Reads = Annotated[Inside, Depends(Enter(Action.RELEASE_READ), scope="function")]
Publishes = Annotated[Inside, Depends(Enter(Action.RELEASE_PUBLISH), scope="function")]
ReleaseId = Annotated[str, Query(pattern=r"^[0-9a-f]{20}$", examples=["0" * 20])]
_SLOW = bounded(Bounds(seconds=120.0))


class ShownRelease(Wire):
    """A release: what of the catalogue it was built from, how large it is, the job that made it."""

    model_config = Wire.model_config | example(
        release="0" * 20,
        live=True,
        revision=12,
        files=340,
        bytes=12_000_000,
        created="2026-11-23T12:00:00Z",
        job=None,
    )

    release: str
    live: bool
    revision: int | None
    files: int
    bytes: int
    created: dt.datetime
    job: str | None


class Rollback(Wire):
    """Which release becomes live; empty: the one that was live before."""

    model_config = Wire.model_config | example(release="")

    release: Annotated[str, Field(pattern=r"^([0-9a-f]{20})?$")] = ""


class Live(Wire):
    """What is live now, and what was before it, the newest first."""

    model_config = Wire.model_config | example(release="0" * 20, before=["1" * 20])

    release: str
    before: list[str]


@routes.get("/tenants/{tenant}/stores/{store}/releases")
async def list_releases(store: Store, inside: Reads, parts: GivenParts, limit: Limit = 50) -> Listing[ShownRelease]:
    """The newest releases of a store, the newest first."""
    releases = parts.releases(inside)
    live = await releases.live(store)
    found = await releases.newest(store, limit)
    return Listing(
        items=[
            ShownRelease(
                release=each.id.rpartition("/")[2],
                live=live is not None and live.release == each.id.rpartition("/")[2],
                **each.model_dump(include={"revision", "files", "bytes", "created", "job"}),
            )
            for each in found
        ]
    )


@routes.get("/tenants/{tenant}/stores/{store}/releases/comparison")
@_SLOW
async def compare_releases(
    store: Store, inside: Reads, parts: GivenParts, published: GivenPublished, before: ReleaseId, after: ReleaseId
) -> Comparison:
    """Which files came, changed and went from one release to another."""
    known = {each.id.rpartition("/")[2] for each in await parts.releases(inside).newest(store)}
    if not {before, after} <= known:
        raise HTTPException(404, "There is no such release.")
    return await asyncio.to_thread(published.compared, inside.tenant, store, before, after)


@routes.post("/tenants/{tenant}/stores/{store}/rollback", status_code=201)
@_SLOW
async def roll_back(
    given: Rollback, store: Store, inside: Publishes, parts: GivenParts, published: GivenPublished
) -> Live:
    """Make an earlier release live again: nothing is uploaded, one pointer is switched."""
    if await parts.releases(inside).live(store) is None:
        raise HTTPException(409, "The store has no release.")
    recording = parts.recording(inside, store, utc_now())
    try:
        pointer = await recording.roll_back(published.switch(inside.tenant, store, given.release))
    except (StorageError, SettingsError) as error:
        raise HTTPException(409, "The release is not kept whole, or is not there.") from error
    return Live(release=pointer.release, before=list(pointer.before))
