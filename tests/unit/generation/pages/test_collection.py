"""Collection pages and the list of all collections."""

import pytest
from tests.unit.generation.records import PICTURE, card, editions, plain, site

from shopwright.generation.pages.collection import collection_entry, draft, list_draft

ROUND = {
    "handle": "round",
    "title": "Round",
    "description": "<p>All round</p>",
    "count": 60,
    "shown_picture": {**PICTURE, "alt": ""},
    "translations": {
        "de": {"title": "Rund", "handle": "rund", "seo": {"title": "Runde Brillen", "description": "Viele"}}
    },
}
EVERYTHING = {"handle": "all", "title": "All", "count": 61, "shown_picture": None}


def page(number=1, locale="de", record=ROUND, facets=(), products=("luna",), **settings):
    among = editions(site(**settings))
    cards = [card(plain(name), among) for name in products]
    job = {"collection": record, "number": number, "pages_total": 3, "facets": list(facets), "products": cards}
    return draft(job, among, locale)


def test_a_collection_in_the_language_of_the_page():
    first = page()
    values = first.values["collection"]
    assert (first.kind, first.title, first.head_title, first.description) == (
        "collection",
        "Rund",
        "Runde Brillen",
        "Viele",
    )
    assert first.urls == {"en": "/collections/round/", "de": "/de/collections/rund/"}
    assert (values["handle"], values["title"], values["count"]) == ("round", "Rund", 60)
    assert values["description"] == "<p>All round</p>"
    assert values["picture"]["alt"] == "Rund"
    assert values["data_url"] == "/de/collections/round/products-1.json"
    assert [product["title"] for product in values["products"]] == ["Luna"]
    assert values["sorts"][1] == {"key": "price-asc", "label": "Preis aufsteigend"}
    assert first.crumbs == (("Kollektionen", "/de/collections/"), ("Rund", "/de/collections/rund/"))
    assert first.image[""] == "https://shop.example/assets/pictures/cc-640.jpg"


def test_search_engines_are_told_what_the_page_shows():
    thing = page(number=2).things[0]
    assert thing["url"] == "https://shop.example/de/collections/rund/page/2/"
    assert thing["mainEntity"]["itemListElement"] == [
        {"@type": "ListItem", "position": 1, "name": "Luna", "url": "https://shop.example/de/products/luna/"}
    ]


def test_later_pages_are_numbered_in_address_and_title():
    second = page(number=2)
    assert second.urls["de"] == "/de/collections/rund/page/2/"
    assert second.head_title == "Rund, Seite 2 | Small Shop"
    assert page(locale="en").head_title == "Round | Small Shop"
    assert page(locale="en").description == "Round: 60 products to discover, with prices, sizes and pictures."


@pytest.mark.parametrize(
    ("number", "numbers", "previous", "following"),
    [
        (1, [1, 2, 3], None, "/collections/round/page/2/"),
        (2, [1, 2, 3], "/collections/round/", "/collections/round/page/3/"),
        (3, [1, 2, 3], "/collections/round/page/2/", None),
    ],
)
def test_pagination(number, numbers, previous, following):
    pagination = page(number=number, locale="en").values["collection"]["pagination"]
    assert [each["number"] for each in pagination["numbers"]] == numbers
    assert [each["number"] for each in pagination["numbers"] if each["current"]] == [number]
    assert (pagination["page"], pagination["pages"]) == (number, 3)
    assert (pagination["previous"], pagination["next"]) == (previous, following)


def test_long_paginations_leave_gaps():
    among = editions()
    job = {"collection": ROUND, "number": 10, "pages_total": 20, "facets": [], "products": []}
    numbers = draft(job, among, "en").values["collection"]["pagination"]["numbers"]
    assert [each and each["number"] for each in numbers] == [1, 2, None, 9, 10, 11, None, 19, 20]
    assert numbers[0] == {"number": 1, "url": "/collections/round/", "current": False}


def test_facets_are_labelled_by_the_interface_or_by_the_words_of_the_store():
    value = {"value": "Cat-eye", "count": 3, "hex": None, "words": {"de": "Katzenauge"}}
    facets = [
        {"key": "shape", "name": "shape", "values": [value]},
        {"key": "lens-tint", "name": "Lens tint", "values": [{**value, "words": {}, "hex": "#112233"}]},
    ]
    shape, tint = page(facets=facets, terms={"de": {"Lens tint": "Tönung"}}).values["collection"]["facets"]
    assert shape == {
        "key": "shape",
        "label": "Form",
        "values": [{"value": "cat-eye", "label": "Katzenauge", "count": 3, "hex": None}],
    }
    assert (tint["label"], tint["values"][0]["label"], tint["values"][0]["hex"]) == ("Tönung", "Cat-eye", "#112233")


def test_the_collection_of_everything_is_titled_by_the_interface():
    everything = page(record=EVERYTHING)
    assert (everything.title, everything.urls["de"]) == ("Alle Produkte", "/de/collections/all/")
    assert everything.image is None
    assert collection_entry(EVERYTHING, editions()["en"]) == {
        "title": "All products",
        "url": "/collections/all/",
        "picture": None,
        "count": 61,
    }


def test_a_collection_without_a_picture_shares_its_first_products():
    among = editions()
    cards = [card(plain(), among, (PICTURE,))]
    job = {"collection": EVERYTHING, "number": 1, "pages_total": 1, "facets": [], "products": cards}
    assert draft(job, among, "en").image[":alt"] == "Luna"


def test_the_list_of_collections():
    among = editions(site(description={"de": "Gute Brillen"}))
    listed = list_draft({"collections": [ROUND, EVERYTHING]}, among, "de")
    assert (listed.kind, listed.title) == ("collections", "Kollektionen")
    assert listed.description == "Kollektionen: Rund, Alle Produkte"
    assert [thing["@type"] for thing in listed.things] == ["CollectionPage", "BreadcrumbList"]
    assert listed.head_title == "Kollektionen | Small Shop"
    assert [entry["title"] for entry in listed.values["collections"]] == ["Rund", "Alle Produkte"]
    assert listed.crumbs == (("Kollektionen", "/de/collections/"),)
