"""Titles and descriptions by rules."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.generation.records import editions, plain, product, site, variant

from shopwright.generation.views.product import ProductView
from shopwright.generation.wording import (
    collection_description,
    collection_title,
    home_description,
    product_description,
    product_title,
)
from shopwright.seo.snippet import DESCRIPTION_WIDTH, display_width


def view(record, locale="en", **shop):
    return ProductView(record, {}, editions(site(**shop))[locale])


KNOWN = {"brand": "Lark", "product_type": "Spectacles"}


def test_a_title_names_type_and_maker():
    assert product_title(view(plain(**KNOWN)), twin=False) == "Luna – Spectacles – Lark | Small Shop"
    assert product_title(view(plain()), twin=False) == "Luna | Small Shop"


def test_a_store_that_is_its_own_brand_is_named_once():
    assert product_title(view(plain(brand="Small Shop")), twin=False) == "Luna | Small Shop"


def test_an_exclamation_ends_a_sentence_too_and_facts_may_all_be_said():
    said = {"summary": "Luna of Small Shop!"}
    assert product_description(view(plain(**said))) == "Luna of Small Shop!"


def test_the_merchants_own_title_and_description_stand():
    record = plain(**KNOWN, seo={"title": "Buy Luna", "description": "Now"})
    assert product_title(view(record), twin=True) == "Buy Luna"
    assert product_description(view(record)) == "Now"


def test_what_tells_products_of_one_title_apart():
    black = product(variants=[variant(sku="L-1", color={"name": "Black"})])
    assert product_title(view(black), twin=True) == "Luna – Black – L-1"
    assert product_title(view(plain(variants=[])), twin=True) == "Luna – luna"


@pytest.mark.parametrize(
    ("values", "description"),
    [
        ({}, "Luna – Small Shop."),
        (KNOWN, "Luna – Spectacles, Lark, Small Shop."),
        ({**KNOWN, "summary": "Round and light."}, "Luna: Round and light. Spectacles, Lark, Small Shop."),
        ({**KNOWN, "summary": "Luna by Lark is round"}, "Luna by Lark is round – Spectacles, Small Shop."),
        ({"description": "<p>A <strong>bold</strong>, b &amp; c.</p>"}, "Luna: A bold, b & c. Small Shop."),
        ({"description": f"<p>{'word ' * 39_000}</p>"}, "Luna: " + ("word " * 30).strip() + "…"),
        ({"frame": {"shape": "Round", "material": "Acetate"}}, "Luna – Round, Acetate, Small Shop."),
    ],
)
def test_descriptions_name_the_product_and_what_is_known_of_it(values, description):
    assert product_description(view(plain(**values))) == description


def test_facts_are_listed_as_the_language_lists():
    record = plain(**KNOWN, translations={"ar": {"title": "لونا", "terms": {"Spectacles": "نظارات"}}})
    assert product_description(view(record, "ar", locales=["ar"])) == "لونا – نظارات، Lark، Small Shop."


@settings(max_examples=50)
@given(st.text(max_size=300), st.text(min_size=1, max_size=100).filter(str.strip))
def test_every_product_has_a_description_that_fits(summary, title):
    record = {**plain(), "summary": summary, "title": title}
    assert 0 < display_width(product_description(view(record))) <= DESCRIPTION_WIDTH


def test_later_pages_of_a_collection_are_numbered():
    english = editions()["en"]
    record = {"handle": "round", "title": "Round", "count": 60}
    words = english.words(record)
    assert collection_title(None, "Round", 1, english) == "Round | Small Shop"
    assert collection_title("Own", "Round", 1, english) == "Own"
    assert collection_title("Own", "Round", 2, english) == "Round, Page 2 | Small Shop"
    first = collection_description(words, "Round", record, 1, english)
    assert first == "Round: 60 products to discover, with prices, sizes and pictures."
    second = collection_description(words, "Round", record, 2, english)
    assert second == "Round, Page 2: 60 products to discover, with prices, sizes and pictures."


def test_a_collection_that_says_enough_of_itself_is_described_so():
    text = "Round frames for every face, in acetate, metal and wood, made by hand in small numbers."
    record = {"handle": "round", "title": "Round", "count": 1, "description": f"<p>{text}</p>"}
    english = editions()["en"]
    assert collection_description(english.words(record), "Round", record, 1, english) == text


@pytest.mark.parametrize(
    ("shop", "description"),
    [
        ({"description": "A few good frames.", "tagline": "Few"}, "A few good frames."),
        ({"tagline": "Few frames"}, "Few frames"),
        ({}, "Small Shop, Round, Oval"),
    ],
)
def test_home_is_described_by_what_the_store_says_or_has(shop, description):
    assert home_description(editions(site(**shop))["en"], ["Round", "Oval"]) == description
