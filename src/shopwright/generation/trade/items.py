"""A product's items in a merchant feed: one per variant, from the same facts as its page."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from shopwright.catalog.money import Money, decimal_text
from shopwright.catalog.rich_text import plain_text
from shopwright.generation.cards import COLOR_OPTIONS
from shopwright.generation.edition import Edition
from shopwright.generation.offers import OfferFacts, group_of
from shopwright.generation.pages.draft import picture_url
from shopwright.generation.views.product import ProductView
from shopwright.seo.merchant_feed import LENGTHS, MAX_MORE_PICTURES, MAX_SHIPPING, item, shipping
from shopwright.seo.xml_text import Node, cut

Json = dict[str, Any]
Attributes = Iterator[tuple[str, "str | list[Node] | None"]]

_LATER = frozenset({"preorder", "backorder"})
_OPTIONS = {
    "size": "g:size",
    "größe": "g:size",
    "groesse": "g:size",
    "taille": "g:size",
    "material": "g:material",
    "pattern": "g:pattern",
    "muster": "g:pattern",
}


@dataclass(frozen=True, slots=True)
class Items:
    """Id and line of a product's items, and why variants have none: reason to what names them."""

    lines: tuple[tuple[str, str], ...]
    left_out: dict[str, list[str]]


def items_of(view: ProductView, pictures: list[str]) -> Items:
    """The items of a product; ``pictures`` are the absolute addresses of its gallery.

    Left out is what has no price here or no picture, what is sold by somebody else, and what has no variant.
    """
    if view.record.get("kind", "standard") != "standard" or not view.offers:
        return Items((), {})
    shared = list(_shared(view))
    lines = []
    left_out: dict[str, list[str]] = {}
    for variant, offer in zip(view.variants, view.offers, strict=True):
        reason = "price" if offer.asked is None else None if pictures else "picture"
        if reason:
            left_out.setdefault(reason, []).append(offer.item)
            continue
        lines.append((offer.item, item((*_offered(view, variant, offer, pictures), *shared))))
        if offer.availability == "preorder" and not variant.get("available_from"):
            left_out.setdefault("date of a preorder", []).append(offer.item)
    return Items(tuple(lines), left_out)


def _shared(view: ProductView) -> Attributes:
    """What all variants of a product have in common."""
    record, words = view.record, view.words
    category = " > ".join(map(words.term, record.get("category", ())))
    kind = words.term(record["product_type"]) if record.get("product_type") else None
    described = plain_text(words.description) or words.summary or words.title
    yield "description", cut(described, LENGTHS["description"])
    yield "g:canonical_link", view.offers[0].url.partition("?")[0]
    yield "g:brand", record.get("brand")
    yield "g:gender", record.get("gender")
    yield "g:age_group", record.get("age_group")
    yield "g:google_product_category", record.get("google_category")
    yield "g:product_type", category or kind
    if len(view.variants) > 1:
        yield "g:item_group_id", group_of(record)
    for measure in view.measures():
        named = [("g:attribute_name", measure["label"]), ("g:attribute_value", measure["value"])]
        yield "g:product_detail", named


def _offered(view: ProductView, variant: Json, offer: OfferFacts, pictures: list[str]) -> Attributes:
    """What one variant has of its own."""
    words = view.words
    own = view.picture_index(variant)
    first = pictures[own] if own is not None else pictures[0]
    named = [words.term(value) for value in variant.get("options", ())]
    yield "g:id", offer.item
    yield "title", _title(words.title, named)
    yield "link", offer.url
    yield "g:image_link", first
    yield from (("g:additional_image_link", url) for url in _others(pictures, first))
    yield from _availability(variant, offer)
    yield from _price(offer)
    yield "g:condition", offer.condition
    yield from _identifiers(view, offer)
    yield from _differences(view, variant)
    if variant.get("weight_g"):
        yield "g:shipping_weight", f"{variant['weight_g']:g} g"
    if view.record.get("requires_shipping", True):
        yield from (("g:shipping", _shipping(rate, offer)) for rate in view.edition.shipping[:MAX_SHIPPING])


def _title(title: str, options: list[str]) -> str:
    """The title with what tells the variant from others, which is never what is cut off."""
    ending = f", {', '.join(options)}" if options else ""
    room = LENGTHS["title"] - len(ending)
    return cut(title, room) + ending if room > LENGTHS["title"] // 2 else cut(title + ending, LENGTHS["title"])


def _others(pictures: list[str], first: str) -> list[str]:
    return [url for url in pictures if url != first][:MAX_MORE_PICTURES]


def _availability(variant: Json, offer: OfferFacts) -> Attributes:
    yield "g:availability", offer.availability
    if offer.availability in _LATER and variant.get("available_from"):
        yield "g:availability_date", f"{variant['available_from']}T00:00Z"


def _price(offer: OfferFacts) -> Attributes:
    """The price; where it is reduced the earlier one, and the one that is asked as the sale price."""
    price = offer.asked
    if price is None:
        return
    if not price.was:
        yield "g:price", f"{offer.price} {price.currency}"
        return
    yield "g:price", f"{offer.list_price} {price.currency}"
    yield "g:sale_price", f"{offer.price} {price.currency}"
    if price.starts and price.ends:
        yield "g:sale_price_effective_date", f"{price.starts}/{price.ends}"


def _identifiers(view: ProductView, offer: OfferFacts) -> Attributes:
    yield "g:gtin", offer.gtin
    yield "g:mpn", offer.mpn
    if not offer.gtin and not (offer.mpn and view.record.get("brand")):
        yield "g:identifier_exists", "no"


def _differences(view: ProductView, variant: Json) -> Attributes:
    """Colour, size, material and pattern, where the catalogue says so."""
    words, color = view.words, variant.get("color")
    known: dict[str, str] = {}
    for name, value in zip(view.record.get("options", ()), variant.get("options", ()), strict=True):
        kind = "g:color" if name.lower() in COLOR_OPTIONS else _OPTIONS.get(name.lower())
        if kind:
            known[kind] = words.term(value)
    if color:
        known["g:color"] = words.term(color["name"])
    material = (view.record.get("frame") or {}).get("material")
    if material:
        known.setdefault("g:material", words.term(material))
    yield from sorted(known.items())


def _shipping(rate: Json, offer: OfferFacts) -> list[Node]:
    """A rate as it applies to one piece: free where its price alone reaches the bound."""
    free_from, price = rate.get("free_from"), offer.asked
    free = bool(free_from and price and free_from["currency"] == price.currency and price.amount >= free_from["amount"])
    money = Money(amount=0 if free else rate["price"]["amount"], currency=rate["price"]["currency"])
    return shipping(
        rate["country"], f"{decimal_text(money)} {money.currency}", rate["handling_days"], rate["transit_days"]
    )


def gallery_urls(view: ProductView, edition: Edition) -> list[str]:
    """The absolute addresses of a product's pictures in the format that every machine reads."""
    return [picture_url(picture, edition) for picture in view.pictures()]
