"""Data files that scripts of collection and search pages read."""

from typing import Any

import orjson

from shopwright.generation.edition import Edition
from shopwright.generation.views.card import listing_entry, search_entry

Json = dict[str, Any]


def listing(job: Json, edition: Edition) -> bytes:
    """One part of a collection's products (``collection.data_url``)."""
    return _part(job, edition, [listing_entry(card, edition) for card in job["products"]])


def search_index(job: Json, edition: Edition) -> bytes:
    """One part of the search index (``search.index_url``)."""
    return _part(job, edition, [search_entry(card, edition) for card in job["products"]])


def _part(job: Json, edition: Edition, products: list[Json]) -> bytes:
    following = edition.addresses.file(job["next"]) if job["next"] else None
    return orjson.dumps({"next": following, "products": products})
