"""A product page's values."""

import pytest
from markupsafe import Markup
from tests.unit.generation.records import PICTURE, editions, money, plain, product, site, variant

from shopwright.generation.views.product import ProductView


def view(record, pictures=(), locale="en", **settings):
    return ProductView(record, dict.fromkeys(pictures, PICTURE), editions(site(**settings))[locale])


def test_the_least_that_a_product_page_can_show():
    values = view(plain(variants=[])).values("/products/luna/")
    assert values == {
        "handle": "luna",
        "title": "Luna",
        "brand": None,
        "type": None,
        "summary": "",
        "description": Markup(""),
        "description_lang": None,
        "kind": "standard",
        "external": None,
        "price": None,
        "availability": {"code": "out_of_stock", "label": "Sold out"},
        "condition": "new",
        "item": None,
        "sku": None,
        "buyable": False,
        "pictures": [],
        "picture_index": 0,
        "options": [],
        "frame": None,
        "measures": [],
        "details": [],
        "rating": None,
        "reviews": [],
        "data": {
            "handle": "luna",
            "url": "/products/luna/",
            "title": "Luna",
            "options": [],
            "variants": [],
            "thumbnail": None,
        },
    }


def test_the_gallery_has_every_picture_once_and_leaves_out_what_could_not_be_prepared():
    record = product(
        pictures=[{"source": "a", "alt": "Front"}, {"source": "gone"}, {"source": "b"}],
        variants=[variant(picture="c"), variant("red", picture="b"), variant("blue", picture="gone"), variant("grey")],
    )
    seen = view(record, ["a", "b", "c"])
    assert [picture["alt"] for picture in seen.pictures()] == ["Front", "Luna, picture 2", "Luna, picture 3"]
    assert [seen.picture_index(each) for each in seen.variants] == [2, 1, None, None]
    assert seen.picture_index(None) is None


@pytest.mark.parametrize(
    ("variants", "chosen"),
    [
        ([variant("black", availability="out_of_stock"), variant("red")], "red"),
        ([variant("black", price=None), variant("red", availability="out_of_stock")], "black"),
        ([], None),
    ],
)
def test_the_first_variant_that_can_be_bought_is_shown(variants, chosen):
    seen = view(product(variants=variants))
    assert (seen.chosen["id"] if seen.chosen else None) == chosen


def test_options_offer_each_value_once_and_say_what_can_be_had():
    record = product(
        options=["Color", "Size"],
        variants=[
            {"id": "b-m", "options": ["Black", "M"], "color": {"name": "Black", "hex": "#000000"}, "price": money(1)},
            {"id": "b-l", "options": ["Black", "L"], "price": money(1), "availability": "out_of_stock"},
            {"id": "r-m", "options": ["Red", "M"], "price": money(1), "availability": "out_of_stock"},
        ],
        translations={"de": {"terms": {"Color": "Farbe", "Black": "Schwarz"}}},
    )
    color, size = view(record, locale="de").options()
    assert color == {
        "name": "Color",
        "label": "Farbe",
        "values": [
            {"value": "Black", "label": "Schwarz", "hex": "#000000", "checked": True, "available": True},
            {"value": "Red", "label": "Red", "hex": None, "checked": False, "available": False},
        ],
    }
    assert [(value["value"], value["hex"], value["available"]) for value in size["values"]] == [
        ("M", None, True),
        ("L", None, False),
    ]


def test_options_without_variants_offer_nothing():
    assert view(product(variants=[])).options() == [{"name": "Color", "label": "Color", "values": []}]


def test_one_variant_with_an_option_offers_that_one():
    (option,) = view(product()).options()
    assert [(value["value"], value["checked"], value["available"]) for value in option["values"]] == [
        ("Black", True, True)
    ]


FRAME = {"lens_width_mm": 48, "bridge_mm": 20.5, "shape": "Cat-eye", "material": "Acetate", "weight_g": 21}


def test_a_frame_is_drawn_and_its_measures_are_said():
    seen = view(plain(frame=FRAME), locale="de")
    assert seen.frame() == {
        "lens_width": 48.0,
        "bridge": 20.5,
        "temple": None,
        "lens_height": None,
        "frame_width": None,
        "shape": "cat-eye",
        "label": "Glasbreite 48 mm, Stegbreite 20,5 mm, Gewicht 21 g",
        "unit": "mm",
    }
    assert [measure["key"] for measure in seen.measures()] == ["lens_width", "bridge", "weight"]
    assert view(plain(frame={"bridge_mm": 18})).frame()["shape"] is None


def test_details_are_what_the_catalogue_knows_in_the_language_of_the_page():
    record = plain(
        frame=FRAME,
        product_type="Spectacles",
        brand="Lark",
        variants=[{"id": "default", "gtin": "4006381333931"}],
        custom={"Hinge": "Spring", "meta:private": "x", "Note (private)": "x", "Empty": "", "Long": "x" * 201},
        translations={"de": {"terms": {"Acetate": "Acetat", "Hinge": "Scharnier", "Spring": "Feder"}}},
    )
    assert [(entry["label"], entry["value"]) for entry in view(record, locale="de").details()] == [
        ("Form", "Cat-eye"),
        ("Material", "Acetat"),
        ("Produktart", "Spectacles"),
        ("Marke", "Lark"),
        ("GTIN", "4006381333931"),
        ("Scharnier", "Feder"),
    ]


def test_reviews_in_the_language_of_the_page_come_first():
    reviews = [
        {"author": "A", "rating": 5, "locale": "en", "date": "2026-05-01", "title": "Good", "body": "Very"},
        {"author": "B", "rating": 3, "locale": "de", "sample": True},
        {"author": "C", "rating": 4},
    ]
    seen = view(plain(reviews=reviews), locale="de").reviews()
    assert [review["author"] for review in seen] == ["B", "A", "C"]
    assert seen[1] == {
        "author": "A", "rating": 5, "title": "Good", "body": "Very", "date": "2026-05-01", "day": "1. Mai 2026",
        "sample": False, "locale": "en",
    }  # fmt: skip
    assert seen[0] == {
        "author": "B", "rating": 3, "title": "", "body": "", "date": None, "day": None, "sample": True, "locale": "de",
    }  # fmt: skip


def test_another_sellers_product_names_the_seller():
    away = {"kind": "external", "external_url": "https://away.example/x?a=1&b=2"}
    values = view(plain(**away)).values("/")
    assert values["external"] == {"url": "https://away.example/x?a=1&b=2", "label": "View at the seller"}
    assert (values["buyable"], values["data"]["variants"][0]["buyable"]) == (False, False)
    assert view(plain(**away, external_label="At Away")).values("/")["external"]["label"] == "At Away"


def test_what_the_script_of_a_product_page_is_given():
    record = product(
        variants=[
            variant(sku="L-1", picture="a", color={"name": "Black", "hex": "#1b1b1f"}),
            variant("red", price=None),
        ],
        translations={"de": {"title": "Mond", "terms": {"Color": "Farbe", "Black": "Schwarz"}}},
    )
    data = view(record, ["a"], locale="de").data("/de/products/luna/")
    price = data["variants"][0].pop("price")
    assert (price["text"], price["amount"], price["varies"]) == ("129,00\xa0€", 12_900, False)
    assert data == {
        "handle": "luna",
        "url": "/de/products/luna/",
        "title": "Mond",
        "options": ["Farbe"],
        "variants": [
            {
                "id": "black",
                "item": "L-1",
                "options": ["Black"],
                "labels": ["Schwarz"],
                "sku": "L-1",
                "availability": {"code": "in_stock", "label": "Auf Lager"},
                "buyable": True,
                "picture": 0,
                "color": {"name": "Schwarz", "hex": "#1b1b1f"},
            },
            {
                "id": "red",
                "item": "luna-red",
                "options": ["Red"],
                "labels": ["Red"],
                "sku": None,
                "price": None,
                "availability": {"code": "in_stock", "label": "Auf Lager"},
                "buyable": False,
                "picture": None,
                "color": None,
            },
        ],
        "thumbnail": "/assets/pictures/aa-320.webp",
    }


def test_the_thumbnail_of_a_linked_picture_is_the_picture():
    seen = ProductView(
        plain(pictures=[{"source": "a"}]), {"a": {"remote": "https://cdn.example/a.jpg"}}, editions()["en"]
    )
    assert seen.data("/")["thumbnail"] == "https://cdn.example/a.jpg"
