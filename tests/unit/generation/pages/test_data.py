"""Data files that scripts read."""

import orjson
from tests.unit.generation.records import card, editions, plain

from shopwright.generation.pages.data import listing, search_index
from shopwright.generation.views.card import listing_entry, search_entry


def test_a_part_names_the_following_one_in_the_language_of_the_page():
    german = editions()["de"]
    cards = [card(plain())]
    part = orjson.loads(listing({"products": cards, "next": "collections/all/products-2.json"}, german))
    assert part == {"next": "/de/collections/all/products-2.json", "products": [listing_entry(cards[0], german)]}
    last = orjson.loads(search_index({"products": cards, "next": None}, german))
    assert last == {"next": None, "products": [search_entry(cards[0], german)]}
