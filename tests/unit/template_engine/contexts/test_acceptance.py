from dataclasses import replace

import pytest

from shopwright.template_engine.contexts.acceptance import after_printing, refused_by
from shopwright.template_engine.contexts.spot import LOST, TEXT, Phase, Place, Spot
from shopwright.template_engine.contexts.values import Value


def value(element, attribute, phase=Phase.START, said=""):
    return Spot(Place.VALUE, element, attribute, '"', phase, said)


HREF, SRC, ID = value("a", "href"), value("script", "src"), value("p", "id")


@pytest.mark.parametrize(
    ("spot", "kind", "rule"),
    [
        (TEXT, Value.PLAIN, None),
        (TEXT, Value.MARKUP, None),
        (replace(TEXT, svg=1), Value.PLAIN, None),
        (replace(TEXT, svg=1), Value.MARKUP, "markup"),
        (Spot(Place.RCDATA, "title"), Value.MIXED, None),
        (Spot(Place.RCDATA, "title"), Value.MARKUP, "markup"),
        (Spot(Place.TAG, "p"), Value.PLAIN, "tag"),
        (Spot(Place.GLUED, "p"), Value.PLAIN, "tag"),
        (LOST, Value.MARKUP, None),
        (value("p", "title"), Value.MIXED, None),
        (value("p", "title"), Value.MARKUP, "markup"),
        (value("p", "onclick"), Value.PLAIN, None),  # noted where the attribute begins
        (HREF, Value.ADDRESS, None),
        (HREF, Value.FILE, None),
        (HREF, Value.PLAIN, "address"),
        (HREF, Value.MARKUP, "markup"),
        (value("a", "href", Phase.OPEN), Value.PLAIN, None),
        (value("a", "href", Phase.PARTIAL, "/"), Value.ADDRESS, "address-part"),
        (value("a", "href", Phase.CLOSED), Value.ADDRESS, "address-part"),
        (SRC, Value.FILE, None),
        (SRC, Value.ADDRESS, "file"),
        (value("script", "src", Phase.PARTIAL, "/a"), Value.FILE, "file"),
        (value("use", "href", Phase.PARTIAL, "#i"), Value.PLAIN, None),
        (ID, Value.PLAIN, "prefix"),
        (value("p", "id", Phase.PARTIAL, "a"), Value.PLAIN, "prefix"),
        (value("p", "id", Phase.OPEN), Value.PLAIN, None),
        (value("a", "target"), Value.PLAIN, "fixed"),
        (value("img", "srcset"), Value.ADDRESS, "srcset"),
    ],
)
def test_what_may_be_printed_where(spot, kind, rule):
    refused = refused_by(spot, kind)
    assert (refused and refused[0]) == rule


def test_an_address_that_was_printed_is_whole():
    assert after_printing(HREF) == replace(HREF, phase=Phase.CLOSED)
    assert after_printing(SRC) == replace(SRC, phase=Phase.CLOSED)
    for spot in (TEXT, ID, value("p", "title"), value("a", "href", Phase.OPEN)):
        assert after_printing(spot) == spot
