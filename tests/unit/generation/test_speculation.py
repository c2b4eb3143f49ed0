"""Speculation rules of a store."""

import orjson
from tests.unit.generation.records import site

from shopwright.generation.speculation import speculation_rules


def patterns(**settings):
    (rule,) = orjson.loads(str(speculation_rules(site(**settings))))["prefetch"]
    assert (rule["source"], rule["eagerness"]) == ("document", "moderate")
    return rule["where"]["and"][0]["href_matches"]


def test_products_and_collections_of_every_language_are_fetched_ahead():
    assert patterns() == ["/products/*", "/collections/*", "/de/products/*", "/de/collections/*"]


def test_a_site_below_a_path_stays_below_it_and_signs_in_it_mean_themselves():
    assert patterns(url="https://shop.example/a(b)", locales=["en"])[0] == r"/a\(b\)/products/*"


def test_all_pages_of_a_store_have_the_very_same_text():
    assert speculation_rules(site()) == speculation_rules(site(name="Another name"))
