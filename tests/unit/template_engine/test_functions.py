"""The functions of the theme API that make markup."""

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from shopwright.template_engine.functions import (
    NOWHERE,
    URL_SCHEMES,
    data,
    json_ld,
    json_text,
    picture,
    stars,
    swatch,
    url,
)

SHOWN = {
    "width": 1024,
    "height": 768,
    "alt": 'A "round" <frame>',
    "placeholder": "321",
    "sources": [
        {"type": "image/webp", "srcset": "/a-320.webp 320w, /a-1024.webp 1024w", "src": "/a-1024.webp"},
        {"type": "image/jpeg", "srcset": "/a-1024.jpg 1024w", "src": "/a-1024.jpg"},
    ],
}


def body(markup):
    return LexborHTMLParser(f"<body>{markup}</body>").body


def test_a_picture_offers_every_format_and_falls_back():
    tree = body(picture(SHOWN, "50vw", css="shot"))
    source, image = tree.css_first("source").attributes, tree.css_first("img").attributes
    assert (source["type"], source["sizes"]) == ("image/webp", "50vw")
    assert source["srcset"] == "/a-320.webp 320w, /a-1024.webp 1024w"
    assert image == {
        "src": "/a-1024.jpg",
        "srcset": "/a-1024.jpg 1024w",
        "sizes": "50vw",
        "width": "1024",
        "height": "768",
        "alt": 'A "round" <frame>',
        "class": "ph-321",
        "loading": "lazy",
        "decoding": "async",
    }
    assert tree.css_first("picture").attributes == {"class": "shot"}


def test_the_first_picture_is_loaded_early():
    image = body(picture(SHOWN, "50vw", eager=True, alt="")).css_first("img").attributes
    assert image["fetchpriority"] == "high"
    assert "loading" not in image
    assert image["alt"] == ""


def test_a_linked_picture_has_one_source():
    linked = {**SHOWN, "sources": [{"type": "", "srcset": "", "src": "https://cdn.example/a.jpg?x=1&y=2"}]}
    tree = body(picture(linked, "50vw"))
    assert tree.css("source") == []
    assert tree.css_first("img").attributes["src"] == "https://cdn.example/a.jpg?x=1&y=2"
    assert "srcset" not in tree.css_first("img").attributes


@given(st.text())
def test_no_text_breaks_out_of_a_picture(text):
    tree = body(picture({**SHOWN, "alt": text}, text, css=text))
    assert [node.tag for node in tree.traverse()][1:] == ["picture", "source", "img"]


def test_a_swatch_has_its_colour_or_none():
    assert 'fill="#1b1b1f"' in swatch({"name": "Black", "hex": "#1b1b1f"})
    assert 'fill="none"' in swatch({"name": "Clear", "hex": None})


def test_stars_are_filled_to_the_value():
    assert '<svg width="90"' in stars(4.5)
    assert '<svg width="100"' in stars(9)
    assert '<svg width="0"' in stars(-1)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(JSON)
def test_data_for_scripts_is_read_back_exactly_and_cannot_end_its_element(value):
    tree = body(data("product-data", value))
    assert [node.tag for node in tree.traverse() if node.tag != "-text"] == ["body", "script"]
    assert orjson.loads(tree.css_first("script#product-data").text()) == value
    assert not set("<>&") & set(json_text(value))


@pytest.mark.parametrize(
    "address",
    [
        "/", "/a/b/?c=d#e", "a/b:c", "?q=a:b", "#top", "https://a.example/x", "HTTP://a.example", "mailto:a@b.example",
        "tel:+49123", "ünï/código",
    ],
)  # fmt: skip
def test_addresses_that_may_stand_in_a_page_are_given_back(address):
    assert url(address) == address
    assert url(f"\n {address}\t") == address


@pytest.mark.parametrize(
    "address",
    [
        "", " ", None, "javascript:alert(1)", " jAvAsCrIpT:alert(1)", "java\tscript:alert(1)", "java\nscript:x",
        "\x01javascript:x",
        "data:text/html,x", "vbscript:x", "blob:https://a", "file:///etc/passwd", "//evil.example", "/\\evil.example",
        "\\\\evil.example", "https:// a.example", "ｊavascript:x", "https\x00://a", "a" * 4_097,
        "intent://x", ":", "x-y:z", "https://a.example/\x85",
    ],
)  # fmt: skip
def test_addresses_that_may_not_lead_nowhere(address):
    assert url(address) == NOWHERE


@given(st.text())
def test_no_address_has_another_scheme(text):
    given = url(text)
    head = given.partition("/")[0].partition("?")[0].partition("#")[0]
    assert ":" not in head or head.partition(":")[0].lower() in URL_SCHEMES
    assert not any(ord(char) <= 32 for char in given)


@pytest.mark.parametrize(
    "wrong",
    [
        {"width": "1"}, {"width": 0}, {"width": True}, {"height": 100_001}, {"placeholder": '3"'},
        {"placeholder": None},
        {"alt": None}, {"sources": []}, {"sources": None}, {"sources": [{}]}, {"sources": SHOWN["sources"] * 5},
        {"sources": [{**SHOWN["sources"][0], "src": 1}]}, {"sources": [1]},
    ],
)  # fmt: skip
def test_a_picture_that_is_none_is_refused_by_what_is_wrong(wrong):
    with pytest.raises(ValueError, match=r"^picture\(\): "):
        picture({**SHOWN, **wrong}, "1px")


@given(st.text())
def test_no_text_breaks_out_of_a_pictures_sources(text):
    sources = [{"type": text, "srcset": text, "src": text}, {"type": text, "srcset": text or "x", "src": text}]
    tree = body(picture({**SHOWN, "sources": sources}, "1px"))
    assert [node.tag for node in tree.traverse()][1:] == ["picture", "source", "img"]


def test_a_swatch_takes_no_colour_that_is_none():
    assert 'fill="none"' in swatch({"hex": "url(//evil.example)"})
    assert 'fill="none"' in swatch({"hex": 3})


def test_structured_data_may_name_its_own_terms():
    assert '{"@context":"https://x.example"}' in json_ld({"@context": "https://x.example"})


@pytest.mark.parametrize("value", [{1: 2}, {"a": object()}, {"a": 2**70}, {"a": b""}])
def test_what_is_no_json_is_refused(value):
    with pytest.raises(ValueError, match=r"^json_ld\(\): value must be plain data"):
        json_ld(value)
