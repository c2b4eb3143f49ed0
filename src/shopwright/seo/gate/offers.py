"""What is offered, as each part of a page says it: structured data, Open Graph, the page itself, the cart's data."""

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, DecimalException
from functools import lru_cache
from typing import Any, NamedTuple

import orjson

from shopwright.catalog.money import minor_digits

Json = dict[str, Any]

_NO_LETTER = re.compile(r"[^a-z]")
_MOST_SHOWN = 5


class Offered(NamedTuple):
    """One item: its id outside the store, and price, currency and availability as they are said; empty if not said.

    ``price`` is a plain decimal without needless zeros, ``availability`` one word: ``instock``.
    """

    item: str
    price: str
    currency: str
    availability: str


@lru_cache(maxsize=4_096)  # each part of a page, and the feed, says the same
def offered(item: str, price: str, currency: str, availability: str) -> Offered:
    """An offer whose words may be written in any of the usual ways."""
    word = _NO_LETTER.sub("", availability.rpartition("/")[2].lower())
    return Offered(item, _plain(price), currency, word)


def _plain(price: str) -> str:
    try:
        return format(Decimal(price).normalize(), "f") if price else ""
    except DecimalException:
        return price[:30]


def offers_in_things(things: Iterable[Json]) -> Iterator[Offered]:
    """The offers of products in structured data."""
    for thing in things:
        offer = thing.get("offers")
        if thing.get("@type") == "Product" and isinstance(offer, dict):
            said = (str(offer.get(name, "")) for name in ("price", "priceCurrency", "availability"))
            yield offered(str(thing.get("sku", "")), *said)


def offers_in_cart_data(text: str) -> Iterator[Offered]:
    """The offers of ``#product-data``, which the cart takes its lines from; nothing if it cannot be read."""
    try:
        data = orjson.loads(text)
    except orjson.JSONDecodeError:
        return
    for variant in data.get("variants", ()) if isinstance(data, dict) else ():
        price = variant.get("price") if isinstance(variant, dict) else None
        if isinstance(price, dict) and isinstance(price.get("amount"), int):
            yield _of_variant(variant, price)


def _of_variant(variant: Json, price: Json) -> Offered:
    currency = str(price.get("currency", ""))
    amount = Decimal(price["amount"]).scaleb(-minor_digits(currency)) if currency else Decimal(price["amount"])
    code = (variant.get("availability") or {}).get("code", "")
    return offered(str(variant.get("item") or variant.get("sku") or variant.get("id")), str(amount), currency, code)


def differences(ours: Mapping[str, Offered], theirs: Iterable[Offered], where: str) -> Iterator[tuple[str, str]]:
    """(rule, what was found) where two parts do not say the same of an item. ``ours`` is what structured data says."""
    for other in theirs:
        own = ours.get(other.item)
        if own is None:
            yield "sku-mismatch", f"{where} has {other.item!r}, structured data has not"
            continue
        for rule, one, two in (
            ("price-mismatch", own.price, other.price),
            ("currency-mismatch", own.currency, other.currency),
            ("availability-mismatch", own.availability, other.availability),
        ):
            if one and two and one != two:
                yield rule, f"{other.item!r} is {one!r} in structured data, {two!r} in {where}"


def missing(ours: Mapping[str, Offered], theirs: Iterable[Offered], where: str) -> Iterator[tuple[str, str]]:
    """Items of structured data that another part lacks."""
    lost = sorted(set(ours) - {other.item for other in theirs})
    if lost:
        more = f" and {len(lost) - _MOST_SHOWN} more" if len(lost) > _MOST_SHOWN else ""
        yield "sku-mismatch", f"{where} lacks {', '.join(map(repr, lost[:_MOST_SHOWN]))}{more}"
