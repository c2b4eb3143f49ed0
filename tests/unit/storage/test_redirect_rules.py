"""The ``_redirects`` file of a site."""

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.errors import StorageError
from shopwright.storage import redirect_rules
from shopwright.storage.redirect_rules import Redirect, parse_redirects

EXAMPLE = """
# moved
/old/           /new/ 301
/shop/*         /products/:splat 308   # all of them
/:locale/sale/  https://sale.example/:locale/?from=:locale#top
/gone/*         - 410
/old/           /never/
"""


@pytest.mark.parametrize(
    ("path", "redirect"),
    [
        ("/old/", Redirect(301, "/new/")),
        ("/shop/a/b c", Redirect(308, "/products/a/b%20c")),
        ("/de/sale/", Redirect(302, "https://sale.example/de/?from=de#top")),
        ("/gone/x", Redirect(410, "")),
        ("/other/", None),
    ],
)
def test_the_first_rule_counts(path, redirect):
    rules = parse_redirects(EXAMPLE)
    assert len(rules) == 5
    assert rules.find(path) == redirect


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("/a", "the form FROM TO STATUS"),
        ("/a /b 301 Country=de", "the form FROM TO STATUS"),
        ("/a /b 200", "'200' is none of"),
        ("/a /b 301!", "'301!' is none of"),
        ("/a /b ٣٠١", "is none of"),
        ("a /b", "begins with /"),
        ("/a //evil.example", "begins with one /"),
        ("/a /\\evil.example", "begins with one /"),
        ("/a javascript:alert(1)", "begins with one /"),
        ("/a https:///x", "begins with one /"),
        ("/:x/a https://shop.:x/", "begins with one /"),
        ("/a /b\x01", "control characters"),
    ],
)
def test_what_is_no_redirect_names_its_line(line, what):
    with pytest.raises(StorageError, match=what) as refused:
        parse_redirects(f"/fine /there\n{line}\n")
    assert "_redirects, line 2" in str(refused.value)


def test_size_is_bounded(monkeypatch):
    monkeypatch.setattr(redirect_rules, "MOST_LINES", 2)
    with pytest.raises(StorageError, match="too large"):
        parse_redirects("\n\n\n")
    monkeypatch.setattr(redirect_rules, "MOST_BYTES", 2)
    with pytest.raises(StorageError, match="too large"):
        parse_redirects("###")


@pytest.mark.parametrize(
    "path", ["/x//evil.example", "/x/\\evil.example", "/x/%2f/evil.example", "/x/\r\nSet-Cookie: a"]
)
def test_what_a_visitor_writes_never_names_another_host(path):
    found = parse_redirects("/x/* /:splat 301").find(path)
    assert found.location.startswith("/")
    assert not found.location.startswith(("//", "/\\"))
    assert "\r" not in found.location


@given(st.text(max_size=60))
def test_no_path_leads_away(path):
    rules = parse_redirects("/x/* /:splat 301\n/y/* https://shop.example/:splat 301")
    found = rules.find(f"/x/{path}")
    if found:
        assert urlsplit(found.location).netloc == ""
        assert found.location.isascii()
    other = rules.find(f"/y/{path}")
    if other:
        assert urlsplit(other.location).netloc == "shop.example"
