"""Sitemaps and robots.txt."""

import xml.etree.ElementTree as ET

from shopwright.seo import sitemap
from shopwright.seo.sitemap import robots, sitemap_files, sitemap_index

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def test_every_address_stands_with_its_languages():
    both = [("en", "https://shop.example/?a=1&b=2"), ("de", "https://shop.example/de/")]
    (text,) = sitemap_files([("https://shop.example/?a=1&b=2", both)], "en")
    url = ET.fromstring(text).find("s:url", NAMES)
    assert url.find("s:loc", NAMES).text == "https://shop.example/?a=1&b=2"
    links = [(link.attrib["hreflang"], link.attrib["href"]) for link in url.findall("x:link", NAMES)]
    assert links == [*both, ("x-default", "https://shop.example/?a=1&b=2")]


def test_one_language_needs_no_links():
    (text,) = sitemap_files([("https://shop.example/", [("en", "https://shop.example/")])], "en")
    assert "xhtml:link" not in text


def test_files_hold_no_more_than_the_protocol_allows(monkeypatch):
    monkeypatch.setattr(sitemap, "MAX_URLS", 3)
    files = list(sitemap_files([(f"https://shop.example/{number}/", ()) for number in range(7)], "en"))
    assert [text.count("<url>") for text in files] == [3, 3, 1]


def test_files_hold_no_more_than_their_share_of_links(monkeypatch):
    monkeypatch.setattr(sitemap, "MAX_ALTERNATES", 3)
    two = [("en", "https://shop.example/"), ("de", "https://shop.example/de/")]
    files = list(sitemap_files([("https://shop.example/", two)] * 5, "en"))
    assert [text.count("<url>") for text in files] == [2, 2, 1]


def test_the_index_names_the_files():
    index = ET.fromstring(sitemap_index(["https://shop.example/sitemap-1.xml"]))
    assert [loc.text for loc in index.iterfind("s:sitemap/s:loc", NAMES)] == ["https://shop.example/sitemap-1.xml"]


def test_robots_names_the_sitemap():
    assert robots("https://shop.example/sitemap.xml").endswith("\nSitemap: https://shop.example/sitemap.xml\n")
