"""Product pages: what shoppers read, what machines read, and that both are told the same."""

from contextlib import closing
from dataclasses import replace

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser
from tests.unit.generation.records import BARE, PICTURE, card, editions, money, plain, product, site, variant

from shopwright.catalog.money import decimal_text
from shopwright.generation.pages.product import draft
from shopwright.generation.press import Press
from shopwright.generation.views.card import listing_entry, search_entry
from shopwright.template_engine.theme import load_theme

THEME = replace(load_theme(str(BARE)), builtin=True)  # many pages: rendered here, not by a process each
ROUND = {"handle": "round", "title": "Round", "translations": {"de": {"title": "Rund", "handle": "rund"}}}


def job(record, pictures=(), **values):
    handles = {"en": record["handle"], "de": record["handle"]}
    plain_job = {
        "kind": "product",
        "record": record,
        "handles": handles,
        "twins": [],
        "related": [],
        "members": [],
        "collection": None,
    }
    return {**plain_job, "pictures": dict.fromkeys(pictures, PICTURE), **values}


def page(record, pictures=(), locale="en", values=None, **shop):
    return draft(job(record, pictures, **(values or {})), editions(site(**shop)), locale)


class Shown:
    """A rendered page, read back the way each reader does."""

    def __init__(self, record, shop=None, **values):
        shop = shop or site()
        with closing(Press(shop, THEME)) as press:
            self.html = press.render(job(record, **values), "en").decode()
        self.tree = LexborHTMLParser(self.html)
        graph = orjson.loads(self.tree.css_first('script[type="application/ld+json"]').text())["@graph"]
        self.thing = graph[0]
        self.data = orjson.loads(self.tree.css_first("#product-data").text())
        self.graph = {
            node.attributes["property"]: node.attributes["content"] for node in self.tree.css("meta[property]")
        }
        among = editions(shop)
        self.listed = listing_entry(card(record, among), among["en"])
        self.found = search_entry(card(record, among), among["en"])
        price = self.tree.css_first("main > p")
        self.price = price.text() if price and any(sign in price.text() for sign in "€¥$") else None


def test_a_page_in_the_language_of_its_reader():
    record = plain(translations={"de": {"title": "Mond", "seo": {"title": "Mond kaufen", "description": "Jetzt"}}})
    made = page(record, locale="de", values={"handles": {"en": "luna", "de": "mond"}, "collection": ROUND})
    assert (made.title, made.head_title, made.description) == ("Mond", "Mond kaufen", "Jetzt")
    assert made.urls == {"en": "/products/luna/", "de": "/de/products/mond/"}
    assert made.crumbs == (("Rund", "/de/collections/rund/"), ("Mond", "/de/products/mond/"))
    assert page(record).head_title == "Luna | Small Shop"
    assert page(record).crumbs == (("Luna", "/products/luna/"),)


def test_a_product_that_stands_only_in_everything_says_so_in_its_language():
    crumb = page(plain(), locale="de", values={"collection": {"handle": "all", "title": "All"}}).crumbs[0]
    assert crumb == ("Alle Produkte", "/de/collections/all/")


def test_a_product_that_has_its_title_from_another_one_is_told_apart():
    assert page(plain(), values={"twins": ["en"]}).head_title == "Luna – luna-default"
    assert page(plain(), values={"twins": ["de"]}).head_title == "Luna | Small Shop"
    assert page(plain()).description == "Luna – Small Shop."


def test_related_products_and_members_are_cards():
    cards = {"related": [card(plain("sol"))], "members": [card(plain("vega"))]}
    values = page(plain(), values=cards).values["product"]
    assert [each["title"] for each in values["related"] + values["members"]] == ["Sol", "Vega"]


# One price, told six times

SALE = {"price": money(9_900), "starts": "2026-11-01T00:00:00Z", "ends": "2026-11-30T00:00:00Z"}
OVER = {**SALE, "ends": "2026-11-23T00:00:00Z"}
COMING = {"price": money(1), "starts": "2026-11-24T00:00:00Z"}
AWAY = {"kind": "external", "external_url": "https://away.example/"}
CASES = {
    "plain": ({"price": money(12_900)}, {}, "€129.00", None, True),
    "compare-at": ({"price": money(9_900), "compare_at_price": money(12_900)}, {}, "€99.00", "€129.00", True),
    "sale running": ({"price": money(12_900), "sale": SALE}, {}, "€99.00", "€129.00", True),
    "sale over": ({"price": money(12_900), "sale": OVER}, {}, "€129.00", None, True),
    "sale to come": ({"price": money(12_900), "sale": COMING}, {}, "€129.00", None, True),
    "no price": ({}, {}, None, None, False),
    "zero": ({"price": money(0)}, {}, None, None, False),
    "yen": ({"price": money(12_900, "JPY")}, {}, "¥12,900", None, True),
    "sold out": ({"price": money(12_900), "availability": "out_of_stock"}, {}, "€129.00", None, True),
    "grouped": ({"price": money(12_900)}, {"kind": "grouped"}, "€129.00", None, False),
    "external": ({"price": money(12_900)}, AWAY, "€129.00", None, False),
}  # fmt: skip


@pytest.mark.parametrize(("given_price", "values", "text", "was", "offered"), CASES.values(), ids=CASES)
def test_every_reader_is_told_the_same_price(given_price, values, text, was, offered):
    record = plain(variants=[{"id": "default", **given_price}], **values)
    shown = Shown(record)
    assert shown.price == text
    prices = [shown.data["variants"][0]["price"], shown.listed["price"], shown.found["price"]]
    assert [price and price["text"] for price in prices] == [text] * 3
    assert [price and price["was"] for price in prices] == [was] * 3
    offer = shown.thing.get("offers")
    assert bool(offer) is offered
    told = shown.graph.get("product:price:amount"), shown.graph.get("product:price:currency")
    if offer:
        amount = money(prices[0]["amount"], prices[0]["currency"])
        assert told == (offer["price"], offer["priceCurrency"])
        assert offer["price"] == decimal_text(type("Amount", (), amount))
    else:
        assert told == (None, None)


def test_what_is_sold_out_is_so_for_every_reader():
    shown = Shown(plain(variants=[{"id": "default", "price": money(1), "availability": "out_of_stock"}]))
    assert shown.thing["offers"]["availability"] == "https://schema.org/OutOfStock"
    assert shown.graph["product:availability"] == "out of stock"
    assert shown.data["variants"][0]["buyable"] is False
    assert shown.listed["badges"] == ["sold_out"]
    assert "Sold out" in shown.tree.css_first("main").text()


def test_an_offer_says_how_long_a_sale_price_holds():
    assert (
        Shown(plain(variants=[{"id": "a", "price": money(12_900), "sale": SALE}])).thing["offers"]["priceValidUntil"]
        == "2026-11-29"
    )


def test_a_group_offers_each_variant_at_its_own_price_and_none_without_one():
    record = product(
        variants=[variant("black", price=money(200)), variant("red", price=money(100)), variant("blue", price=None)]
    )
    shown = Shown(record)
    assert [each.get("offers", {}).get("price") for each in shown.thing["hasVariant"]] == ["2.00", "1.00", None]
    assert [each["price"] and each["price"]["amount"] for each in shown.data["variants"]] == [200, 100, None]
    assert (shown.price, shown.graph["product:price:amount"]) == ("€2.00", "2.00")
    assert (shown.listed["price"]["text"], shown.listed["price"]["varies"]) == ("€1.00", True)


# Text from merchants and shoppers

TEXT = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=60)
HOSTILE = st.sampled_from([
    "<script>alert(1)</script>", "</script><script>alert(1)//", "<!--", "-->", "<img src=x onerror=alert(1)>",
    '" onload="a', "' x='", "]]>", "{{ 7 * 7 }}", "{% raw %}", "</title><h1>x", "&lt;b&gt;",
    "javascript:alert(1)", "a\u2028b", "<svg/onload=a>",
])  # fmt: skip
WORDS = TEXT.filter(str.strip) | HOSTILE


def shape(tree):
    """Names and attribute names of every element, in order."""
    return [(node.tag, tuple(node.attributes)) for node in tree.root.traverse()]


def written(word):
    return plain(
        title=word,
        brand=word,
        summary=word,
        product_type=word,
        custom={"Note": word},
        frame={"material": word, "lens_width_mm": 48, "bridge_mm": 18},
        variants=[{"id": "default", "sku": word, "price": money(1), "color": {"name": word}}],
        reviews=[{"author": word, "rating": 5, "title": word, "body": word}],
        pictures=[{"source": "a", "alt": word}],
        category=[word],
    )


EARLY = Shown(plain()).tree.css_first("script:not([type]):not([src])").text()
ORDINARY = shape(Shown(written("word"), pictures=["a"]).tree)


@settings(max_examples=50)
@given(WORDS)
def test_no_text_ever_becomes_markup(word):
    shown = Shown(written(word), pictures=["a"])
    assert shape(shown.tree) == ORDINARY
    assert shown.tree.css_first("h1").text() == word
    assert shown.tree.css_first("img").attributes["alt"] == word
    assert shown.tree.css_first("title").text() == shown.graph["og:title"]
    assert (shown.thing["name"], shown.thing["sku"], shown.data["title"]) == (word, word, word)
    assert shown.thing["review"][0]["reviewBody"] == word
    assert shown.graph["og:title"].startswith(word)


@settings(max_examples=25)
@given(WORDS)
def test_no_option_ever_becomes_markup(word):
    record = product(options=[word], variants=[{"id": "a", "options": [word], "price": money(1)}])
    shown = Shown(record)
    assert shown.tree.css_first("input").attributes["value"] == word
    assert shown.tree.css_first("legend").text() == word
    assert shown.data["variants"][0]["options"] == [word]


@pytest.mark.parametrize(
    "address", ['https://away.example/"><script>alert(1)</script>', "https://away.example/?a=1&amp=2'"]
)
def test_another_sellers_address_stays_an_address(address):
    shown = Shown(plain(kind="external", external_url=address))
    assert [node.attributes["href"] for node in shown.tree.css("main > a")] == [address]
    assert [node.text() for node in shown.tree.css("script:not([type]):not([src])")] == [EARLY]
