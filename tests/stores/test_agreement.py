"""Everything that speaks of an offer says the same: the page, its structured data, Open Graph, the cart, the feed."""

from pathlib import Path
from xml.etree import ElementTree as ET

import orjson
import pytest
from selectolax.lexbor import LexborHTMLParser
from tests.stores.small import BARE, Build, product, write_source

SALE = {
    "price": {"amount": 9_900, "currency": "EUR"},
    "starts": "2026-11-01T00:00:00Z",
    "ends": "2026-12-01T00:00:00Z",
}


def variant(name: str, **values):
    return {"id": name, "options": [name.title()], "price": {"amount": 12_900, "currency": "EUR"}, **values}


PRODUCTS = [
    product("luna", variants=[variant("black", sku="L-1", sale=SALE), variant("red", gtin="4006381333931")]),
    product("sol", variants=[variant("black", availability="preorder")], condition="used"),
    product("vega", variants=[variant("black", sku="V", availability="out_of_stock"), variant("red", sku="V")]),
    product("lyra", variants=[variant("black", price=None)]),
    product("mira", kind="external", external_url="https://away.example/mira"),
]
SHOP = {
    "brand": {"accent": "#1f5c4d"},
    "shipping": [
        {
            "country": "DE",
            "price": {"amount": 490, "currency": "EUR"},
            "free_from": {"amount": 10_000, "currency": "EUR"},
        }
    ],
    "returns": {"days": 30, "fees": "free"},
}


class ProductPage:
    """A product page as each of its readers sees it."""

    def __init__(self, file: Path):
        tree = LexborHTMLParser(file.read_text("utf-8"))
        graph = orjson.loads(tree.css_first('script[type="application/ld+json"]').text())["@graph"]
        (thing,) = (each for each in graph if each["@type"] in ("Product", "ProductGroup"))
        things = thing.get("hasVariant", [thing])
        self.described = {each["sku"]: each.get("offers") for each in things}
        self.social = {node.attributes["property"]: node.attributes["content"] for node in tree.css("meta[property]")}
        self.variants = {
            each["item"]: each for each in orjson.loads(tree.css_first("#product-data").text())["variants"]
        }
        self.tree = tree


@pytest.fixture(scope="module", params=["atelier", "meridian", str(BARE)], ids=["atelier", "meridian", "bare"])
def site(request, tmp_path_factory):
    build: Build = request.getfixturevalue("module_build")
    folder = tmp_path_factory.mktemp("agreement")
    build(write_source(folder / "src", PRODUCTS, **SHOP), folder / "site", theme=request.param)
    return folder / "site"


@pytest.fixture(scope="module")
def module_build(cache):
    from tests.stores.conftest import Order, build_store
    from tests.stores.small import NOW

    def go(source, out, **changes):
        return build_store(Order(source=source, out=out, date=NOW, cache=cache, workers=1, **changes), lambda *_: None)

    return go


def pages(site: Path) -> list[ProductPage]:
    found = [ProductPage(file) for file in sorted(site.glob("**/products/*/index.html"))]
    assert len(found) == 3 * len(PRODUCTS)
    return found


def test_structured_data_and_the_cart_agree_on_every_offer(site):
    for page in pages(site):
        assert page.described.keys() == page.variants.keys()
        for item, offer in page.described.items():
            variant = page.variants[item]
            if offer is None:
                assert not variant["buyable"]
                continue
            assert (offer["price"], offer["priceCurrency"]) == (variant["price"]["value"], variant["price"]["currency"])
            said = offer["availability"].rpartition("/")[2].lower()
            assert said == variant["availability"]["code"].replace("_", "")
            assert ("priceSpecification" in offer) == (variant["price"]["was"] is not None)


def test_open_graph_speaks_of_the_offer_that_is_shown(site):
    for page in pages(site):
        item = page.social.get("product:retailer_item_id")
        if item is None:
            assert not any(page.described.values())
            continue
        offer, variant = page.described[item], page.variants[item]
        assert page.social["product:price:amount"] == offer["price"]
        assert page.social["product:price:currency"] == offer["priceCurrency"]
        assert page.social["product:availability"] == variant["availability"]["code"].replace("_", " ")
        assert offer["itemCondition"].endswith(f"/{page.social['product:condition'].title()}Condition")


def test_the_page_says_its_price_for_machines_too(site):
    shown = [page for page in pages(site) if page.tree.css_first("#offer[data-item]")]
    if not shown:
        return  # the bare theme shows prices in its own way
    for page in shown:
        offer = page.tree.css_first("#offer").attributes
        variant = page.variants[offer["data-item"]]
        price = page.tree.css_first("#price data")
        assert (price.attributes["value"] if price else None) == (variant["price"] or {}).get("value")
        assert offer.get("data-currency") == (variant["price"] or {}).get("currency")
        assert offer["data-condition"] == page.social.get("product:condition", offer["data-condition"])


def test_items_without_a_sku_of_their_own_are_named_after_their_product(site):
    items = {item for page in pages(site) for item in page.variants}
    assert {"L-1", "luna-red", "sol-black", "vega-black", "vega-red", "lyra-black"} <= items


def test_an_offer_that_reaches_the_threshold_is_sent_for_nothing(site):
    (luna, *_) = (page for page in pages(site) if "L-1" in page.described)
    assert luna.described["L-1"]["shippingDetails"] == [{"@id": "#shipping-de"}]
    assert luna.described["luna-red"]["shippingDetails"] == [{"@id": "#shipping-de-free"}]


def test_every_product_page_is_shared_with_a_picture_drawn_for_it(site):
    for page in pages(site):
        image = page.social["og:image"]
        assert (page.social["og:image:width"], page.social["og:image:height"]) == ("1200", "630")
        assert page.social["og:image:type"] == "image/jpeg"
        data = (site / image.removeprefix("https://shop.example/")).read_bytes()
        assert data.startswith(b"\xff\xd8\xff")
        assert len(data) < 200_000


def test_the_merchant_feed_offers_what_the_pages_offer(site):
    feed = ET.parse(site / "feeds" / "google.xml")
    name = "{http://base.google.com/ns/1.0}"
    fed = {item.findtext(f"{name}id"): item for item in feed.iter("item")}
    english = [ProductPage(file) for file in sorted(site.glob("products/*/index.html"))]
    offers = {item: offer for page in english for item, offer in page.described.items() if offer}
    assert fed.keys() == offers.keys()
    for item, offer in offers.items():
        price = fed[item].findtext(f"{name}sale_price") or fed[item].findtext(f"{name}price")
        assert price == f"{offer['price']} {offer['priceCurrency']}"
        assert fed[item].findtext("link") == offer["url"]
        assert offer["availability"].lower().endswith(fed[item].findtext(f"{name}availability").replace("_", ""))
        assert offer["itemCondition"].endswith(f"/{fed[item].findtext(f'{name}condition').title()}Condition")
