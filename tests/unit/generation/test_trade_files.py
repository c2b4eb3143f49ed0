"""Files for search engines."""

import orjson
from tests.unit.generation.records import site

from shopwright.generation.manifest import Entry
from shopwright.generation.trade_files import search_engine_files
from shopwright.seo import sitemap


def page(address, *alternates, indexed=True):
    notes = {"indexed": indexed, "alternates": alternates}
    return Entry("x.html", "ab", 1, "key", address, orjson.dumps(notes))


def files(*pages, **settings):
    return {name: data.decode() for name, data in search_engine_files(pages, site(**settings))}


def test_pages_that_may_be_indexed_are_listed_in_order():
    found = files(page("/b/"), page("/a/"), page("/cart/", indexed=False))
    assert list(found) == ["sitemap-1.xml", "sitemap.xml", "robots.txt"]
    assert found["sitemap-1.xml"].split("\n")[2:4] == [
        "<url><loc>https://shop.example/a/</loc></url>",
        "<url><loc>https://shop.example/b/</loc></url>",
    ]
    assert "<loc>https://shop.example/sitemap-1.xml</loc>" in found["sitemap.xml"]
    assert found["robots.txt"].endswith("Sitemap: https://shop.example/sitemap.xml\n")


def test_languages_are_named_once_the_default_one_for_everybody_else():
    pairs = [
        ("en", "https://shop.example/a/"),
        ("de", "https://shop.example/de/a/"),
        ("x-default", "https://shop.example/a/"),
    ]
    (line,) = files(page("/a/", *pairs))["sitemap-1.xml"].split("\n")[2:-2]
    assert line.count('hreflang="x-default" href="https://shop.example/a/"') == 1
    assert line.count("xhtml:link") == 3


def test_a_site_below_a_path_and_many_pages(monkeypatch):
    monkeypatch.setattr(sitemap, "MAX_URLS", 2)
    found = files(*(page(f"/sub/{name}/") for name in "abc"), url="https://shop.example/sub")
    assert [name for name in found if name[-5:] != "s.txt"] == ["sitemap-1.xml", "sitemap-2.xml", "sitemap.xml"]
    assert "https://shop.example/sub/a/" in found["sitemap-1.xml"]
    assert found["sitemap.xml"].count("https://shop.example/sub/sitemap-") == 2
