"""The columns of Shopify's product CSV: the older and the current header, and spellings met in the wild.

Source: Shopify help, "Using CSV files to import and export products"; genuine exports.
"""

import re

_SPELLINGS = {
    "handle": "handle|url handle",
    "title": "title",
    "body": "body (html)|body html|body|description",
    "vendor": "vendor",
    "category": "product category|standard product type|standardized product type",
    "type": "type|custom product type|product type",
    "tags": "tags",
    "collection": "collection",
    "published": "published|published on online store",
    "status": "status",
    "sku": "variant sku|sku",
    "grams": "variant grams|weight value (grams)|weight (grams)",
    "tracker": "variant inventory tracker|inventory tracker",
    "quantity": "variant inventory qty|variant inventory quantity|inventory quantity",
    "policy": "variant inventory policy|continue selling when out of stock",
    "price": "variant price|price",
    "compare at": "variant compare at price|compare-at price|compare at price",
    "shipping": "variant requires shipping|requires shipping",
    "barcode": "variant barcode|barcode",
    "image src": "image src|product image url",
    "image position": "image position",
    "image alt": "image alt text",
    "gift card": "gift card",
    "seo title": "seo title",
    "seo description": "seo description",
    "mpn": "google shopping / mpn|google shopping mpn",
    "condition": "google shopping / condition|google shopping condition",
    "variant image": "variant image|variant image url",
    "shopwright product": "shopwright product (product.metafields.shopwright.product)",
    "shopwright variant": "shopwright variant (product.metafields.shopwright.variant)",
    "shopwright collections": "shopwright collections (product.metafields.shopwright.collections)",
}
_FIELDS = {spelling: field for field, spellings in _SPELLINGS.items() for spelling in spellings.split("|")}
_OPTION = re.compile(r"option ?([1-3]) (name|value)")
MARKET = re.compile(r"(included|price|compare-at price) / (.+)")

OF_VARIANTS = frozenset(
    [
        "variant tax code",
        "cost per item",
        "variant fulfillment service",
        "variant fullfilment service",
        "fulfillment service",
        "variant taxable",
        "charge tax",
        "variant weight unit",
        "weight unit for display",
        "unit price total measure",
        "unit price total measure unit",
        "unit price base measure",
        "unit price base measure unit",
        "tax code",
        "variant inventory tracker",
        "inventory tracker",
        "option1 linked to",
        "option2 linked to",
        "option3 linked to",
        "option1 linkedto",
        "option2 linkedto",
        "option3 linkedto",
    ]
)
"""Custom columns, normalised, that speak of the variant of their row rather than of the product."""


def field_of(name: str) -> str | None:
    """The field of a normalised column name."""
    option = _OPTION.fullmatch(name)
    if option:
        return f"option{option.group(1)} {option.group(2)}"
    return name if MARKET.fullmatch(name) else _FIELDS.get(name)


_MARKS = frozenset(
    [
        "body",
        "vendor",
        "price",
        "sku",
        "option1 name",
        "option1 value",
        "image src",
        "published",
        "variant image",
        "policy",
        "tracker",
    ]
)


def recognise(fields: frozenset[str]) -> tuple[str, ...]:
    """Handle and title, or a title with two columns only Shopify has."""
    if {"handle", "title"} <= fields and fields & _MARKS:
        return ("handle", "title", min(fields & _MARKS))
    own = sorted(
        fields & {"image src", "option1 name", "published", "variant image", "policy", "tracker", "compare at"}
    )
    return ("title", *own[:2]) if "title" in fields and len(own) >= 2 else ()
