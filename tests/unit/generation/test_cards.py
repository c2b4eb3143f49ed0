"""A product as other pages show it."""

import datetime as dt

import pytest
from tests.unit.generation.records import NOW, PICTURE, card, editions, money, plain, product, site, variant

from shopwright.generation.cards import (
    card_record,
    is_buyable,
    product_facets,
    rating_of,
    variant_buyable,
    variant_colors,
)

BLACK, RED = {"name": "Black", "hex": "#1b1b1f"}, {"name": "Red", "hex": "#aa0000"}


def price(made):
    """What a card asks where no market is named."""
    return made["selling"][""]["price"]


def test_a_whole_card():
    made = card(
        product(
            brand="Lark",
            product_type="Spectacles",
            created="2026-11-01",
            featured=True,
            variants=[variant(color=BLACK)],
            frame={"shape": "Round", "lens_width_mm": 48},
            reviews=[{"author": "A", "rating": 4}, {"author": "B", "rating": 5, "sample": True}],
            translations={"de": {"title": "Mond", "handle": "mond", "terms": {"Black": "Schwarz", "Round": "Rund"}}},
        ),
        pictures=(PICTURE,),
    )
    assert len(made.pop("revision")) == 24
    assert made == {
        "handle": "luna",
        "brand": "Lark",
        "type": "Spectacles",
        "created": "2026-11-01",
        "featured": True,
        "selling": {
            "": {
                "price": {
                    "amount": 12_900,
                    "currency": "EUR",
                    "was": None,
                    "lowest": None,
                    "ends": None,
                    "starts": None,
                    "varies": False,
                },
                "available": True,
                "badges": ["new"],
            }
        },
        "rating": {"value": 4.5, "count": 2, "sample": True},
        "pictures": [PICTURE],
        "colors": [BLACK],
        "colors_more": 0,
        "facets": {"color": ["Black"], "shape": ["Round"], "type": ["Spectacles"], "brand": ["Lark"]},
        "words": {
            "en": {"title": "Luna", "lang": None, "handle": "luna", "type": "Spectacles", "terms": {}},
            "de": {
                "title": "Mond",
                "lang": None,
                "handle": "mond",
                "type": "Spectacles",
                "terms": {"Black": "Schwarz", "Round": "Rund"},
            },
        },
    }


def test_the_least_that_a_product_can_be():
    made = card(plain(variants=[]))
    assert made["selling"] == {"": {"price": None, "available": False, "badges": []}}
    assert made["rating"] is None
    assert (made["pictures"], made["colors"], made["facets"], made["brand"]) == ([], [], {}, None)


def test_the_revision_changes_with_what_is_shown_and_with_nothing_else():
    shown, among = product(), editions()
    same = card_record(shown, among, {"en": "luna", "de": "luna"}, [])
    assert card_record(dict(reversed(shown.items())), among, {"de": "luna", "en": "luna"}, []) == same
    assert card({**shown, "description": "<p>More</p>"}) == card(shown)
    assert card({**shown, "brand": "Lark"})["revision"] != card(shown)["revision"]


def test_the_lowest_price_is_asked_and_says_that_others_differ():
    made = card(product(variants=[variant("black", price=money(200)), variant("red", price=money(100))]))
    assert (price(made)["amount"], price(made)["varies"]) == (100, True)
    made = card(product(variants=[variant("black"), variant("red"), variant("blue", price=None)]))
    assert (price(made)["amount"], price(made)["varies"]) == (12_900, False)


@pytest.mark.parametrize(
    ("values", "buyable"),
    [
        ({}, True),
        ({"availability": "preorder"}, True),
        ({"availability": "backorder"}, True),
        ({"availability": "out_of_stock"}, False),
        ({"price": None}, False),
        ({"price": money(0)}, False),
    ],
)
def test_what_can_be_bought(values, buyable):
    record = product(variants=[variant(**values)])
    assert variant_buyable(record["variants"][0], editions()["en"]) is buyable
    assert is_buyable(record, editions()["en"]) is buyable


def test_another_sellers_product_cannot_be_bought_here():
    away = product(kind="external", external_url="https://away.example/")
    assert is_buyable(away, editions()["en"]) is False
    assert is_buyable(product(kind="grouped"), editions()["en"]) is False


def test_colours_stand_once_in_the_order_of_variants_and_five_are_shown():
    names = ["One", "Two", "Three", "Four", "Five", "Six", "Seven"]
    variants = [variant(name.lower(), color={"name": name}) for name in names]
    again = variant("again", color={"name": "One", "hex": "#ffffff"})
    made = card(product(variants=[*variants, again, variant("none")]))
    assert [color["name"] for color in made["colors"]] == names[:5]
    assert made["colors_more"] == 2
    assert variant_colors(plain()) == []


@pytest.mark.parametrize(
    ("record", "facets"),
    [
        (product(), {"color": ["Black"]}),
        (product(options=["FARBE"], variants=[variant(color=RED)]), {"color": ["Red"]}),
        (product(options=["Lens tint"]), {"lens-tint": ["Black"]}),
        (product(options=["مقاس"]), {"option-1": ["Black"]}),
        (product(options=["Color"], variants=[]), {}),
        (
            product(options=["Material"], frame={"material": "Acetate", "bridge_mm": 18}),
            {"material": ["Acetate"]},
        ),
        (product(options=["Type"], product_type="Sun"), {"type": ["Sun"]}),
    ],
)
def test_what_a_product_can_be_filtered_by(record, facets):
    assert product_facets(record) == facets


def test_ratings_are_rounded_to_a_tenth():
    assert rating_of({"reviews": [{"rating": 5}, {"rating": 4}, {"rating": 4}]}) == {
        "value": 4.3,
        "count": 3,
        "sample": False,
    }
    assert rating_of({}) is None


@pytest.mark.parametrize(
    ("values", "badges"),
    [
        ({"variants": [variant(compare_at_price=money(15_000))]}, ["sale"]),
        ({"variants": [variant(availability="out_of_stock")]}, ["sold_out"]),
        ({"variants": [variant(availability="preorder")]}, ["preorder"]),
        ({"variants": [variant(availability="out_of_stock"), variant("red")]}, []),
        ({"created": "2026-11-23"}, ["new"]),
        ({"created": "2026-09-24"}, ["new"]),
        ({"created": "2026-09-23"}, []),
        ({"created": "2026-11-24"}, []),
    ],
)
def test_badges(values, badges):
    assert card(product(**values))["selling"][""]["badges"] == badges


def test_a_sale_is_a_badge_only_while_it_runs():
    later = {"price": money(9_900), "starts": "2026-11-24T00:00:00Z"}
    record = product(variants=[variant(sale=later)])
    assert card(record)["selling"][""]["badges"] == []
    tomorrow = site(instant=(NOW + dt.timedelta(days=1)).isoformat())
    assert card(record, editions(tomorrow))["selling"][""]["badges"] == ["sale"]


def test_every_market_has_its_own_price():
    gulf = {"name": "Gulf", "countries": ["AE"], "currency": "AED", "locales": ["de"]}
    shop = site(markets=[gulf])
    variants = [
        variant("black", markets=[{"market": "Gulf", "price": money(50_000, "AED")}]),
        variant("red", price=money(9_900), markets=[{"market": "Gulf", "included": False}]),
        variant("blue", price=money(9_900)),
    ]
    made = card(product(variants=variants), editions(shop))
    assert {name: (each["price"]["amount"], each["price"]["currency"]) for name, each in made["selling"].items()} == {
        "": (9_900, "EUR"),
        "Gulf": (50_000, "AED"),
    }
    nowhere = card(product(variants=[variant()]), editions(shop))
    assert nowhere["selling"]["Gulf"] == {"price": None, "available": False, "badges": []}
