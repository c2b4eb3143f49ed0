"""What stands in the head of pages (more of it in ``test_press.py``, read from whole pages)."""

import pytest
from selectolax.lexbor import LexborHTMLParser
from tests.unit.generation.records import ASSETS, PICTURE, editions, site
from tests.unit.generation.test_press import JOBS

from shopwright.generation.appearance import EARLY_SCRIPT
from shopwright.generation.heads import Heads
from shopwright.generation.pages import plain
from shopwright.generation.pages.draft import Draft
from shopwright.generation.policy import UNWRITTEN
from shopwright.generation.speculation import speculation_rules


def draft(kind="content", **values):
    urls = {"en": "/a/", "de": "/de/a/"}
    return Draft(kind=kind, title="A", urls=urls, head_title='A "<b>"', description="D & d", values={}, **values)


def head(given=None, **settings):
    edition = editions(site(**settings))["en"]
    return Heads(edition), Heads(edition).head(given or draft())


def test_the_policy_comes_first_and_texts_are_escaped():
    _, html = head()
    assert html.startswith(f"{UNWRITTEN}\n{EARLY_SCRIPT}\n<title>A &#34;&lt;b&gt;&#34;</title>\n")
    assert '<meta name="description" content="D &amp; d">' in html


@pytest.mark.parametrize(("kind", "ahead"), [("product", True), ("home", True), ("cart", False)])
def test_pages_say_what_they_fetch_ahead_but_the_cart(kind, ahead):
    heads, html = head(draft(kind))
    assert (str(speculation_rules(site())) in html) == ahead
    policy = LexborHTMLParser(heads.with_policy(html)).css_first("meta[http-equiv]").attributes["content"]
    assert policy.count("'sha256-") == 1 + ahead


def test_a_kind_of_page_loads_its_own_scripts_after_those_of_all():
    assets = {**ASSETS, "product.js": "product.9.js", "cart.js": "cart.9.js"}
    _, html = head(draft("product"), assets=assets)
    assert html.index("site.3.js") < html.index("product.9.js")
    assert "cart.9.js" not in html


def test_a_draft_of_the_line_has_a_whole_head():
    among = editions()
    html = Heads(among["de"]).head(plain.cart(JOBS["cart"], among, "de"))
    assert LexborHTMLParser(f"<head>{html}</head>").css_first('meta[name="robots"]')


def social(html):
    tree = LexborHTMLParser(f"<head>{html}</head>")
    return {node.attributes["property"]: node.attributes["content"] for node in tree.css('meta[property^="og:image"]')}


def test_pages_without_a_picture_are_shared_with_that_of_the_store():
    drawn = {**PICTURE, "alt": "", "share": {"name": "dd-1200.jpg", "width": 1200, "height": 630}}
    assert social(head(share=drawn)[1]) == {
        "og:image": "https://shop.example/assets/pictures/dd-1200.jpg",
        "og:image:type": "image/jpeg",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": "Small Shop",
    }
    own = {"": "https://shop.example/own.jpg", ":alt": "Own"}
    assert social(head(draft(image=own), share=drawn)[1])["og:image"] == "https://shop.example/own.jpg"


def test_a_store_without_any_picture_is_shared_with_its_icon():
    html = head()[1]
    assert social(html)["og:image"] == "https://shop.example/assets/icon-touch.1.png"
    assert '<meta name="twitter:card" content="summary">' in html


def test_news_are_linked_where_there_are_any():
    assert "application/rss+xml" not in head()[1]
    _, html = head(news=True)
    assert '<link rel="alternate" type="application/rss+xml" title="New arrivals" href="/feeds/new.xml">' in html
