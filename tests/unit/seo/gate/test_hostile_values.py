"""Whatever a page says, it is inspected."""

import pytest

from shopwright.seo.gate.page import MOST_OF_A_RULE, inspect

_DATA = '<script type="application/ld+json">{"@context":"https://schema.org","@type":"Product",%s}</script>'


@pytest.mark.parametrize(
    "html",
    [
        '<a href="//[x">a</a>',
        '<meta property="og:image" content="//[">',
        '<p tabindex="²">a</p>',
        f'<p tabindex="{"9" * 5_000}">a</p>',
        _DATA % '"":"x"',
        _DATA % '"offers":{"@type":"Offer","price":"1E9999999"}',
    ],
)
def test_is_inspected(html: str) -> None:
    assert inspect(html, "/", "https://x.example").findings


def found(body, rule):
    return [each.what for each in inspect(body, "/", "https://x.example").findings if each.rule == rule]


def test_code_is_found_however_deep_it_stands():
    policy = "<meta http-equiv=Content-Security-Policy content=\"script-src 'self'\">"
    deep = policy + "<div>" * 400 + "<script>steal()</script><img src=x onerror=steal()>" + "</div>" * 400
    assert found(deep, "inline-code") == ["the handler onerror on img", "the policy does not allow script"]
    assert found(deep, "bad-nesting") == ["<div> stands inside 256 others"]


def test_a_rule_is_told_so_often_as_somebody_reads():
    many = "".join(f'<button aria-label="a{number}">word {number}</button>\n' for number in range(300))
    assert len(found(many, "label-in-name")) == MOST_OF_A_RULE
    line = "".join(f'<button aria-label="a{number}">word {number}</button>' for number in range(300))
    assert len(found(line, "label-in-name")) == 100


def test_a_run_of_signs_is_one_fault():
    assert found("<" * 5_000 + "p>x", "html-syntax") == [f"{'<' * 40!r} is no tag"]


def test_names_reach_as_far_as_any_page_needs():
    assert found("<label>" * 7 + "x" + "</label>" * 7, "no-label") == []
    assert found("<a href=/><h2><span>x</span></h2></a>", "empty-link") == []
