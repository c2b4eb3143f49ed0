"""The gate: a good page passes, and each single fault is caught."""

import pytest

from shopwright.seo.gate.page import (
    MAX_PAGE_BYTES,
    RULES,
    Finding,
    check_alternates,
    check_fragments,
    check_links,
    inspect,
)

GOOD = """<!doctype html><html lang="en"><head><title>Luna – Shop</title>
<link rel="alternate" hreflang="en" href="https://shop.example/luna/">
<link rel="canonical" href="https://shop.example/luna/">
<link rel="stylesheet" href="/assets/site.css">
<script src="/assets/site.js" defer></script>
<script type="application/ld+json">{"@context": "https://schema.org", "@graph": []}</script>
</head><body><a href="#main">Skip</a><main id="main"><h1>Luna</h1><h2>Measures</h2>
<img src="/a.webp" width="10" height="10" alt="">
<a href="/cart/">Cart</a> <a href="https://elsewhere.example/">Elsewhere</a> <a href="mailto:a@b.example">Write</a>
<a href="../sol/?variant=black#top"><img src="/b.webp" width="1" height="1" alt="Sol"></a>
<form><label for="q">Search</label><input id="q" name="q"><label>Colour <select name="c"></select></label>
<input type="hidden" name="x"><button>Go</button></form></main></body></html>"""


def rules(html):
    return [rule for rule, _ in inspect(html, "/luna/").findings]


def test_a_good_page_has_no_findings():
    seen = inspect(GOOD, "/luna/")
    assert seen.findings == ()
    assert seen.title == "Luna – Shop"
    assert seen.indexed is True
    assert seen.alternates == (("en", "https://shop.example/luna/"),)
    assert seen.ids == ("main", "q")


def test_links_within_the_site_are_noted_from_the_root():
    assert inspect(GOOD, "/luna/").links == (
        "/assets/site.css",
        "/assets/site.js",
        "/luna/#main",
        "/a.webp",
        "/cart/",
        "/sol/",
        "/b.webp",
    )


@pytest.mark.parametrize(
    ("found", "good", "bad"),
    [
        ("no-title", "<title>Luna – Shop</title>", "<title> </title>"),
        ("no-title", "<title>Luna – Shop</title>", ""),
        ("no-lang", '<html lang="en">', "<html>"),
        ("no-main", '<main id="main">', '<div id="main">'),
        ("h1-count", "<h1>Luna</h1>", "<p>Luna</p>"),
        ("h1-count", "<h1>Luna</h1>", "<h1>Luna</h1><h1>Sol</h1>"),
        ("heading-skip", "<h2>Measures</h2>", "<h3>Measures</h3>"),
        ("no-alt", 'height="10" alt=""', 'height="10"'),
        ("no-size", 'width="10"', ""),
        ("double-id", 'id="q" name="q"', 'id="main" name="q" aria-label="Search"'),
        ("no-label", 'for="q"', ""),
        ("no-label", "<label>Colour ", "<label></label>"),
        ("empty-link", ">Cart<", "><"),
        ("empty-link", 'alt="Sol"', 'alt=""'),
        ("empty-link", "<button>Go</button>", "<button><svg></svg></button>"),
        ("inline-code", "<h1>", "<script>alert(1)</script><h1>"),
        ("inline-code", "<h1>", '<h1 style="color:red">'),
        ("inline-code", "<h1>", '<h1 onclick="x()">'),
        ("inline-code", 'href="/cart/"', 'href="JavaScript:alert(1)"'),
        ("bad-json-ld", '"@graph": []}', '"@graph": [}'),
        ("bad-json-ld", '"@context": "https://schema.org", ', ""),
        ("double-escape", "Measures", "Measures &amp;amp; more"),
        ("page-size", "Measures", "x" * MAX_PAGE_BYTES),
    ],
)
def test_each_fault_is_found(found, good, bad):
    assert good in GOOD
    assert found in rules(GOOD.replace(good, bad))


def test_a_page_that_is_not_indexed_is_noted():
    assert (
        inspect(GOOD.replace("<title>", '<meta name="robots" content="noindex, follow"><title>'), "/").indexed is False
    )


def test_a_fragment_must_exist_on_its_own_page():
    assert list(check_fragments("/luna/", inspect(GOOD, "/luna/"))) == []
    broken = inspect(GOOD.replace('id="main"', 'id="content"'), "/luna/")
    assert list(check_fragments("/luna/", broken)) == [("dead-fragment", "/luna/#main")]


def test_links_must_lead_somewhere():
    assert list(check_links("/luna/", ["/cart/", "/gone/"], {"/cart/"})) == [Finding("/luna/", "dead-link", "/gone/")]


def test_alternates_must_be_mutual():
    mutual = {"a": [("en", "a"), ("de", "b")], "b": [("en", "a"), ("de", "b")]}
    assert list(check_alternates(mutual)) == []
    assert list(check_alternates({**mutual, "b": [("de", "b")]})) == [Finding("a", "alternate-not-mutual", "b")]
    assert list(check_alternates({"a": [("de", "gone")]})) == [Finding("a", "alternate-not-mutual", "gone")]


def test_text_of_a_merchant_that_looks_escaped_does_not_stop_a_build():
    assert Finding("/", "double-escape", "&amp;amp;").severity == "warning"


def test_every_finding_has_a_severity():
    assert {Finding("", rule, "").severity for rule in RULES} == {"error", "warning"}
