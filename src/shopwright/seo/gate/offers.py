"""What is offered, as each part of a page says it: structured data, Open Graph, the page itself, the cart's data."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, DecimalException
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import unquote

import orjson

from shopwright.catalog.money import known_currencies, minor_digits
from shopwright.seo.gate.shown_prices import wrong_text
from shopwright.seo.gate.vocabulary import ancestors, plain_name

Json = dict[str, Any]

_NO_LETTER = re.compile(r"[^a-z]")
_MOST_SHOWN = 5


class Offered(NamedTuple):
    """One item: its id outside the store, and price, currency and availability as they are said; empty if not said.

    ``price`` is a plain decimal without needless zeros, ``availability`` one word: ``instock``. ``pictured`` tells, of
    structured data, whether the item has a picture: what has none is not in the merchant feed. ``condition`` is one
    word too: ``new``. ``variant`` is the id of the variant that its address chooses, if any.
    """

    item: str
    price: str
    currency: str
    availability: str
    pictured: bool = False
    condition: str = ""
    variant: str = ""
    gtin: str = ""


@lru_cache(maxsize=4_096)  # each part of a page, and the feed, says the same
def offered(item: str, price: str, currency: str, availability: str, condition: str = "") -> Offered:
    """An offer whose words may be written in any of the usual ways."""
    state = _word(condition).removesuffix("condition")
    return Offered(item, _plain(price), currency, _word(availability), condition=state)


def _word(term: str) -> str:
    return _NO_LETTER.sub("", term.rpartition("/")[2].lower())


def _plain(price: str) -> str:
    try:
        return format(Decimal(price).normalize(), "f") if price else ""
    except DecimalException:
        return price[:30]


def offers_in_things(things: Iterable[Json]) -> Iterator[Offered]:
    """The offers of products, of any type that is one, in structured data."""
    for thing in things:
        given = thing.get("offers")
        if given and "Product" in ancestors(plain_name(str(thing.get("@type")))):
            for offer in given if isinstance(given, list) else [given]:
                if isinstance(offer, dict):
                    yield _of_thing(thing, offer)


def _of_thing(thing: Json, offer: Json) -> Offered:
    said = (str(offer.get(name, "")) for name in ("price", "priceCurrency", "availability", "itemCondition"))
    gtin = next((str(thing[name]) for name in thing if name.startswith("gtin")), "")
    return offered(str(thing.get("sku", "")), *said)._replace(
        pictured=bool(thing.get("image")), variant=chosen(str(thing.get("url", ""))), gtin=gtin
    )


def chosen(url: str) -> str:
    """The id of the variant that an address chooses."""
    return unquote(url.partition("?variant=")[2].partition("&")[0])


class CartData(NamedTuple):
    """What ``#product-data`` says: the offers it prices, which of them can be bought, what is wrong with it.

    ``url`` is the address of the product, ``title`` its name, ``thumbnail`` the address of its picture; ``wrong`` are
    prices and variants that are not sound: (rule, what was found).
    """

    offers: tuple[Offered, ...] = ()
    buyable: tuple[str, ...] = ()
    fault: str = ""
    url: str = ""
    title: str = ""
    thumbnail: str = ""
    wrong: tuple[tuple[str, str], ...] = ()


def read_cart_data(text: str) -> CartData:
    """The offers of ``#product-data``, which the cart takes its lines from."""
    try:
        data = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        return CartData(fault=str(error))
    variants = data.get("variants") if isinstance(data, dict) else None
    if not isinstance(variants, list) or not all(isinstance(each, dict) for each in variants):
        return CartData(fault="no list of variants")
    priced = [(each, each["price"]) for each in variants if _has_amount(each.get("price"))]
    offers = tuple([_of_variant(variant, price) for variant, price in priced])
    buyable = tuple(offer.item for offer, (each, _) in zip(offers, priced, strict=True) if each.get("buyable") is True)
    return CartData(
        offers,
        buyable,
        url=str(data.get("url") or ""),
        title=str(data.get("title") or ""),
        thumbnail=str(data.get("thumbnail") or ""),
        wrong=(*_variants(data, variants), *_priced_wrongly(priced)),
    )


def _variants(data: Json, variants: list[Json]) -> Iterator[tuple[str, str]]:
    """Variants that a form cannot choose: with the id of another, or not one value for each option."""
    ids = Counter(str(each.get("id")) for each in variants)
    yield from (("bad-page-data", f"{name[:60]!r} stands {times} times") for name, times in ids.items() if times > 1)
    options = data.get("options")
    if isinstance(options, list):
        for each in variants:
            values = each.get("options")
            if not isinstance(values, list) or len(values) != len(options):
                yield (
                    "bad-page-data",
                    f"{str(each.get('id'))[:60]!r} has not a value for each of {len(options)} options",
                )


def _priced_wrongly(priced: list[tuple[Json, Json]]) -> Iterator[tuple[str, str]]:
    for variant, price in priced:
        if fault := price_fault(price):
            yield "price-mismatch", f"{str(variant.get('item') or variant.get('id'))[:60]!r}: {fault}"


def price_fault(price: Json) -> str:
    """What is wrong with a price as scripts get it: its text, its value and its amount are one."""
    value = str(price.get("value", ""))
    wrong = wrong_text(value, str(price.get("text", "")))
    if not wrong and plain_amount(price) != value:
        wrong = f"the amount {str(price.get('amount'))[:40]} is not {value[:40]}"
    return wrong


def _has_amount(price: object) -> bool:
    return isinstance(price, dict) and isinstance(price.get("amount"), int)


def plain_amount(price: Json) -> str:
    """The plain decimal of a price in minor units: ``129.00``. Empty without an amount and a known currency."""
    amount, currency = price.get("amount"), price.get("currency")
    if not isinstance(amount, int) or not isinstance(currency, str) or currency not in known_currencies():
        return ""
    digits = minor_digits(currency)
    return f"{Decimal(amount).scaleb(-digits):.{digits}f}"


def _of_variant(variant: Json, price: Json) -> Offered:
    currency = str(price.get("currency", ""))
    amount = Decimal(price["amount"]).scaleb(-minor_digits(currency)) if currency else Decimal(price["amount"])
    code = (variant.get("availability") or {}).get("code", "")
    item = str(variant.get("item") or variant.get("sku") or variant.get("id"))
    return offered(item, str(amount), currency, code)._replace(variant=str(variant.get("id", "")))


def differences(ours: Mapping[str, Offered], theirs: Iterable[Offered], where: str) -> Iterator[tuple[str, str]]:
    """(rule, what was found) where two parts do not say the same of an item. ``ours`` is what structured data says.

    What the other part leaves open is not compared; what structured data leaves open is missed there.
    """
    for other in theirs:
        own = ours.get(other.item)
        if own is None:
            yield "sku-mismatch", f"{where} has {other.item!r}, structured data has not"
            continue
        for rule, one, two in (
            ("price-mismatch", own.price, other.price),
            ("currency-mismatch", own.currency, other.currency),
            ("availability-mismatch", own.availability, other.availability),
            ("condition-mismatch", own.condition, other.condition),
            ("sku-mismatch", own.variant, other.variant if own.variant else ""),
            ("sku-mismatch", own.gtin.lstrip("0"), other.gtin.lstrip("0")),
        ):
            if two and one != two:
                yield rule, f"{other.item!r} is {one!r} in structured data, {two!r} in {where}"


def contradictions(offers: Iterable[Offered]) -> Iterator[tuple[str, str]]:
    """Items that stand twice in structured data and are not offered in the same way."""
    first: dict[str, Offered] = {}
    for offer in offers:
        known = first.setdefault(offer.item, offer)
        if known != offer:
            yield from differences(first, [offer], "another offer of it there")


def missing(ours: Iterable[str], theirs: Iterable[str], where: str) -> Iterator[tuple[str, str]]:
    """Items of structured data that another part lacks."""
    lost = sorted(set(ours) - set(theirs))
    if lost:
        more = f" and {len(lost) - _MOST_SHOWN} more" if len(lost) > _MOST_SHOWN else ""
        yield "sku-mismatch", f"{where} lacks {', '.join(map(repr, lost[:_MOST_SHOWN]))}{more}"
