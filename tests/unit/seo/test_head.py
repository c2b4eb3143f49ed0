"""What stands in the head of a page."""

import pytest
from markupsafe import Markup
from selectolax.lexbor import LexborHTMLParser

from shopwright.seo.head import Meta, head_markup, open_graph_locale


def meta(**changes):
    values = {
        "title": 'Luna "52" <round>',
        "description": "A frame & more",
        "canonical": "https://shop.example/products/luna/",
        "site_name": "Shop",
        "locale": "en",
        "indexed": True,
        "alternates": (
            ("en", "https://shop.example/products/luna/"),
            ("de-AT", "https://shop.example/de-at/products/luna/"),
        ),
        "default_locale": "en",
        "open_graph": (("og:type", "product"), ("product:price:amount", "129.00")),
        "image": {"": "https://shop.example/a.jpg", ":width": 1024},
        "structured_data": Markup('{"@context":"https://schema.org"}'),
    }
    return Meta(**{**values, **changes})


def properties(tree):
    return {node.attributes["property"]: node.attributes["content"] for node in tree.css("meta[property]")}


def test_everything_a_machine_reads_stands_once_and_escaped():
    tree = LexborHTMLParser(f"<head>{head_markup(meta())}</head>")
    assert tree.css_first("title").text() == 'Luna "52" <round>'
    assert tree.css_first('meta[name="description"]').attributes["content"] == "A frame & more"
    assert tree.css_first('link[rel="canonical"]').attributes["href"] == "https://shop.example/products/luna/"
    assert properties(tree) == {
        "og:type": "product",
        "og:site_name": "Shop",
        "og:title": 'Luna "52" <round>',
        "og:description": "A frame & more",
        "og:url": "https://shop.example/products/luna/",
        "og:locale": "en",
        "og:locale:alternate": "de_AT",
        "product:price:amount": "129.00",
        "og:image": "https://shop.example/a.jpg",
        "og:image:width": "1024",
    }
    assert tree.css_first('meta[name="twitter:card"]').attributes["content"] == "summary_large_image"
    assert tree.css_first('script[type="application/ld+json"]').text() == '{"@context":"https://schema.org"}'


def test_alternates_name_every_language_and_a_default():
    tree = LexborHTMLParser(f"<head>{head_markup(meta())}</head>")
    links = [(node.attributes["hreflang"], node.attributes["href"]) for node in tree.css('link[rel="alternate"]')]
    assert links == [
        ("en", "https://shop.example/products/luna/"),
        ("de-AT", "https://shop.example/de-at/products/luna/"),
        ("x-default", "https://shop.example/products/luna/"),
    ]


def test_a_single_language_has_no_alternates():
    assert "hreflang" not in head_markup(meta(alternates=(("en", "https://shop.example/"),)))


def test_a_page_that_is_not_indexed_says_so_and_has_no_canonical():
    head = head_markup(meta(indexed=False, canonical=None, image=None, structured_data=None, description=""))
    assert '<meta name="robots" content="noindex, follow">' in head
    assert "canonical" not in head
    assert "hreflang" not in head
    assert '"summary"' in head


def test_a_page_that_is_indexed_may_be_shown_with_its_picture_large():
    assert '<meta name="robots" content="max-image-preview:large">' in head_markup(meta())


def test_a_picture_is_described_and_only_a_wide_one_shown_large():
    icon = {"": "https://shop.example/icon.png", ":width": 180, ":alt": 'The "shop"'}
    tree = LexborHTMLParser(f"<head>{head_markup(meta(image=icon))}</head>")
    assert tree.css_first('meta[name="twitter:card"]').attributes["content"] == "summary"
    assert tree.css_first('meta[name="twitter:image:alt"]').attributes["content"] == 'The "shop"'
    linked = {"": "https://cdn.example/a.jpg"}
    assert '"summary_large_image"' in head_markup(meta(image=linked))


@pytest.mark.parametrize(
    ("code", "written"), [("de", "de"), ("de-AT", "de_AT"), ("zh-Hant-TW", "zh_TW"), ("sr-Latn", "sr")]
)
def test_a_locale_as_open_graph_writes_it(code, written):
    assert open_graph_locale(code) == written
