"""What machines are told of some of the products."""

import xml.etree.ElementTree as ET

import orjson
from tests.unit.generation.records import PICTURE, editions, plain, site

from shopwright.generation.trade.parts import news, part


def entry(record, **handles):
    """A product as a job holds it."""
    named = {"en": record["handle"], "de": record["handle"], **handles}
    return {"record": {**record, "pictures": [{"source": "a.jpg"}]}, "handles": named, "pictures": {"a.jpg": PICTURE}}


def test_a_part_holds_items_and_pages():
    job = {
        "products": [
            entry(plain("luna", modified="2026-11-01"), de="mond-ن"),
            entry(plain("free", variants=[{"id": "x"}])),
        ]
    }
    told = orjson.loads(part(job, editions()["de"]))
    assert [name for name, _ in told["items"]] == ["luna-default"]
    assert told["left_out"] == {"price": ["free-x"]}
    assert list(told["pages"]) == ["/de/products/mond-%D9%86/", "/de/products/free/"]
    assert told["pages"]["/de/products/mond-%D9%86/"] == (
        "<url><loc>https://shop.example/de/products/mond-%D9%86/</loc><lastmod>2026-11-01</lastmod>"
        '<xhtml:link rel="alternate" hreflang="en" href="https://shop.example/products/luna/"/>'
        '<xhtml:link rel="alternate" hreflang="de" href="https://shop.example/de/products/mond-%D9%86/"/>'
        '<xhtml:link rel="alternate" hreflang="x-default" href="https://shop.example/products/luna/"/>'
        "<image:image><image:loc>https://shop.example/assets/pictures/cc-640.jpg</image:loc></image:image></url>\n"
    )
    assert "lastmod" not in told["pages"]["/de/products/free/"]


def test_news_are_in_the_language_of_the_page():
    record = plain(
        "luna",
        created="2026-11-08",
        description="<p>Round.</p>",
        translations={"de": {"title": "Mond", "description": "<p>Rund.</p>"}},
    )
    job = {"products": [entry(record), entry(plain("sol", created="2026-11-01", summary="Short"))]}
    feed = ET.fromstring(news(job, editions(site(description="All"))["de"])).find("channel")
    assert feed.findtext("title") == f"Small Shop: {editions()['de'].say('home.newest')}"
    assert feed.findtext("link") == "https://shop.example/de/"
    first, second = feed.findall("item")
    assert [first.findtext(name) for name in ("title", "link", "description", "pubDate")] == [
        "Mond", "https://shop.example/de/products/luna/", "Rund.", "Sun, 08 Nov 2026 00:00:00 GMT",
    ]  # fmt: skip
    assert second.findtext("description") == "Short"
