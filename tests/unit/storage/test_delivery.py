"""Headers a file is delivered with, by what it is (shopwright.storage.media_types)."""

import pytest

from shopwright.storage.delivery import CHECKED, IMMUTABLE, SECURITY, address, delivery, etag, surrogate_key
from shopwright.storage.header_rules import parse_headers
from shopwright.storage.media_types import compresses, media_type


@pytest.mark.parametrize(
    ("path", "kind", "small"),
    [
        ("index.html", "text/html; charset=utf-8", True),
        ("assets/A.CSS", "text/css; charset=utf-8", True),
        ("sw.js", "text/javascript; charset=utf-8", True),
        ("app.webmanifest", "application/manifest+json", True),
        ("assets/x.svg", "image/svg+xml", True),
        ("assets/x.avif", "image/avif", False),
        ("assets/x.woff2", "font/woff2", False),
        ("x.jpeg", "image/jpeg", False),
        ("feed.tsv", "text/tab-separated-values; charset=utf-8", True),
        ("unknown.bin", "application/octet-stream", False),
        ("noext", "application/octet-stream", False),
    ],
)
def test_types(path, kind, small):
    assert media_type(path) == kind
    assert compresses(kind) is small
    assert ("Vary" in delivery(path)) is small


def test_hashed_files_never_change_and_all_else_is_asked_for():
    assert delivery("assets/site.0123.css")["Cache-Control"] == IMMUTABLE
    for path in ("index.html", "de/index.html", "sw.js", "manifest.webmanifest", "x/assets/y.css"):
        assert delivery(path)["Cache-Control"] == CHECKED
    assert delivery("index.html").items() >= SECURITY.items()


def test_a_site_s_own_rules_go_before():
    rules = parse_headers("/de/\n  Cache-Control: max-age=5\n  ! X-Frame-Options\n")
    headers = delivery("de/index.html", rules)
    assert headers["Cache-Control"] == "max-age=5"
    assert "X-Frame-Options" not in headers
    assert delivery("de/x.html", rules)["Cache-Control"] == CHECKED


def test_addresses():
    assert [address(path) for path in ("index.html", "de/index.html", "404.html", "a/xindex.html")] == [
        "/",
        "/de/",
        "/404.html",
        "/a/xindex.html",
    ]


def test_validators_differ_by_encoding():
    assert etag("a" * 64) == f'"{"a" * 32}"'
    assert etag("a" * 64, "br") == f'"{"a" * 32}-br"'


def test_surrogate_keys_are_of_addresses():
    assert surrogate_key("de/index.html") == surrogate_key("de/")
    assert len({surrogate_key(path) for path in ("a", "b", "index.html")}) == 3
