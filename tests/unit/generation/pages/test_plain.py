"""Home, search, cart, information and not-found pages."""

import pytest
from tests.unit.generation.records import PICTURE, card, editions, plain, site

from shopwright.generation.pages.plain import cart, content, home, not_found, search

ROUND = {"handle": "round", "title": "Round", "count": 1, "translations": {"de": {"title": "Rund", "handle": "rund"}}}
EVERYTHING = {"handle": "all", "title": "All", "count": 2}


def start(locale="en", **settings):
    linked = settings.pop("linked", None)
    picture = settings.pop("picture", None)
    among = editions(site(**settings))
    cards = [card(plain(), among)]
    job = {"collections": [ROUND], "featured": cards, "newest": [], "hero_collection": linked, "hero_picture": picture}
    return home(job, among, locale)


def test_home_without_a_hero_is_titled_after_the_store():
    first = start(tagline={"de": "Wenige"}, description={"*": "Good frames."}, locale="de")
    assert (first.title, first.head_title, first.description) == ("Small Shop", "Small Shop – Wenige", "Good frames.")
    assert (first.values["home"]["hero"], first.image, first.crumbs) == (None, None, ())
    assert [entry["title"] for entry in first.values["home"]["collections"]] == ["Rund"]
    assert [each["title"] for each in first.values["home"]["featured"]] == ["Luna"]
    assert start().head_title == "Small Shop"


@pytest.mark.parametrize(
    ("linked", "label", "url"),
    [(ROUND, "Rund", "/de/collections/rund/"), (None, "Kollektionen", "/de/collections/"),
     (EVERYTHING, "Alle Produkte", "/de/collections/all/")],
)  # fmt: skip
def test_a_hero_leads_to_its_collection_else_to_all(linked, label, url):
    hero = start("de", hero={"title": {"de": "Hallo"}, "text": "Text"}, linked=linked).values["home"]["hero"]
    assert hero == {"title": "Hallo", "text": "Text", "text_lang": None, "picture": None, "label": label, "url": url}


def test_a_heros_picture_is_shared_under_its_title_and_may_be_mere_decoration():
    first = start(hero={"title": "Hi"}, picture={**PICTURE, "alt": ""})
    assert first.title == "Hi"
    assert (first.values["home"]["hero"]["picture"]["alt"], first.image[":alt"]) == ("", "Hi")


def test_search_engines_are_told_who_sells_on_the_home_page():
    assert [thing["@type"] for thing in start().things] == ["WebSite", "OnlineStore"]


@pytest.mark.parametrize(("make", "name", "title"), [(search, "search", "Suche"), (cart, "cart", "Warenkorb")])
def test_tools_are_not_for_search_engines(make, name, title):
    tool = make({}, editions(), "de")
    assert (tool.kind, tool.title, tool.head_title) == (name, title, f"{title} | Small Shop")
    assert (tool.indexed, tool.things) == (False, ())
    assert "Small Shop" in tool.description
    assert tool.crumbs == ((title, f"/de/{name}/"),)


def test_search_knows_where_its_index_is():
    assert search({}, editions(), "de").values == {"search": {"index_url": "/de/search/products-1.json"}}


def test_an_information_page_is_described_by_its_beginning():
    body = {"en": "<p>We <strong>ship</strong>, fast.</p><p>Everywhere &amp; soon.</p>"}
    page = content({"name": "policies/shipping", "body": body}, editions(), "de")
    assert (page.title, page.urls["de"]) == ("Versand", "/de/policies/shipping/")
    assert page.description == "We ship, fast. Everywhere & soon."
    assert page.values == {"content": {"body": body["en"], "facts": [], "lang": "en"}}


def test_an_imprint_names_what_the_law_asks_for():
    shop = {
        "legal": {"company": "Lark GmbH", "representative": "L. Lark", "registration": "HRB 1", "vat_id": "DE1"},
        "contact": {"email": "a@b.example", "phone": "+49 30 1",
                    "address": {"street": "Gasse 1", "postal_code": "10115", "city": "Berlin", "country": "DE"}},
    }  # fmt: skip
    page = content({"name": "imprint", "body": {}}, editions(site(**shop)), "en")
    assert [(fact["label"], fact["value"], fact["url"]) for fact in page.values["content"]["facts"]] == [
        ("Company", "Lark GmbH", None),
        ("Represented by", "L. Lark", None),
        ("Address", "Gasse 1, 10115 Berlin, Germany", None),
        ("E-mail", "a@b.example", "mailto:a@b.example"),
        ("Phone", "+49 30 1", "tel:+49301"),
        ("Registration", "HRB 1", None),
        ("VAT ID", "DE1", None),
    ]
    assert content({"name": "imprint", "body": {}}, editions(), "en").values["content"]["facts"] == []


def test_the_not_found_page_leads_on():
    page = not_found({"collections": [ROUND]}, editions(), "de")
    assert (page.kind, page.indexed, page.urls["de"]) == ("not_found", False, "/de/404.html")
    assert [entry["url"] for entry in page.values["not_found"]["collections"]] == ["/de/collections/rund/"]
