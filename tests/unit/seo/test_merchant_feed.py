import xml.etree.ElementTree as ET

from shopwright.seo import merchant_feed
from shopwright.seo.merchant_feed import feed_files, item, shipping

G = "{http://base.google.com/ns/1.0}"


def read(items):
    """The items of all files."""
    files = [b"".join(file) for file in feed_files("Shop & Co", "https://s.example/", "", items)]
    return [ET.fromstring(file).findall("channel/item") for file in files]


def test_an_item_holds_what_is_known():
    line = item([("g:id", "A1"), ("title", "Luna & Sol"), ("g:gtin", None), ("g:brand", "")])
    (items,) = read([line.encode()])
    assert [(child.tag, child.text) for child in items[0]] == [(f"{G}id", "A1"), ("title", "Luna & Sol")]


def test_long_texts_are_cut_between_words_and_long_identities_left_out():
    line = item([("title", "word " * 60), ("g:gtin", "1" * 60), ("link", "https://s.example/" + "x" * 2_000)])
    (items,) = read([line.encode()])
    assert [child.tag for child in items[0]] == ["title"]
    title = items[0].findtext("title")
    assert len(title) <= 150
    assert title.endswith("word…")


def test_shipping_is_one_element_with_parts():
    line = item([("g:shipping", shipping("DE", "4.90 EUR", (0, 1), (1, 3)))])
    (items,) = read([line.encode()])
    parts = {child.tag.removeprefix(G): child.text for child in items[0].find(f"{G}shipping")}
    assert parts == {
        "country": "DE",
        "price": "4.90 EUR",
        "min_handling_time": "0",
        "max_handling_time": "1",
        "min_transit_time": "1",
        "max_transit_time": "3",
    }


def test_the_head_says_whose_feed_it_is():
    (text,) = (b"".join(file) for file in feed_files("Shop & Co", "https://s.example/", "", [b"<item></item>\n"]))
    channel = ET.fromstring(text).find("channel")
    assert [channel.findtext(name) for name in ("title", "link", "description")] == [
        "Shop & Co", "https://s.example/", "Shop & Co",
    ]  # fmt: skip


def test_without_items_there_is_no_feed():
    assert read([]) == []


def test_a_large_feed_becomes_several_files(monkeypatch):
    line = item([("g:id", "x" * 40)]).encode()
    (alone,) = (b"".join(file) for file in feed_files("Shop & Co", "https://s.example/", "", [line]))
    monkeypatch.setattr(merchant_feed, "MAX_BYTES", len(alone) + 2 * len(line))
    assert [len(items) for items in read([line] * 7)] == [3, 3, 1]
