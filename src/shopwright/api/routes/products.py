"""Stores of a tenant, and the products of their catalogues."""

from typing import Annotated, Any

from fastapi import Body, Depends, HTTPException, Path, Query, Request, Response
from pydantic import Field

from shopwright.access.actions import Action
from shopwright.api.authoring import author_of
from shopwright.api.bounds import MERGE_PATCH, Bounds, bounded
from shopwright.api.cursors import STORE_HANDLE, Cursor, Limit, read_cursor, read_pinned, write_cursor
from shopwright.api.entering import Enter
from shopwright.api.entity_tags import IF_MATCH, expected, unless_known
from shopwright.api.given import GivenParts
from shopwright.api.revision import Changed, changed
from shopwright.api.route import router
from shopwright.api.wire import Listing, Wire, example
from shopwright.bootstrap.inside import Inside
from shopwright.catalog.product import Product
from shopwright.catalog.versions.edit import MAX_PATCH, read_merge_patch
from shopwright.catalog.versions.line import digest_of
from shopwright.catalog.versions.listed import Filter, Listed, Order
from shopwright.catalog.versions.revision import Kind

routes = router("catalogue")
MOST_AT_ONCE = 1_000

Reads = Annotated[Inside, Depends(Enter(Action.CATALOG_READ), scope="function")]
Changes = Annotated[Inside, Depends(Enter(Action.CATALOG_CHANGE), scope="function")]
Store = Annotated[str, Path(max_length=150, description="Handle of the store.", examples=["shop"])]
Handle = Annotated[str, Path(max_length=150, description="Handle of the product.", examples=["round"])]
Word = Annotated[str | None, Query(max_length=300)]
At = Annotated[int | None, Query(ge=1, lt=2**53, description="A revision; the newest if none is named.")]
PatchBody = Annotated[dict[str, Any], Body(media_type=MERGE_PATCH, examples=[{"title": "Round, gold"}])]


class ShownStore(Wire):
    """A store, and the newest revision of its catalogue."""

    model_config = Wire.model_config | example(handle="shop", revision=12)

    handle: str
    revision: int


class ListedProduct(Wire):
    """A product in a list. ``price`` is its lowest, in minor units of ``currency``, null if it has none."""

    model_config = Wire.model_config | example(
        handle="round",
        title="Round",
        brand="Luna",
        status="active",
        price=12_900,
        currency="EUR",
        revision=3,
    )

    handle: str
    title: str
    brand: str | None
    status: str
    price: int | None
    currency: str
    revision: int


class Handles(Wire):
    """Products by their handles."""

    model_config = Wire.model_config | example(handles=["round", "square"])

    handles: Annotated[list[Annotated[str, Field(max_length=150)]], Field(min_length=1, max_length=MOST_AT_ONCE)]


class PatchOfMany(Handles):
    """A JSON merge patch, and the products it changes: all or none."""

    model_config = Wire.model_config | example(handles=["round", "square"], patch={"status": "draft"})

    patch: dict[str, Any]


@routes.get("/tenants/{tenant}/stores")
async def list_stores(inside: Reads, parts: GivenParts, limit: Limit = 50, after: Cursor = "") -> Listing[ShownStore]:
    """List the stores whose catalogue was ever imported."""
    found = await parts.stores(inside).listed(limit + 1, read_cursor("stores", after, STORE_HANDLE))
    more = write_cursor("stores", found[limit - 1].handle) if len(found) > limit else None
    return Listing(items=[ShownStore(handle=each.handle, revision=each.revision) for each in found[:limit]], next=more)


@routes.get("/tenants/{tenant}/stores/{store}/products")
async def list_products(
    store: Store,
    inside: Reads,
    collection: Word = None,
    brand: Word = None,
    status: Annotated[str, Query(pattern="^(active|draft|archived)$")] = "active",
    order: Order = Order.TITLE,
    limit: Limit = 50,
    after: Cursor = "",
) -> Listing[ListedProduct]:
    """List products of a collection, a brand, a state. All pages show the revision the first one showed."""
    catalog, (revision, place) = inside.catalog(store), read_pinned("products", after)
    if not revision:
        revision = (await catalog.log(1))[0].number
    page = await catalog.page(Filter(collection, brand, status, order), limit, place, revision)
    more = write_cursor("products", revision, page.next) if page.next else None
    return Listing(items=_shown(page.products), next=more)


@routes.get("/tenants/{tenant}/stores/{store}/products/search")
async def search_products(
    store: Store, inside: Reads, q: Annotated[str, Query(min_length=1, max_length=300)], limit: Limit = 50
) -> Listing[ListedProduct]:
    """Find products by words of their titles, brands, tags; the best first."""
    return Listing(items=_shown(await inside.catalog(store).search(q, limit)))


@routes.get("/tenants/{tenant}/stores/{store}/products/by-number")
async def find_product_by_number(
    store: Store, inside: Reads, number: Annotated[str, Query(min_length=1, max_length=200)]
) -> Listing[ListedProduct]:
    """Find the products that have a variant with this SKU or GTIN."""
    return Listing(items=_shown(await inside.catalog(store).by_number(number)))


@routes.get("/tenants/{tenant}/stores/{store}/products/{handle}", responses={200: {"model": Product}})
async def get_product(request: Request, store: Store, handle: Handle, inside: Reads, revision: At = None) -> Response:
    """A product in the catalogue format, with its ETag."""
    line = await inside.catalog(store).line(Kind.PRODUCT, handle, revision)
    return unless_known(request, digest_of(line), Response(line, media_type="application/json"))


@routes.patch("/tenants/{tenant}/stores/{store}/products/{handle}", openapi_extra=IF_MATCH)
@bounded(Bounds(body=MAX_PATCH, takes=(MERGE_PATCH,)))
async def change_product(request: Request, store: Store, handle: Handle, inside: Changes, given: PatchBody) -> Changed:
    """Change a product by a JSON merge patch (RFC 7396), if it is still the one of the ETag."""
    seen = expected(request)
    patch = read_merge_patch(await request.body(), "the patch")
    if not given:
        raise HTTPException(422, "The patch is empty.")
    return changed(await inside.catalog(store).patch(Kind.PRODUCT, [handle], patch, author_of(inside), expected=seen))


@routes.post("/tenants/{tenant}/stores/{store}/product-changes", status_code=201)
@bounded(Bounds(body=MAX_PATCH, seconds=120.0))
async def change_products(store: Store, inside: Changes, given: PatchOfMany) -> Changed:
    """Change up to 1,000 products by one merge patch: all or none."""
    return changed(await inside.catalog(store).patch(Kind.PRODUCT, given.handles, given.patch, author_of(inside)))


@routes.delete("/tenants/{tenant}/stores/{store}/products/{handle}")
async def delete_product(store: Store, handle: Handle, inside: Changes) -> Changed:
    """Delete a product; it can be restored until old revisions are pruned."""
    return changed(await inside.catalog(store).delete(Kind.PRODUCT, [handle], author_of(inside)))


@routes.post("/tenants/{tenant}/stores/{store}/products/{handle}/restoration", status_code=201)
async def restore_product(store: Store, handle: Handle, inside: Changes) -> Changed:
    """Bring a deleted product back, as it was last."""
    return changed(await inside.catalog(store).restore(Kind.PRODUCT, [handle], author_of(inside)))


def _shown(products: tuple[Listed, ...]) -> list[ListedProduct]:
    return [ListedProduct.model_validate(each.as_json()) for each in products]
