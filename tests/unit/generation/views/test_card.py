"""Cards as templates and scripts see them."""

from tests.unit.generation.records import PICTURE, card, editions, money, plain, product, site, variant

from shopwright.generation.views import card as module
from shopwright.generation.views.card import (
    card_view,
    facet_value,
    listing_entry,
    price_view,
    rating_view,
    search_entry,
)

LUNA = {
    "brand": "Lark",
    "product_type": "Spectacles",
    "variants": [variant(color={"name": "Black", "hex": "#1b1b1f"}, compare_at_price=money(15_000))],
    "frame": {"shape": "Cat-eye", "bridge_mm": 18},
    "reviews": [{"author": "A", "rating": 4}],
    "translations": {"de": {"title": "Mond", "handle": "mond", "terms": {"Black": "Schwarz", "Spectacles": "Brille"}}},
}
PRICE = {
    "text": "129,00\xa0€",
    "value": "129.00",
    "amount": 12_900,
    "currency": "EUR",
    "was": "150,00\xa0€",
    "lowest": None,
    "percent": "-14\xa0%",
    "ends": None,
    "varies": False,
}


def test_a_card_speaks_the_language_of_the_page():
    among = editions()
    view = card_view(card(product(**LUNA), among, (PICTURE, {**PICTURE, "alt": "Side"})), among["de"])
    pictures = view.pop("picture"), view.pop("hover_picture")
    assert [picture["alt"] for picture in pictures] == ["", ""]
    assert len(view.pop("revision")) == 24
    assert view == {
        "handle": "luna",
        "url": "/de/products/mond/",
        "title": "Mond",
        "lang": None,
        "brand": "Lark",
        "type": "Brille",
        "price": PRICE,
        "colors": [{"name": "Schwarz", "hex": "#1b1b1f"}],
        "colors_more": 0,
        "badges": ["sale"],
        "rating": {"value": 4.0, "count": 1, "sample": False, "text": "1 Bewertung"},
        "available": True,
    }


def test_a_picture_beside_its_title_is_decoration_unless_the_catalogue_says_more_in_the_pages_language():
    among = editions()
    luna = card(product(**LUNA), among, (PICTURE, {**PICTURE, "alt": "Side"}))
    assert card_view(luna, among["en"])["picture"]["alt"] == ""
    assert card_view(luna, among["en"])["hover_picture"]["alt"] == "Side"
    plainly = card(plain(), among, ({**PICTURE, "alt": "Front"},))
    assert card_view(plainly, among["de"])["picture"]["alt"] == "Front"


def test_the_least_that_a_card_can_show():
    among = editions()
    view = card_view(card(plain(variants=[]), among), among["en"])
    assert (view["price"], view["picture"], view["hover_picture"], view["rating"]) == (None, None, None, None)
    assert (price_view(None, among["en"]), rating_view(None, among["en"])) == (None, None)


def test_cards_are_remembered_and_forgotten(monkeypatch):
    monkeypatch.setattr(module, "CARDS_KEPT", 2)
    among = editions()
    records = [card(plain(name), among) for name in ("a", "b", "c")]
    first = card_view(records[0], among["en"])
    assert card_view(records[0], among["en"]) is first
    for record in records[1:]:
        card_view(record, among["en"])
    assert len(among["en"].card_views) == 1
    assert card_view(records[0], among["en"]) == first


def test_an_entry_of_a_listing():
    among = editions()
    record = card(product(**LUNA, created="2026-05-01"), among, (PICTURE,))
    entry = listing_entry(record, among["de"])
    assert entry["facets"] == {"color": ["black"], "shape": ["cat-eye"], "type": ["spectacles"], "brand": ["lark"]}
    assert entry["picture"] == {
        "src": "/assets/pictures/aa-320.webp",
        "srcset": "/assets/pictures/aa-320.webp 320w, /assets/pictures/bb-640.webp 640w",
        "width": 640,
        "height": 480,
        "alt": "",
    }
    assert (entry["price"], entry["created"], entry["title"]) == (PRICE, "2026-05-01", "Mond")
    assert set(entry) == {
        "url", "title", "brand", "price", "picture", "facets", "colors", "colors_more", "badges", "rating", "created",
    }  # fmt: skip


def test_an_entry_of_the_search_index_holds_words_of_its_language_once():
    among = editions()
    entry = search_entry(card(product(**LUNA), among), among["de"])
    assert entry == {
        "url": "/de/products/mond/",
        "title": "Mond",
        "brand": "Lark",
        "price": PRICE,
        "picture": None,
        "text": "schwarz cat-eye brille lark",
    }


def test_a_linked_picture_is_its_own_thumbnail():
    among = editions()
    entry = search_entry(card(plain(), among, ({"remote": "https://cdn.example/a.jpg"},)), among["en"])
    assert (entry["picture"]["src"], entry["picture"]["srcset"]) == ("https://cdn.example/a.jpg", "")


def test_the_lowest_price_is_shown_only_where_the_store_shows_it():
    reduced = [variant(compare_at_price=money(15_000), lowest_price_30_days=money(11_000))]
    for shows, lowest in ((True, "€110.00"), (False, None)):
        among = editions(site(shows_lowest_price=shows))
        view = card_view(card(product(variants=reduced), among), among["en"])
        assert view["price"]["lowest"] == lowest


def test_values_in_a_fragment():
    assert [facet_value(value) for value in ("Cat-eye", "Größe M", "مقاس كبير")] == [
        "cat-eye",
        "groesse-m",
        "مقاس-كبير",
    ]
