"""What browsers read in another way than it is written is found, however deep or long a page is."""

from time import process_time

import pytest

from shopwright.seo.gate.page import inspect

_PAGE = '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>t</title></head><body>\n%s\n</body></html>'


def _rules(body: str) -> set[str]:
    return {found.rule for found in inspect(_PAGE % body, "/").findings}


@pytest.mark.parametrize(
    "body",
    [
        "<!--><h1>a</h1><!-- -->",
        "<!---><h1>a</h1><!-- -->",
        "<!-- --!><h1>a</h1><!-- -->",
        '<xmp><a title="</xmp><h1>a</h1>"></a></xmp>',
        '<noscript><p title="</noscript><h1>a</h1>">b</p></noscript>',
        "<image>x</image>",
        "<svg><style><h1>a</h1></style></svg>",
        "<svg><title><h1>a</h1></title></svg>",
        '<img src="/a"\u00a0alt="b">',
    ],
)
def test_syntax(body: str) -> None:
    assert "html-syntax" in _rules(body)


@pytest.mark.parametrize(
    "body",
    ["<svg><p>a</p></svg>", "<svg><g><img alt=b></g></svg>", "<h1>a<h2>b</h2></h1>", "<col>", "<colgroup></colgroup>"],
)
def test_nesting(body: str) -> None:
    assert "bad-nesting" in _rules(body)


@pytest.mark.parametrize(
    "body",
    [
        "<!-- a - b -- c --><p>a</p>",
        '<svg viewBox="0 0 1 1"><title>a</title><path d="M0 0"/></svg>',
        "<svg><foreignObject><div><p>a</p></div></foreignObject></svg>",
        "<table><colgroup><col></colgroup><tr><th>a</th></tr></table>",
        '<iframe title="a" src="/a"></iframe>',
    ],
)
def test_good(body: str) -> None:
    assert not _rules(body) & {"html-syntax", "bad-nesting", "unclosed", "stray-end-tag"}


def test_iframe_holds_text() -> None:
    assert not inspect(_PAGE % '<iframe title="a"><p id="b">c</p></iframe>', "/").ids


def test_depth_has_an_end() -> None:
    began = process_time()
    assert "bad-nesting" in _rules("<div>\n" * 6_000 + "</div>\n" * 6_000)
    assert process_time() - began < 5


def test_what_never_ends_is_looked_for_once() -> None:
    began = process_time()
    assert "html-syntax" in _rules("".join(f"<!-- {number}\n" for number in range(20_000)).replace("-->", ""))
    assert process_time() - began < 5
