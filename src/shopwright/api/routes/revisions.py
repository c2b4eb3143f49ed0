"""What became of a catalogue: its revisions, what each changed, and taking one back."""

from typing import Annotated, Any

from fastapi import Depends, Path, Query

from shopwright.access.actions import Action
from shopwright.api.authoring import author_of
from shopwright.api.bounds import Bounds, bounded
from shopwright.api.cursors import Limit
from shopwright.api.entering import Enter
from shopwright.api.revision import ShownRevision, shown
from shopwright.api.route import router
from shopwright.api.routes.products import Store
from shopwright.api.wire import Listing, Wire, example
from shopwright.bootstrap.inside import Inside
from shopwright.catalog.versions.revision import Action as Did
from shopwright.catalog.versions.revision import Kind

routes = router("catalogue")
MOST_DIFFERENCES = 1_000

Reads = Annotated[Inside, Depends(Enter(Action.CATALOG_READ), scope="function")]
Changes = Annotated[Inside, Depends(Enter(Action.CATALOG_CHANGE), scope="function")]
Number = Annotated[int, Path(ge=1, lt=2**53, description="Number of the revision.", examples=[1])]


class ShownChange(Wire):
    """What a revision did to one thing; ``patch`` is the merge patch from before to after."""

    model_config = Wire.model_config | example(
        kind="product", key="round", action="changed", patch={"title": "Round, gold"}
    )

    kind: Kind
    key: str
    action: Did
    patch: dict[str, Any]


class Undo(Wire):
    """How a revision is taken back; ``merge``: what was changed again since keeps its other fields."""

    model_config = Wire.model_config | example(merge=False)

    merge: bool = False


@routes.get("/tenants/{tenant}/stores/{store}/revisions")
async def list_revisions(store: Store, inside: Reads, limit: Limit = 50) -> Listing[ShownRevision]:
    """The newest revisions of a catalogue, the newest first."""
    return Listing(items=[shown(each) for each in await inside.catalog(store).log(limit)])


@routes.get("/tenants/{tenant}/stores/{store}/revisions/{number}/changes")
@bounded(Bounds(seconds=60.0))
async def list_changes(
    store: Store, number: Number, inside: Reads, limit: Annotated[int, Query(ge=1, le=MOST_DIFFERENCES)] = 200
) -> Listing[ShownChange]:
    """What a revision changed, thing by thing: the first of them."""
    found: list[ShownChange] = []
    async for each in inside.catalog(store).differences(number):
        found.append(ShownChange(kind=each.kind, key=each.key, action=each.action, patch=each.patch()))
        if len(found) == limit:
            break
    return Listing(items=found)


@routes.post("/tenants/{tenant}/stores/{store}/revisions/{number}/undo", status_code=201)
@bounded(Bounds(seconds=120.0))
async def undo_revision(store: Store, number: Number, inside: Changes, given: Undo) -> ShownRevision:
    """Take a revision back: that is a new revision."""
    return shown(await inside.catalog(store).undo(number, author_of(inside), merge=given.merge))
