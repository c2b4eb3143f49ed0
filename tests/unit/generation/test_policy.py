"""The Content-Security-Policy of generated pages."""

import base64
import hashlib

import pytest
from selectolax.lexbor import LexborHTMLParser
from tests.unit.generation.records import ASSETS, site

from shopwright.generation.appearance import EARLY
from shopwright.generation.policy import UNWRITTEN, PagePolicies, origin_of, policy_text, source_hash

FONT = {**ASSETS, "display.woff2": "display.4.woff2"}
PAY = {"url": "https://pay.example:8443/cart?shop=1&x=2"}
FORM = '<form action="/search/">'
PAY_FORM = '<form action="https://pay.example:8443/cart?shop=1&amp;x=2" method="post">'
RULES = '{"prefetch": []}'

EARLY_ONLY = f"'self' {source_hash(EARLY)}"
"""The script of every page, and the store's own files."""


def rules(body="", inline=RULES, **settings):
    html = f"<head>{UNWRITTEN}</head>{body}"
    meta = LexborHTMLParser(PagePolicies(site(**settings), inline).written(html)).css_first("meta")
    assert meta.attributes["http-equiv"] == "Content-Security-Policy"
    return dict(rule.split(" ", maxsplit=1) for rule in meta.attributes["content"].split("; "))


def test_only_the_stores_own_files_and_no_inline_code():
    assert rules(offline=False) == {
        "default-src": "'none'",
        "script-src": EARLY_ONLY,
        "style-src": "'self'",
        "img-src": "'self'",
        "manifest-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'none'",
        "base-uri": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "'none'",
    }


def test_an_inline_script_is_allowed_by_its_hash_and_only_where_it_stands():
    script = f'<script type="speculationrules">{RULES}</script>'
    digest = base64.b64encode(hashlib.sha256(RULES.encode()).digest()).decode()
    assert rules(script)["script-src"] == f"{EARLY_ONLY} 'sha256-{digest}'"
    assert rules("<p>no script</p>")["script-src"] == EARLY_ONLY
    assert source_hash(RULES) == f"'sha256-{digest}'"


@pytest.mark.parametrize(
    ("body", "allowed"),
    [
        ("<p>a form of address</p>", "'none'"),
        (FORM, "'self'"),
        (FORM.upper(), "'self'"),
        (PAY_FORM, "'self' https://pay.example:8443"),
        (PAY_FORM.replace("<form", "<a"), "'none'"),
    ],
)
def test_forms_lead_where_the_pages_own_forms_lead(body, allowed):
    assert rules(body, checkout=PAY)["form-action"] == allowed


def test_fonts_films_workers_and_pictures_from_elsewhere_only_where_the_store_has_them():
    assert "font-src" not in rules()
    assert rules(assets=FONT)["font-src"] == "'self'"
    assert rules(assets={**ASSETS, "a.webm": "a.4.webm"})["media-src"] == "'self'"
    assert rules(offline=True)["worker-src"] == "'self'"
    linked = rules(remote_pictures=("https://a.example", "https://b.example"))
    assert linked["img-src"] == "'self' https://a.example https://b.example"
    assert linked["script-src"] == EARLY_ONLY


def test_scripts_make_trusted_types_only_under_the_names_they_have():
    assert rules(script_policies=("shopwright", "x"))["trusted-types"] == "shopwright x"


def test_only_the_first_place_is_written_and_a_page_without_it_stays_as_it_is():
    policies = PagePolicies(site())
    assert policies.written("<p>x</p>") == "<p>x</p>"
    assert policies.written(UNWRITTEN * 2).count(UNWRITTEN) == 1


def test_the_union_holds_what_any_page_may_need_and_forbids_frames():
    union = PagePolicies(site(checkout=PAY), RULES).union()
    text = policy_text(union)
    assert union["form-action"] == ["'self'", "https://pay.example:8443"]
    assert union["connect-src"] == ["'self'"]
    assert source_hash(RULES) in union["script-src"]
    assert text.endswith("frame-ancestors 'none'")
    assert "unsafe" not in text


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://Pay.example:8443/cart?x=1", "https://Pay.example:8443"),
        ("http://[::1]:8000/", "http://[::1]:8000"),
        ("https://bücher.example/a.jpg", "https://xn--bcher-kva.example"),
        ("https://a.example;script-src */", ""),
        ("https://a.example,b/", ""),
        ("https://*.example/", ""),
        ('https://a"b.example/', ""),
        ("https://user@a.example/", ""),
        ("https://a..b/", ""),
        ("data:text/html,x", ""),
        ("/cart/", ""),
    ],
)
def test_no_address_ends_or_widens_a_policy(address, origin):
    assert origin_of(address) == origin
    assert rules(remote_pictures=(address,))["img-src"] == f"'self' {origin}".rstrip()
