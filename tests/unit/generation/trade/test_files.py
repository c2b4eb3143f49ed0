"""Sitemaps and merchant feeds of a whole build."""

import re

import pytest
from tests.unit.generation.records import BARE, PICTURE, editions, plain, site

from shopwright.generation.job import Job
from shopwright.generation.printing import Printing
from shopwright.generation.trade.files import trade_files
from shopwright.generation.trade.parcels import Parts
from shopwright.seo import merchant_feed, sitemap
from shopwright.storage.exchange import new_folder
from shopwright.template_engine.theme import load_theme

CART = Job({"en": "/cart/", "de": "/de/cart/"}, b'{"kind":"cart"}')
CONTENT = Job({"en": "/about/", "de": "/de/about/"}, b'{"kind":"content","name":"about","body":{"*":"<p>Hi</p>"}}')


def sold(name, **values):
    """A product as a plan hands it over."""
    record = plain(name, pictures=[{"source": "a.jpg"}], **values)
    return {"as_of": None, "record": record, "handles": {"en": name, "de": name}, "pictures": {"a.jpg": PICTURE}}


@pytest.fixture
def build(tmp_path):
    """Builds a site of products; gives what was written and the faults."""
    shop = site()

    def builds(*products, jobs=(CART, CONTENT)):
        parts = Parts(shop)
        made = [job for each in products for job in parts.add(each)]
        with new_folder(tmp_path / "site") as new:
            printing = Printing(shop, load_theme(str(BARE)), new, 1)
            printing.print([*jobs, *made, *parts.rest()], lambda: None)
            faults = list(trade_files(printing, shop, editions(shop)))
            return printing.finish(), [fault.message.split(". ")[0] for fault in faults]

    return builds


def text(tmp_path, name):
    return (tmp_path / "site" / name).read_text("utf-8")


def addresses(tmp_path, name="sitemap-1.xml"):
    return re.findall("<loc>https://shop.example([^<]*)</loc>", text(tmp_path, name))


def test_pages_that_may_be_indexed_are_listed_once(tmp_path, build):
    build(sold("luna"), sold("sol"))
    assert addresses(tmp_path) == [
        "/about/", "/de/about/", "/products/luna/", "/products/sol/", "/de/products/luna/", "/de/products/sol/",
    ]  # fmt: skip
    assert addresses(tmp_path, "sitemap.xml") == ["/sitemap-1.xml"]
    assert "Sitemap: https://shop.example/sitemap.xml" in text(tmp_path, "robots.txt")


def test_each_locale_has_a_feed(tmp_path, build):
    _, faults = build(sold("luna"), sold("free", variants=[{"id": "x"}]))
    assert text(tmp_path, "feeds/google.xml").count("<item>") == 1
    assert "https://shop.example/de/products/luna/" in text(tmp_path, "de/feeds/google.xml")
    assert faults == ["en: 1 variants have no price (free-x)", "de: 1 variants have no price (free-x)"]


def test_of_many_that_a_feed_lacks_the_first_are_named(tmp_path, build):
    nothing = [{"id": f"v{number}", "options": [f"v{number}"]} for number in range(5)]
    _, faults = build(sold("luna", options=["Color"], variants=nothing))
    assert faults[0] == "en: 5 variants have no price (luna-v0, luna-v1, luna-v2 and 2 more)"


def test_an_id_stands_once(tmp_path, build):
    twice = {"variants": [{"id": "x", "sku": "SAME", "price": {"amount": 100, "currency": "EUR"}}]}
    _, faults = build(sold("luna", **twice), sold("sol", **twice))
    assert text(tmp_path, "feeds/google.xml").count("<g:id>SAME</g:id>") == 1
    assert faults[0] == "en: 1 variants have no id of their own (SAME)"


def test_nothing_to_sell_is_no_feed(tmp_path, build):
    build(sold("free", variants=[{"id": "x"}]))
    assert not (tmp_path / "site/feeds").exists()


def test_a_second_build_reads_and_writes_nothing_and_says_the_same(tmp_path, build, monkeypatch):
    products = sold("luna"), sold("free", variants=[{"id": "x"}])
    _, faults = build(*products)
    monkeypatch.setattr(Printing, "read", lambda *_: pytest.fail("read"))
    built, again = build(*products)
    assert (built.written, again) == (0, faults)


def test_only_the_parts_that_changed_are_made_again(tmp_path, build, monkeypatch):
    monkeypatch.setattr("shopwright.generation.trade.parcels.PRODUCTS_PER_PART", 1)
    build(sold("luna"), sold("sol"))
    built, _ = build(sold("luna"), sold("sol", brand="Lark"))
    assert built.written == 2, "the feeds of two locales; the sitemap is the same"
    assert "<g:brand>Lark</g:brand>" in text(tmp_path, "feeds/google.xml")


def test_long_lists_are_shared_out(tmp_path, build, monkeypatch):
    monkeypatch.setattr(sitemap, "MAX_URLS", 4)
    monkeypatch.setattr(merchant_feed, "MAX_BYTES", 1_300)
    build(sold("luna"), sold("sol"), sold("io"))
    assert addresses(tmp_path, "sitemap.xml") == ["/sitemap-1.xml", "/sitemap-2.xml"]
    assert len(addresses(tmp_path, "sitemap-1.xml")) == len(addresses(tmp_path, "sitemap-2.xml")) == 4
    names = sorted(path.name for path in (tmp_path / "site/feeds").iterdir())
    assert names[:2] == ["google-2.xml", "google.xml"]
    assert build(sold("luna"), sold("sol"), sold("io"))[0].written == 0
