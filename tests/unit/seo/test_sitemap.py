"""Sitemaps and robots.txt."""

import xml.etree.ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st

from shopwright.seo import sitemap
from shopwright.seo.sitemap import Listed, robots, sitemap_files, sitemap_index, url_element

NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
    "i": "http://www.google.com/schemas/sitemap-image/1.1",
}


def read(lines):
    """The whole texts of the files."""
    return [b"".join(file).decode() for file in sitemap_files(lines)]


def test_a_page_stands_with_its_languages_pictures_and_day():
    both = [("en", "https://shop.example/?a=1&b=2"), ("x-default", "https://shop.example/?a=1&b=2")]
    page = Listed(both[0][1], both, ["https://shop.example/a.jpg?x&y"], "2026-11-08")
    (text,) = read([url_element(page).encode()])
    url = ET.fromstring(text).find("s:url", NAMES)
    assert [child.tag.rpartition("}")[2] for child in url] == ["loc", "lastmod", "link", "link", "image"]
    assert url.find("s:loc", NAMES).text == "https://shop.example/?a=1&b=2"
    assert url.find("s:lastmod", NAMES).text == "2026-11-08"
    assert [(link.attrib["hreflang"], link.attrib["href"]) for link in url.findall("x:link", NAMES)] == both
    assert [loc.text for loc in url.iterfind("i:image/i:loc", NAMES)] == ["https://shop.example/a.jpg?x&y"]


def test_nothing_stands_there_that_nobody_said():
    assert url_element(Listed("https://shop.example/")) == "<url><loc>https://shop.example/</loc></url>\n"


def test_a_page_has_a_bounded_number_of_pictures():
    many = [f"https://shop.example/{number}.jpg" for number in range(1_200)]
    assert url_element(Listed("https://shop.example/", (), many)).count("<image:image>") == 1_000


def test_files_hold_no_more_than_the_protocol_allows(monkeypatch):
    monkeypatch.setattr(sitemap, "MAX_URLS", 3)
    lines = [url_element(Listed(f"https://shop.example/{number}/")).encode() for number in range(7)]
    assert [text.count("<url>") for text in read(lines)] == [3, 3, 1]


@settings(max_examples=60)
@given(st.lists(st.integers(20, 90), max_size=30))
def test_files_are_never_longer_than_the_bound_and_lose_nothing(lengths):
    lines = [b"u" * (length - 1) + b"\n" for length in lengths]
    bound = len(sitemap.OPEN) + len(sitemap.CLOSE) + 200
    before, sitemap.MAX_BYTES = sitemap.MAX_BYTES, bound
    try:
        files = read(lines)
    finally:
        sitemap.MAX_BYTES = before
    assert all(len(text.encode()) <= bound for text in files)
    assert "".join(text.removeprefix(sitemap.OPEN).removesuffix(sitemap.CLOSE) for text in files) == (
        b"".join(lines).decode()
    )


def test_the_index_names_the_files():
    index = ET.fromstring(sitemap_index(["https://shop.example/sitemap-1.xml"]))
    assert [loc.text for loc in index.iterfind("s:sitemap/s:loc", NAMES)] == ["https://shop.example/sitemap-1.xml"]


def test_robots_names_the_sitemap_and_forbids_nothing():
    text = robots("https://shop.example/sitemap.xml")
    assert text.endswith("\nSitemap: https://shop.example/sitemap.xml\n")
    assert "Disallow" not in text
