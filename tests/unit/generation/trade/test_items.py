"""The items of a product in a merchant feed."""

import xml.etree.ElementTree as ET

import pytest
from tests.unit.generation.records import PICTURE, editions, money, plain, product, site, variant

from shopwright.generation.trade.items import gallery_urls, items_of
from shopwright.generation.views.product import ProductView

G = "{http://base.google.com/ns/1.0}"
ROOT = '<rss xmlns:g="http://base.google.com/ns/1.0">'
URL = "https://shop.example/assets/pictures/cc-640.jpg"


def made(record, pictures=("a.jpg",), locale="en", **store):
    """The items of a product, and what was left out."""
    edition = editions(site(**store))[locale]
    record = {**record, "pictures": [{"source": source} for source in pictures]}
    view = ProductView(record, {source: {**PICTURE, "renditions": _named(source)} for source in pictures}, edition)
    return items_of(view, gallery_urls(view, edition))


def _named(source):
    return [{"format": "jpeg", "width": 640, "height": 480, "name": f"{source[0]}-640.jpg"}]


def read(items):
    """Items as dictionaries: attribute to its values."""
    found = []
    for name, line in items.lines:
        attributes = {}
        for child in ET.fromstring(ROOT + line + "</rss>").find("item"):
            value = {part.tag.removeprefix(G): part.text for part in child} or child.text
            attributes.setdefault(child.tag.removeprefix(G), []).append(value)
        assert attributes["id"] == [name]
        found.append(attributes)
    return found


def one(record, **given):
    """The one item of a product: attribute to its only value."""
    (item,) = read(made(record, **given))
    return {name: values[0] for name, values in item.items() if len(values) == 1}


def test_the_least_that_an_item_says():
    assert one(plain()) == {
        "id": "luna-default",
        "title": "Luna",
        "description": "Luna",
        "link": "https://shop.example/products/luna/",
        "canonical_link": "https://shop.example/products/luna/",
        "image_link": "https://shop.example/assets/pictures/a-640.jpg",
        "availability": "in_stock",
        "price": "129.00 EUR",
        "condition": "new",
        "identifier_exists": "no",
    }


def test_all_that_a_catalogue_can_say():
    rate = {
        "country": "DE",
        "price": money(490),
        "free_from": money(10_000),
        "handling_days": [0, 1],
        "transit_days": [1, 3],
    }
    item = one(
        product(
            brand="Lark",
            category=["Eyewear", "Spectacles"],
            google_category="178",
            gender="unisex",
            age_group="adult",
            description="<p>Round &amp; light</p>",
            frame={"material": "Titanium"},
            variants=[variant(sku="L-1", gtin="4006381333931", mpn="M1", weight_g=15.5, color={"name": "Black"})],
            translations={"de": {"title": "Mond", "description": "<p>Rund</p>", "terms": {"Black": "Schwarz"}}},
        ),
        locale="de",
        shipping=[rate],
    )
    assert item == {
        "id": "L-1",
        "title": "Mond, Schwarz",
        "description": "Rund",
        "link": "https://shop.example/de/products/luna/",
        "canonical_link": "https://shop.example/de/products/luna/",
        "image_link": "https://shop.example/assets/pictures/a-640.jpg",
        "availability": "in_stock",
        "price": "129.00 EUR",
        "condition": "new",
        "gtin": "4006381333931",
        "mpn": "M1",
        "brand": "Lark",
        "color": "Schwarz",
        "material": "Titanium",
        "gender": "unisex",
        "age_group": "adult",
        "google_product_category": "178",
        "product_type": "Eyewear > Spectacles",
        "shipping_weight": "15.5 g",
        "shipping": {
            "country": "DE",
            "price": "0.00 EUR",
            "min_handling_time": "0",
            "max_handling_time": "1",
            "min_transit_time": "1",
            "max_transit_time": "3",
        },
    }


def test_variants_are_items_of_one_group():
    record = product(
        options=["Color", "Size"],
        variants=[
            variant("black", options=["Black", "52"], sku="A", picture="b.jpg"),
            variant("red", options=["Red", "54"], sku="B"),
        ],
    )
    black, red = read(made(record, pictures=("a.jpg", "b.jpg")))
    assert (black["item_group_id"], red["item_group_id"]) == (["luna"], ["luna"])
    assert (black["color"], black["size"]) == (["Black"], ["52"])
    assert black["title"] == ["Luna, Black, 52"]
    assert black["link"] == ["https://shop.example/products/luna/?variant=black"]
    assert black["image_link"] == ["https://shop.example/assets/pictures/b-640.jpg"]
    assert black["additional_image_link"] == ["https://shop.example/assets/pictures/a-640.jpg"]
    assert red["image_link"] == ["https://shop.example/assets/pictures/a-640.jpg"]


def test_a_reduced_price_is_a_sale_price_with_its_dates():
    sale = {"price": money(9_900), "starts": "2026-11-20T00:00:00Z", "ends": "2026-12-01T00:00:00Z"}
    item = one(plain(variants=[{"id": "default", "price": money(12_900), "sale": sale}]))
    assert (item["price"], item["sale_price"]) == ("129.00 EUR", "99.00 EUR")
    assert item["sale_price_effective_date"] == "2026-11-20T00:00:00Z/2026-12-01T00:00:00Z"
    lower = one(plain(variants=[{"id": "default", "price": money(9_900), "compare_at_price": money(12_900)}]))
    assert (lower["price"], lower["sale_price"]) == ("129.00 EUR", "99.00 EUR")
    assert "sale_price_effective_date" not in lower


@pytest.mark.parametrize("state", ["preorder", "backorder"])
def test_what_is_sent_later_says_when(state):
    item = one(plain(variants=[{"id": "d", "price": money(1), "availability": state, "available_from": "2026-12-14"}]))
    assert (item["availability"], item["availability_date"]) == (state, "2026-12-14T00:00Z")


def test_a_preorder_without_a_date_is_reported():
    items = made(plain(variants=[{"id": "default", "price": money(1), "availability": "preorder"}]))
    assert (len(items.lines), items.left_out) == (1, {"date of a preorder": ["luna-default"]})


def test_what_has_no_price_or_no_picture_is_left_out_and_counted():
    record = product(variants=[variant(), variant("red", price=None)])
    assert (len(made(record).lines), made(record).left_out) == (1, {"price": ["luna-red"]})
    assert made(record, pictures=()).left_out == {"picture": ["luna-black"], "price": ["luna-red"]}


def test_what_somebody_else_sells_is_no_item():
    assert made(plain(kind="external", external_url="https://away.example/")).lines == ()


def test_a_market_has_its_own_price_and_shipping():
    gulf = {"name": "Gulf", "countries": ["AE"], "currency": "AED", "locales": ["de"]}
    rates = [{"country": "AE", "price": money(7_500, "AED")}, {"country": "DE", "price": money(490)}]
    record = plain(
        variants=[{"id": "d", "price": money(1), "markets": [{"market": "Gulf", "price": money(500, "AED")}]}]
    )
    item = one(record, locale="de", markets=[gulf], shipping=rates)
    assert item["price"] == "5.00 AED"
    assert (item["shipping"]["country"], item["shipping"]["price"]) == ("AE", "75.00 AED")
    assert made(plain(), locale="de", markets=[gulf]).left_out == {"price": ["luna-default"]}


def test_what_is_not_sent_has_no_shipping():
    assert "shipping" not in one(plain(requires_shipping=False), shipping=[{"country": "DE", "price": money(1)}])


def test_a_long_title_keeps_what_tells_variants_apart():
    record = product(title="Word " * 50, variants=[variant("black"), variant("red")])
    black, red = read(made(record))
    assert len(black["title"][0]) <= 150
    assert black["title"][0].endswith("…, Black")
    assert red["title"][0].endswith("…, Red")
    endless = product(title="Word " * 20, options=["Color"], variants=[variant("x", options=["Y" * 140])])
    assert len(read(made(endless))[0]["title"][0]) <= 150


def test_a_product_has_a_bounded_number_of_pictures():
    item = read(made(plain(), pictures=tuple(f"{letter}.jpg" for letter in "abcdefghijklmnop")))[0]
    assert len(item["additional_image_link"]) == 10


def test_measures_are_details():
    item = read(made(plain(frame={"lens_width_mm": 52})))[0]
    assert item["product_detail"] == [{"attribute_name": "Lens width", "attribute_value": "52 mm"}]


def test_what_has_no_variant_is_no_item():
    found = made({"handle": "alba", "title": "Alba", "variants": []})
    assert (found.lines, found.left_out) == ((), {})
