"""A product as other pages show it: a small record with the words of every locale, made once per build."""

import datetime as dt
import hashlib
from dataclasses import asdict
from typing import Any

import orjson

from shopwright.catalog.text import make_handle
from shopwright.generation.edition import Edition
from shopwright.generation.prices import Asked

Json = dict[str, Any]

COLORS_SHOWN = 5
NEW_FOR = dt.timedelta(days=60)
"""How long after ``created`` a product counts as new."""
COLOR_OPTIONS = frozenset({"color", "colour", "farbe", "couleur", "colore", "kleur"})


def card_record(product: Json, editions: dict[str, Edition], handles: dict[str, str], pictures: list[Json]) -> bytes:
    """The card of a product: ``handles`` are its addresses by locale, ``pictures`` its first prepared pictures."""
    selling = {edition.market["name"] if edition.market else "": edition for edition in editions.values()}
    colors = variant_colors(product)
    facets = product_facets(product)
    terms = {value for values in facets.values() for value in values} | {color["name"] for color in colors}
    card = {
        "handle": product["handle"],
        "brand": product.get("brand"),
        "type": product.get("product_type"),
        "created": product.get("created"),
        "featured": product.get("featured", False),
        "selling": {market: _selling(product, edition) for market, edition in selling.items()},
        "rating": rating_of(product),
        "pictures": pictures,
        "colors": colors[:COLORS_SHOWN],
        "colors_more": max(len(colors) - COLORS_SHOWN, 0),
        "facets": facets,
        "words": {locale: _words(product, edition, handles[locale], terms) for locale, edition in editions.items()},
    }
    return orjson.dumps({"revision": hashlib.blake2b(orjson.dumps(card), digest_size=12).hexdigest(), **card})


def _words(product: Json, edition: Edition, handle: str, terms: set[str]) -> Json:
    words = edition.words(product)
    kind = product.get("product_type")
    translated = {term: word for term in sorted(terms) if (word := words.term(term)) != term}
    return {
        "title": words.title,
        "lang": words.lang("title"),
        "handle": handle,
        "type": words.term(kind) if kind else None,
        "terms": translated,
    }


def _selling(product: Json, edition: Edition) -> Json:
    """How a product is sold in one market: what differs between locales of different markets."""
    variants = product.get("variants", [])
    prices = [price for variant in variants if (price := edition.asked(variant))]
    return {
        "price": _lowest(prices),
        "available": is_buyable(product, edition),
        "badges": _badges(product, prices, edition.site.now),
    }


def is_buyable(product: Json, edition: Edition) -> bool:
    """Whether at least one variant can be put into the cart."""
    return product.get("kind", "standard") == "standard" and any(
        variant_buyable(variant, edition) for variant in product.get("variants", [])
    )


def variant_buyable(variant: Json, edition: Edition) -> bool:
    """Whether a variant has a price above zero where the edition sells, and is not sold out."""
    price = edition.asked(variant)
    return bool(price and price.amount) and variant.get("availability", "in_stock") != "out_of_stock"


def variant_colors(product: Json) -> list[Json]:
    """The colours a product comes in, each once, in the order of its variants."""
    found: dict[str, Json] = {}
    for variant in product.get("variants", []):
        color = variant.get("color")
        if color:
            found.setdefault(color["name"], {"name": color["name"], "hex": color.get("hex")})
    return list(found.values())


def product_facets(product: Json) -> dict[str, list[str]]:
    """What a product can be filtered by: facet key to its values, in the catalogue's own language."""
    frame = product.get("frame") or {}
    facets = {"color": [color["name"] for color in variant_colors(product)]}
    facets |= {key: [frame[key]] for key in ("shape", "rim", "material") if frame.get(key)}
    for place, name in enumerate(product.get("options", [])):
        key = "color" if name.lower() in COLOR_OPTIONS else facet_key(place, name)
        if not facets.get(key):
            facets[key] = list(dict.fromkeys(variant["options"][place] for variant in product.get("variants", [])))
    facets |= {"type": [product["product_type"]]} if product.get("product_type") else {}
    facets |= {"brand": [product["brand"]]} if product.get("brand") else {}
    return {key: values for key, values in facets.items() if values}


def facet_key(place: int, option: str) -> str:
    """The key of an option's facet in a fragment, where ``sort`` has its own meaning."""
    key = make_handle(option)
    return key if key and key != "sort" else f"option-{place + 1}"


def rating_of(product: Json) -> Json | None:
    """The mean of a product's visible reviews; ``sample`` if any of them is made up for an example."""
    ratings = [review["rating"] for review in product.get("reviews", [])]
    if not ratings:
        return None
    sample = any(review.get("sample") for review in product["reviews"])
    return {"value": round(sum(ratings) / len(ratings), 1), "count": len(ratings), "sample": sample}


def _lowest(prices: list[Asked]) -> Json | None:
    if not prices:
        return None
    lowest = min(prices, key=lambda price: price.amount)
    return {**asdict(lowest), "varies": any(price.amount != lowest.amount for price in prices)}


def _badges(product: Json, prices: list[Asked], instant: dt.datetime) -> list[str]:
    states = {variant.get("availability", "in_stock") for variant in product.get("variants", [])}
    created = product.get("created")
    age = instant.date() - dt.date.fromisoformat(created) if created else None
    badges = {
        "sale": any(price.was for price in prices),
        "new": age is not None and dt.timedelta(0) <= age <= NEW_FOR,
        "sold_out": states == {"out_of_stock"},
        "preorder": states == {"preorder"},
    }
    return [badge for badge, shown in badges.items() if shown]
