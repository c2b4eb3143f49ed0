"""The columns of WooCommerce's product CSV, whose letter case differs between versions.

Source: WooCommerce's wiki, "Product CSV Import Schema"; genuine exports.
"""

import re

_SPELLINGS = {
    "id": "id",
    "type": "type",
    "sku": "sku",
    "gtin": "gtin, upc, ean, or isbn",
    "name": "name",
    "published": "published",
    "featured": "is featured?",
    "summary": "short description",
    "description": "description",
    "sale starts": "date sale price starts",
    "sale ends": "date sale price ends",
    "in stock": "in stock?",
    "stock": "stock",
    "backorders": "backorders allowed?",
    "sale price": "sale price",
    "price": "regular price",
    "categories": "categories",
    "tags": "tags",
    "brand": "brands|brand",
    "images": "images",
    "parent": "parent",
    "grouped": "grouped products",
    "external url": "external url",
    "external label": "button text",
    "shopwright product": "meta: shopwright_product",
    "shopwright variant": "meta: shopwright_variant",
    "shopwright collections": "meta: shopwright_collections",
}
_FIELDS = {spelling: field for field, spellings in _SPELLINGS.items() for spelling in spellings.split("|")}
_ATTRIBUTE = re.compile(r"attribute ([1-9][0-9]{0,2}) (name|value\(s\)|visible|global|default)")
_WEIGHT = re.compile(r"weight \((kg|g|lbs|oz)\)")


def field_of(name: str) -> str | None:
    """The field of a normalised column name: ``attribute 2 value(s)`` is ``attribute2 values``."""
    attribute = _ATTRIBUTE.fullmatch(name)
    if attribute:
        return f"attribute{attribute.group(1)} {attribute.group(2).replace('(s)', 's')}"
    weight = _WEIGHT.fullmatch(name)
    return f"weight {weight.group(1)}" if weight else _FIELDS.get(name)


def recognise(fields: frozenset[str]) -> tuple[str, ...]:
    """Type and name, and one more column only WooCommerce has."""
    marks = sorted(fields & {"price", "parent", "featured", "attribute1 name", "categories", "published"})
    return ("type", "name", marks[-1]) if {"type", "name"} <= fields and marks else ()
