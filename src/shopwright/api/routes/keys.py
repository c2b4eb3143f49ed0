"""Service keys: with which programs act for a user, confined to what the key was made for."""

import datetime as dt
from typing import Annotated

from fastapi import Depends, HTTPException, Path, Response
from pydantic import Field

from shopwright.access.actions import Action
from shopwright.access.documents import ServiceKeyDocument
from shopwright.api.bounds import Bounds, bounded
from shopwright.api.entering import Enter
from shopwright.api.given import GivenClient, GivenParts
from shopwright.api.route import router
from shopwright.api.wire import Listing, Wire, example
from shopwright.bootstrap.identity.keys import LONGEST, Wanted
from shopwright.bootstrap.inside import Inside

routes = router("people")
Reads = Annotated[Inside, Depends(Enter(Action.KEY_READ), scope="function")]
Creates = Annotated[Inside, Depends(Enter(Action.KEY_CREATE), scope="function")]
Revokes = Annotated[Inside, Depends(Enter(Action.KEY_REVOKE), scope="function")]
KeyId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$", description="Id of the key.", examples=["0" * 32])]


class ShownKey(Wire):
    """A key, without its secret; ``maker`` is the id of the user for whom it acts."""

    model_config = Wire.model_config | example(
        id="0" * 32,
        name="Nightly import",
        maker="0" * 32,
        scopes=["catalog.change"],
        created="2026-11-23T12:00:00Z",
        ends="2027-02-21T12:00:00Z",
        used=None,
    )

    id: str
    name: str
    maker: str
    scopes: list[Action]
    created: dt.datetime
    ends: dt.datetime
    used: dt.datetime | None


class NewKey(Wire):
    """A key that is wanted."""

    model_config = Wire.model_config | example(name="Nightly import", scopes=["catalog.change"], days=90)

    name: Annotated[str, Field(min_length=1, max_length=100)]
    scopes: Annotated[list[Action], Field(min_length=1, max_length=len(Action))]
    days: Annotated[int, Field(ge=1, le=LONGEST.days)] = 90


class MadeKey(Wire):
    """A key that was made; ``key`` is shown this once."""

    model_config = Wire.model_config | example(id="0" * 32, key="sw_luna_0000_AAAA")

    id: str
    key: str


@routes.get("/tenants/{tenant}/keys")
async def list_keys(inside: Reads, parts: GivenParts) -> Listing[ShownKey]:
    """The service keys of a tenant, those that last longest first."""
    return Listing(items=[_shown(key) for key in await parts.keys(inside).listed()])


@routes.post("/tenants/{tenant}/keys", status_code=201)
@bounded(Bounds(secret=True))
async def create_key(given: NewKey, inside: Creates, parts: GivenParts, client: GivenClient) -> MadeKey:
    """Make a service key that acts for the caller: it never does more than they may."""
    wanted = Wanted(given.name, given.scopes, dt.timedelta(days=given.days))
    made = await parts.account(inside).create_key(wanted, client)
    return MadeKey(id=made.id, key=made.key.text)


@routes.delete("/tenants/{tenant}/keys/{key}", status_code=204)
async def revoke_key(key: KeyId, inside: Revokes, parts: GivenParts, client: GivenClient) -> Response:
    """Let a key count no more."""
    if not await parts.keys(inside).revoke(key, client, inside.caller.user):
        raise HTTPException(404, "There is no such key.")
    return Response(status_code=204)


def _shown(key: ServiceKeyDocument) -> ShownKey:
    return ShownKey(**key.model_dump(include=set(ShownKey.model_fields)))
