from xml.etree import ElementTree as ET

from shopwright.seo.rss import Channel, News, rss

CHANNEL = Channel("Shop: new", "All & everything", "de", "https://s.example/de/", "https://s.example/de/feeds/new.xml")


def test_a_feed_of_new_products():
    news = [
        News("Luna", "https://s.example/de/products/luna/", "Round", "2026-11-08", "https://s.example/a.jpg"),
        News("Sol & Co", "https://s.example/de/products/sol/", "", "2026-01-01", None),
    ]
    channel = ET.fromstring(rss(CHANNEL, news)).find("channel")
    assert channel.findtext("title") == "Shop: new"
    assert channel.findtext("language") == "de"
    first, second = channel.findall("item")
    assert first.findtext("guid") == first.findtext("link") == "https://s.example/de/products/luna/"
    assert first.findtext("pubDate") == "Sun, 08 Nov 2026 00:00:00 GMT"
    assert first.find("{http://search.yahoo.com/mrss/}content").get("url") == "https://s.example/a.jpg"
    assert second.findtext("title") == "Sol & Co"
    assert second.find("description") is None
    own = channel.find("{http://www.w3.org/2005/Atom}link")
    assert (own.get("rel"), own.get("href")) == ("self", CHANNEL.url)


def test_a_channel_without_description_is_described_by_its_title():
    plain = Channel("Shop: new", "", "en", "https://s.example/", "https://s.example/feeds/new.xml")
    assert ET.fromstring(rss(plain, [])).find("channel").findtext("description") == "Shop: new"
