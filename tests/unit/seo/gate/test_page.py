"""One page through the gate: a good one has no finding, facts come out whole, however its lines are cut.

(shopwright.seo.gate.agreement, shopwright.seo.gate.aria, shopwright.seo.gate.governed,
shopwright.seo.gate.social, shopwright.seo.gate.document, shopwright.seo.gate.elements, shopwright.seo.gate.facts,
shopwright.seo.gate.head, shopwright.seo.gate.open_elements, shopwright.seo.gate.page_data, shopwright.seo.gate.places,
shopwright.seo.gate.said, shopwright.seo.gate.scripts, shopwright.seo.gate.told)
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shopwright.seo.gate.page import HEAVY_BYTES, MAX_PAGE_BYTES, PageGate, inspect
from shopwright.seo.gate.rules.every import RULES

ORIGIN = "https://shop.example"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; frame-src 'self'; "
    "base-uri 'none'; form-action 'self'; require-trusted-types-for 'script'"
)
GOOD = f"""<!doctype html>
<html lang="en" dir="ltr"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<title>Luna – Shop</title><meta name="description" content="A frame.">
<link rel="canonical" href="https://shop.example/luna/">
<link rel="alternate" hreflang="en" href="https://shop.example/luna/">
<link rel="alternate" hreflang="x-default" href="https://shop.example/luna/">
<meta property="og:title" content="Luna"><meta property="og:type" content="website">
<meta property="og:url" content="https://shop.example/luna/">
<meta property="og:image" content="https://shop.example/share.png"><meta property="og:image:width" content="1200">
<meta name="twitter:card" content="summary">
<link rel="stylesheet" href="/assets/site.css">
<script src="/assets/site.js" defer></script>
<script type="application/ld+json">{{"@context": "https://schema.org", "@graph": []}}</script>
</head><body><a href="#main">Skip</a><header><nav aria-label="Main"><a href="/cart/">Cart</a></nav></header>
<main id="main"><h1>Luna</h1><h2>Measures</h2>
<img src="/a.webp" width="10" height="10" alt=""> <img src="data:image/png;base64,AA" width="1" height="1" alt="">
<a href="https://elsewhere.example/">Elsewhere</a> <a href="mailto:a@b.example">Write</a>
<a href="../sol/?variant=black#top"><img src="/b.webp" srcset="/c.webp 1x, /d%20e.webp 2x" width="1" height="1"
 alt="Sol"></a>
<form action="/search/"><label for="q">Search</label><input id="q" name="q"><label>Colour <select name="c">
<option>Black</select></label><input type="hidden" name="x"><button>Go</button></form>
<table><tr><th>Lens<td>49</table><svg role="img" aria-label="A frame"><path d="M0 0"/></svg>
<ul><li>one<li>two</ul><p>First<p>Second <noscript>Plain</noscript>
<template><a data-slot="title"></a><p id="main"></p></template><iframe src="/map/" title="Map"></iframe>
</main><footer>End</footer></body></html>"""


def rules(html, address="/luna/"):
    return [found.rule for found in inspect(html, address, ORIGIN).findings if RULES[found.rule].severity != "advice"]


def test_a_good_page_has_no_findings():
    seen = inspect(GOOD, "/luna/", ORIGIN)
    assert seen.findings == ()
    assert (seen.title, seen.description, seen.lang, seen.indexed) == ("Luna – Shop", "A frame.", "en", True)
    assert seen.canonical == "https://shop.example/luna/"
    assert seen.alternates == (("en", seen.canonical), ("x-default", seen.canonical))
    assert seen.ids == {"main", "q"}
    assert seen.share == ("/share.png", "1200", "")


def test_targets_are_decoded_and_from_the_root():
    assert inspect(GOOD, "/luna/", ORIGIN).targets == {
        *("/assets/site.css", "/assets/site.js", "/cart/", "/a.webp", "/b.webp", "/c.webp", "/d e.webp", "/sol/"),
        *("/search/", "/map/", "/share.png"),
    }


def test_without_an_origin_nothing_is_known_of_absolute_addresses():
    seen = inspect(GOOD, "/luna/")
    assert seen.findings == ()
    assert seen.share is None


def test_a_page_of_another_language_and_a_site_on_http():
    html = GOOD.replace('lang="en"', 'lang="en-GB"', 1).replace("</main>", '<a href="http://x.example/">x</a></main>')
    assert rules(html) == ["http-link"]
    assert inspect(html.replace("https://shop", "http://shop"), "/luna/", "http://shop.example").findings == ()


def test_a_page_that_is_not_indexed_needs_no_canonical():
    html = GOOD.replace(
        '<link rel="canonical" href="https://shop.example/luna/">', '<meta name="robots" content="noindex">'
    )
    assert inspect(html, "/luna/", ORIGIN).indexed is False
    assert rules(html) == []


def test_places_on_other_pages_are_noted():
    html = GOOD.replace('href="/cart/"', 'href="/cart/#total"').replace("#top", "")
    assert inspect(html, "/luna/", ORIGIN).places == (("/cart/", "total"),)


@pytest.mark.parametrize(
    ("found", "old", "new"),
    [
        ("bad-hreflang", 'hreflang="x-default"', 'hreflang="en"'),
        ("alternate-self", 'hreflang="x-default" href="https://shop.example/luna/"', 'hreflang="de" href="/de/"'),
        ("open-graph", "https://shop.example/share.png", "/share.png"),
        ("csp-missing", "<meta http", '<link rel="stylesheet" href="/early.css">\n<meta http'),
        ("dead-fragment", 'href="#main"', 'href="/luna/#mane"'),
        ("double-id", '<input id="q"', '<input id="q r"'),
        ("wrong-dir", "<h1>", '<h1 dir="left">'),
        ("bad-aria", "<h1>", '<h1 aria-level="one">'),
        ("bad-aria", "<h1>", '<h1 aria-describedby="">'),
        ("loading", 'width="10"', 'width="10" loading="later"'),
        ("empty-link", "<button>Go</button>", "<button><svg></svg></button>"),
        ("bad-nesting", "<h1>", "<p><b><div>x</div></b><h1>"),
        ("bad-nesting", "<main", "<body><main"),
        ("bad-nesting", "<h1>", "<td>x</td><h1>"),
        ("content-model", "<h1>", "<div><summary>x</summary></div><h1>"),
        ("inline-code", "<h1>", "<style>p{color:red}</style><h1>"),
        ("inline-code", "<h1>", '<iframe title="x" srcdoc="x"></iframe><h1>'),
        ("inline-code", 'href="/cart/"', 'href="java\nscript:x()"'),
        ("html-syntax", "</h1>", "</h1 class=x>"),
        ("html-syntax", "<h1>", "<h1 a=\"b\"'c'>"),
        ("landmark-name", "<footer>", "<footer>x</footer><footer>"),
    ],
)
def test_faults_that_no_store_of_ours_can_have(found, old, new):
    assert old in GOOD
    assert found in rules(GOOD.replace(old, new, 1))


def test_sizes():
    assert rules(GOOD.replace("Measures", "x" * HEAVY_BYTES)) == ["page-heavy"]
    assert rules(GOOD.replace("Measures", "x" * MAX_PAGE_BYTES)) == ["page-size"]


def test_a_finding_names_its_line():
    html = GOOD.replace("<h1>", "\n\n<h1 tabindex=4>")
    (found,) = inspect(html, "/luna/", ORIGIN).findings
    assert html.split("\n")[found.line - 1].startswith("<h1 tabindex=4>")


def test_tags_scripts_and_comments_may_run_over_lines():
    html = GOOD.replace("<h1>", "<h1\n  class='a\nb'\n>").replace("[]}", "\n[]\n}").replace("<ul>", "<!-- a\nb --><ul>")
    assert rules(html) == []
    assert rules(html.replace("<!-- a\nb -->", "<!-- a\nb ")) == ["html-syntax"]


def test_what_was_remembered_of_other_pages_changes_nothing():
    gate = PageGate(ORIGIN)
    fresh = [inspect(html, "/luna/", ORIGIN) for html in (GOOD, GOOD.replace("<h1>", "<h1><p>"), GOOD)]
    assert [gate.inspect(html, "/luna/") for html in (GOOD, GOOD.replace("<h1>", "<h1><p>"), GOOD)] == fresh


PIECES = st.sampled_from(
    ["<p>", "</p>", "<a href=/x>", "</a>", "word", "<ul>", "<li>", "</ul>", "<b>", "</b>", "<h2>", "</h2>", "<p",
     "<img alt=x>", "<table>", "<tr>", "<td>", "</table>", "<svg>", "</svg>", "<button>", "</button>", "&amp;", "<",
     '"', "<!--", "-->",
     "<script>", "</script>", "\n", "\n", "<template>", "</template>", "<title>", "</title>", ">", "=\"'"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=60))
@settings(max_examples=100)
def test_any_page_is_read_and_twice_the_same(pieces):
    """What lines and shapes of lines were remembered to mean is what they mean."""
    html = "".join(pieces)
    changed, gate = html.replace("word", "other"), PageGate()
    first = gate.inspect(html, "/")
    assert gate.inspect(html, "/") == first
    assert gate.inspect(changed, "/").findings == inspect(changed, "/").findings
    assert len(first.findings) >= 3
