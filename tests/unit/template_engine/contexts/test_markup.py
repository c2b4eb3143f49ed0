from dataclasses import replace

import pytest

from shopwright.template_engine.contexts.markup import read
from shopwright.template_engine.contexts.spot import LOST, TEXT, Phase, Place, Spot

TAG = Spot(Place.TAG, "p")
GLUED = Spot(Place.GLUED, "p")
VALUE = Spot(Place.VALUE, "p", "title", '"')
HREF = Spot(Place.VALUE, "a", "href", '"')
IN_TITLE = Spot(Place.RCDATA, "title")
SVG = Spot(Place.TEXT, svg=1)


def reading(text, spot=TEXT):
    notes = []
    after = read(text, spot, lambda rule, at, what: notes.append((rule, at)))
    return after, notes


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("", TEXT, TEXT),
        ("a > b & c", TEXT, TEXT),
        ("<!DOCTYPE html><p>a</p><br/><!-- a - b -->", TEXT, TEXT),
        ("<p", TEXT, GLUED),
        ("<P ", TEXT, TAG),
        ('<p title="', TEXT, VALUE),
        ("<p title = '", TEXT, replace(VALUE, quote="'")),
        ("<p title='a' ", TEXT, TAG),
        ("<p hidden", TEXT, GLUED),
        ("<p hidden>", TEXT, TEXT),
        ("<p hidden class=a>", TEXT, TEXT),
        ("<a href=/a/>", TEXT, TEXT),
        (">", GLUED, TEXT),
        ("/>", GLUED, TEXT),
        (' class="a"', GLUED, GLUED),
        ('a"', VALUE, GLUED),
        ("a' >", VALUE, VALUE),
        ("<title>", TEXT, IN_TITLE),
        ("a & b</TITLE >", IN_TITLE, TEXT),
        ("<textarea>", TEXT, Spot(Place.RCDATA, "textarea")),
        ("<script src='/a.js' defer> </script >", TEXT, TEXT),
        ("<svg viewBox='0 0 1 1'>", TEXT, SVG),
        ("<path d='M0 0'/><g></g>", SVG, SVG),
        ("<svg></svg></svg>", SVG, TEXT),
        ("<svg/>", TEXT, TEXT),
        ("<svg/>", SVG, SVG),
        ("<title>", SVG, replace(IN_TITLE, svg=1)),
        ("a</title>", replace(IN_TITLE, svg=1), SVG),
        ('<a href="', TEXT, HREF),
        ("/p/", HREF, replace(HREF, phase=Phase.OPEN)),
        ("/", HREF, replace(HREF, phase=Phase.PARTIAL, said="/")),
        ("<x-rating>", TEXT, TEXT),
    ],
)
def test_where_html_leads(text, start, end):
    assert reading(text, start) == (end, [])


@pytest.mark.parametrize(
    ("text", "start", "note"),
    [
        ("a < b", TEXT, ("tag", 2)),
        ("<", TEXT, ("tag", 0)),
        ("</", TEXT, ("tag", 0)),
        ("</p", TEXT, ("tag", 0)),
        ("</p x>", TEXT, ("tag", 0)),
        ("<!x>", TEXT, ("tag", 0)),
        ("<?x?>", TEXT, ("tag", 0)),
        ("<!-- a", TEXT, ("comment", 0)),
        ("<!-->a", TEXT, ("comment", 0)),
        ("<!-- -- -->", TEXT, ("comment", 0)),
        ("x", GLUED, ("tag", 0)),
        ("=", TAG, ("tag", 0)),
        ("/ ", TAG, ("tag", 0)),
        ("@click", TAG, ("tag", 0)),
        ("a[b]", TAG, ("tag", 1)),
        ('class=">', TAG, None),
        ("class=", TAG, ("unquoted", 6)),
        ("class=a", TAG, ("unquoted", 6)),
        ("class=a'b>", TAG, ("unquoted", 6)),
        ("a<b", VALUE, ("tag", 0)),
        ("<b>", IN_TITLE, ("raw-text", 0)),
        ("a</titlex>", IN_TITLE, ("raw-text", 1)),
        ("a<", IN_TITLE, ("raw-text", 1)),
        ("<script>a</script>", TEXT, ("script", 8)),
        ("<script>", TEXT, ("script", 8)),
        ("<script></ſcript>", TEXT, ("script", 8)),
        ("</svg>", TEXT, ("element", 0)),
        ("</p>", SVG, ("element", 0)),
        ("<style>", TEXT, ("style", 1)),
        ("<iframe>", TEXT, ("frame", 1)),
        ("<math>", TEXT, ("element", 1)),
    ],
)
def test_what_is_not_certain_is_lost_and_noted(text, start, note):
    after, notes = reading(text, start)
    assert notes == ([note] if note else [])
    assert (after is LOST) is (note is not None)


@pytest.mark.parametrize(
    ("text", "note", "after"),
    [
        ('<p onclick="f()">', ("event-handler", 3), TEXT),
        ("<p style='a'>", ("style", 3), TEXT),
        ("<base>", ("base", 1), TEXT),
        ("<blink>a</blink>", ("element", 1), TEXT),
        ("<svg><p>", ("element", 6), SVG),
        ('<a href="javascript:f()">', ("scheme", 9), TEXT),
        ('<script src="https://a.example/a.js"></script>', ("file", 13), TEXT),
    ],
)
def test_what_is_certain_but_refused_is_noted_and_read_on(text, note, after):
    assert reading(text) == (after, [note])
