"""Carts, checked before the checkout: prices, stock and reductions by the catalogue, never by what a browser says."""

import datetime as dt
from typing import Annotated, Any

import orjson
from fastapi import Depends, HTTPException
from pydantic import Field

from shopwright.access.actions import Action
from shopwright.access.token import new_id
from shopwright.api.entering import Enter
from shopwright.api.given import GivenParts, GivenStatements
from shopwright.api.route import router
from shopwright.api.routes.products import Store
from shopwright.api.wire import Wire, example
from shopwright.bootstrap.inside import Inside
from shopwright.bootstrap.tenant_life import utc_now
from shopwright.catalog.versions.reading import SETTINGS
from shopwright.catalog.versions.revision import Kind
from shopwright.errors import NotKept
from shopwright.generation.cart_check import CheckedLine, Line, State, check_cart

routes = router("carts")
MOST_LINES = 100
HOLDS = dt.timedelta(minutes=15)
"""For how long a checkout may rely on a result."""

KIND = "shopwright-cart+jwt"
Reads = Annotated[Inside, Depends(Enter(Action.CATALOG_READ), scope="function")]


class CartLine(Wire):
    """A variant in the cart; ``seen`` is the price in minor units that the shopper was shown, for comparison only."""

    product: Annotated[str, Field(max_length=150)]
    variant: Annotated[str, Field(max_length=150)]
    quantity: Annotated[int, Field(ge=1, le=10_000)]
    seen: Annotated[int | None, Field(ge=0, lt=2**53)] = None


class Cart(Wire):
    """A cart, in a market of the store; none: where the store sells without one."""

    model_config = Wire.model_config | example(
        market=None, lines=[{"product": "round", "variant": "only", "quantity": 1, "seen": 12_900}]
    )

    market: Annotated[str | None, Field(max_length=300)] = None
    lines: Annotated[list[CartLine], Field(min_length=1, max_length=MOST_LINES)]


class ShownLine(Wire):
    """What a line comes to; ``was`` is the price a reduction is from."""

    product: str
    variant: str
    title: str
    state: State
    quantity: int
    price: int | None
    was: int | None
    total: int


class CheckedCart(Wire):
    """What a cart comes to. ``ok``: all as asked for. ``signed`` says the same to the checkout, until ``ends``."""

    model_config = Wire.model_config | example(
        ok=True,
        revision=12,
        market=None,
        currency="EUR",
        total=12_900,
        at="2026-11-23T12:00:00Z",
        ends="2026-11-23T12:15:00Z",
        lines=[
            {
                "product": "round",
                "variant": "only",
                "title": "Round",
                "state": "ok",
                "quantity": 1,
                "price": 12_900,
                "was": None,
                "total": 12_900,
            }
        ],
        signed="eyJhbGciOiJFZDI1NTE5In0.e30.AAAA",
    )

    ok: bool
    revision: int
    market: str | None
    currency: str
    total: int
    at: dt.datetime
    ends: dt.datetime
    lines: list[ShownLine]
    signed: str


class KeySet(Wire):
    """Public keys (RFC 7517) with which signed carts are checked."""

    model_config = Wire.model_config | example(
        keys=[{"kty": "OKP", "crv": "Ed25519", "x": "AAAA", "kid": "BBBB", "alg": "Ed25519", "use": "sig"}]
    )

    keys: list[dict[str, str]]


@routes.post("/tenants/{tenant}/stores/{store}/cart-checks", status_code=201)
async def check_a_cart(
    given: Cart, store: Store, inside: Reads, parts: GivenParts, statements: GivenStatements
) -> CheckedCart:
    """Check a cart against the newest revision of the catalogue, at this moment; the result is signed."""
    catalog, now = inside.catalog(store), utc_now()
    revision = await _newest(catalog)
    settings = orjson.loads(await catalog.line(Kind.SETTINGS, SETTINGS, revision))
    market = _market(settings, given.market)
    products = await _products(catalog, {line.product for line in given.lines}, revision)
    lines = check_cart([Line(**line.model_dump()) for line in given.lines], products, now, market)
    told: dict[str, Any] = {
        "ok": all(line.state == "ok" for line in lines),
        "revision": revision,
        "market": given.market,
        "currency": market["currency"] if market else settings.get("currency", "USD"),
        "total": sum(line.total for line in lines),
        "lines": [_shown(line).model_dump() for line in lines],
    }
    moments = {"iat": int(now.timestamp()), "exp": int((now + HOLDS).timestamp())}
    about = {"iss": parts.origin, "aud": f"{inside.tenant}/{store}", "jti": new_id(), **moments}
    return CheckedCart(**told, at=now, ends=now + HOLDS, signed=statements.signed(KIND, {**about, **told}))


@routes.get("/jwks.json")
async def list_public_keys(statements: GivenStatements) -> KeySet:
    """The public keys with which signed carts are checked."""
    return KeySet(**statements.public)


async def _newest(catalog: Any) -> int:  # noqa: ANN401 - a guarded repository, of which only bootstrap knows the class
    found = await catalog.log(1)
    return int(found[0].number)


def _market(settings: dict[str, Any], name: str | None) -> dict[str, Any] | None:
    markets = {each["name"]: each for each in settings.get("markets", ())}
    if name is None and not markets:
        return None
    if name not in markets:
        raise HTTPException(422, f"The store sells in the markets {', '.join(markets) or 'of no name'}.")
    found: dict[str, Any] = markets[name]
    return found


async def _products(catalog: Any, handles: set[str], revision: int) -> dict[str, dict[str, Any]]:  # noqa: ANN401 - as above
    found = {}
    for handle in sorted(handles):
        try:
            found[handle] = orjson.loads(await catalog.line(Kind.PRODUCT, handle, revision))
        except NotKept:
            continue
    return found


def _shown(line: CheckedLine) -> ShownLine:
    return ShownLine(
        product=line.line.product,
        variant=line.line.variant,
        title=line.title,
        state=line.state,
        quantity=line.quantity,
        price=line.price.amount if line.price else None,
        was=line.price.was if line.price else None,
        total=line.total,
    )
