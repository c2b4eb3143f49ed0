"""The attributes of an item of a merchant feed, by themselves (Google Merchant Center, Product data specification)."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from shopwright.seo.gate.feed_items import Item
from shopwright.seo.gate.languages import is_region

AVAILABILITY = frozenset({"in_stock", "out_of_stock", "preorder", "backorder"})
CONDITIONS = frozenset({"new", "refurbished", "used"})

_REQUIRED = ("id", "title", "description", "link", "image_link", "availability", "price")
_LENGTHS = {"id": 50, "item_group_id": 50, "title": 150, "description": 5_000}
_WORDS: Mapping[str, frozenset[str]] = {
    "availability": AVAILABILITY,
    "condition": CONDITIONS,
    "gender": frozenset({"male", "female", "unisex"}),
    "age_group": frozenset({"newborn", "infant", "toddler", "kids", "adult"}),
    "identifier_exists": frozenset({"yes", "no"}),
    "adult": frozenset({"yes", "no"}),
}
_PRICES = ("price", "sale_price", "shipping/price")
_DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(T[0-9:]{5,8}(Z|[+-]\d\d:?\d\d))?")
_PRICE = re.compile(r"\d{1,13}(\.\d{1,6})?( [A-Z]{3})?")


def attribute_faults(item: Item, name: str) -> Iterator[str]:
    """What is wrong with the attributes of the item called ``name`` by themselves."""
    for attribute in _REQUIRED:
        if not item.get(attribute):
            yield f"{name!r} has no {attribute}"
    for attribute, length in _LENGTHS.items():
        if len(item.get(attribute, "")) > length:
            yield f"the {attribute} of {name!r} is longer than {length} characters"
    for attribute in _PRICES:
        wrong = next((price for price in item.get(attribute, "").split("\n") if price and not _is_price(price)), "")
        if wrong:
            yield f"the {attribute} of {name!r} is {wrong[:40]!r}"
    yield from _currencies(item, name)
    yield from _identified(item, name)
    yield from _shipped(item, name)
    for attribute, words in _WORDS.items():
        word = item.get(attribute, "")
        if word and word not in words:
            yield f"the {attribute} of {name!r} is {word[:40]!r}"


def _is_price(text: str) -> bool:
    return _PRICE.fullmatch(text) is not None


def _currencies(item: Item, name: str) -> Iterator[str]:
    """Prices without a currency, a sale in another one than the price or above it, a day that is none."""
    currency = item.get("price", "").partition(" ")[2]
    if item.get("price") and not currency:
        yield f"the price of {name!r} has no currency"
    elif item.get("sale_price") and item["sale_price"].partition(" ")[2] != currency:
        yield f"the sale_price of {name!r} is not in {currency[:20]}"
    elif item.get("sale_price") and _amount(item["sale_price"]) > _amount(item.get("price", "")):
        yield f"the sale_price of {name!r} is above its price"
    day = item.get("availability_date", "")
    if day and not _DAY.fullmatch(day):
        yield f"the availability_date of {name!r} is {day[:40]!r}"
    days = item.get("sale_price_effective_date", "")
    if days and not all(map(_DAY.fullmatch, [*days.split("/"), ""][:2])):
        yield f"the sale_price_effective_date of {name!r} is {days[:60]!r}, not two days with / between"


def _identified(item: Item, name: str) -> Iterator[str]:
    """A product has a GTIN, or a number of its brand, or says that it has neither; not both."""
    has = bool(item.get("gtin") or (item.get("mpn") and item.get("brand")))
    says = item.get("identifier_exists", "yes")
    if has and says == "no":
        yield f"{name!r} has an identifier, and says that none exists"
    elif not has and says == "yes":
        yield f"{name!r} has no gtin, nor mpn and brand, and does not say identifier_exists=no"


def _shipped(item: Item, name: str) -> Iterator[str]:
    """Countries that exist, in the currency of the price, no sooner than at the earliest."""
    currency = item.get("price", "").partition(" ")[2]
    for country in filter(None, item.get("shipping/country", "").split("\n")):
        if not is_region(country):
            yield f"the shipping/country of {name!r} is {country[:40]!r}"
    for price in filter(None, item.get("shipping/price", "").split("\n")):
        if currency and price.partition(" ")[2] not in ("", currency):
            yield f"the shipping/price of {name!r} is not in {currency[:20]}"
    for span in ("handling", "transit"):
        least, most = (item.get(f"shipping/{end}_{span}_time", "").split("\n") for end in ("min", "max"))
        if any(_day(one) > _day(two) for one, two in zip(least, most, strict=False)):
            yield f"the shipping of {name!r} takes longer at least than at most: {span}"


def _day(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else 0


def _amount(text: str) -> Decimal:
    """The amount of a price that may be wrong, which is told elsewhere."""
    return Decimal(text.partition(" ")[0]) if _is_price(text) else Decimal(0)
