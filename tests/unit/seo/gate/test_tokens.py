"""(shopwright.seo.gate.tag, shopwright.seo.gate.tag_rules, shopwright.seo.gate.lines)"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.seo.gate.lines import REMEMBERED, LineReader
from shopwright.seo.gate.tag import read_tag
from shopwright.seo.gate.tag_rules import broken_by
from shopwright.seo.gate.tokens import Doctype, Held, Unfinished, Wrong, alternating, tokens


def shown(html):
    return [
        token if isinstance(token, str | tuple) and not hasattr(token, "tag") else token.tag.source
        for token in tokens(html)
    ]


def test_every_kind_of_token():
    assert shown('<!DOCTYPE html><p class="a>b">x</p><!-- <b> --><script>a<b</SCRIPT >') == [
        *(Doctype("<!DOCTYPE html>"), '<p class="a>b">', "x", "</p>", "<script>", Held("a<b"), "</SCRIPT >"),
    ]


@pytest.mark.parametrize(
    ("html", "end"), [("<p class='a", ">"), ("<p", ">"), ("<!-- x", "-->"), ("<textarea>x", "</textarea")]
)
def test_what_goes_on_in_a_later_piece(html, end):
    assert list(tokens(html))[-1].end == end


def test_what_is_no_html():
    assert [token for token in tokens("a < b <p <b>") if isinstance(token, Wrong)] == [
        Wrong("< b <p <b>"),
        Wrong("<p <b>"),
    ]
    assert alternating("<p>a < b</p>") is None
    assert alternating("<style>p{}</style>") is None


@pytest.mark.parametrize(
    ("source", "attributes"),
    [
        ("<a HREF=\"/x\" Class='b' c=d hidden>", {"href": "/x", "class": "b", "c": "d", "hidden": ""}),
        ('<a title="a &amp; b">', {"title": "a & b"}),
        ("<br/>", {}),
        ("<a x = y>", {"x": "y"}),
    ],
)
def test_attributes(source, attributes):
    tag = read_tag(source)
    assert (tag.attributes, tag.faults) == (attributes, ())


def test_faulty_attributes():
    assert read_tag('<a b="1" B="2">').faults == (("double-attribute", "b"),)
    assert read_tag("<a b=1 =c>").faults == (("html-syntax", "' =c' is no attribute"),)
    assert read_tag("</p class>").faults == (("html-syntax", "attributes on </p class>"),)


def test_code_behind_references_and_line_ends():
    for address in ("java&#115;cript:x()", "\tjavascript:x()", "vbscript:x", "data:text/html,x"):
        assert ("inline-code" in dict(broken_by(read_tag(f'<a href="{address}">')))) is True
    assert dict(broken_by(read_tag('<img alt="" width=1 height=1 src="data:image/png,x">'))) == {}


def test_a_long_tag_is_shown_by_its_beginning():
    assert read_tag(f'<p class="{"x" * 200}">').shown() == f'<p class="{"x" * 89}…'


def test_lines_are_forgotten_before_they_take_too_much_memory():
    reader = LineReader()
    for number in range(3_000):
        list(reader.read(f"<p>{number} {'x' * 1_990}</p>"))
    assert reader._remembered <= REMEMBERED + 2_100


@given(st.text(alphabet="<>/ab=\"' !-\n&;#", max_size=80))
def test_tokens_leave_nothing_out(text):
    seen = list(tokens(text))
    if not any(isinstance(token, Unfinished | Wrong) for token in seen) and "<!" not in text:
        assert "".join(token if isinstance(token, str) else token.tag.source for token in seen) == text
