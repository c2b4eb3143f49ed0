"""The ``_headers`` file of a site."""

import pytest
from tests.unit.generation.records import site

from shopwright.generation.headers import LINE_LENGTH, header_files
from shopwright.storage.delivery import delivery
from shopwright.storage.header_rules import parse_headers

MANY = tuple(f"https://pictures-{number:03}.example" for number in range(90))


def written(**settings):
    ((name, data),) = header_files(site(**settings))
    assert name == "_headers"
    return data.decode()


def headers(path, **settings):
    return delivery(path, parse_headers(written(**settings)))


def test_pages_get_the_policy_and_are_asked_for_each_time():
    found = headers("de/products/luna/index.html")
    assert found["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self' 'sha256-")
    assert found["Content-Security-Policy"].endswith("frame-ancestors 'none'")
    assert found["X-Content-Type-Options"] == "nosniff"
    assert found["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert found["Cross-Origin-Opener-Policy"] == "same-origin"
    assert found["Permissions-Policy"].startswith("accelerometer=()")
    assert found["Cache-Control"] == "no-cache"


def test_hashed_files_are_kept_for_ever_and_the_worker_never():
    assert headers("assets/site.0.css")["Cache-Control"] == "public, max-age=31536000, immutable"
    assert headers("sw.js")["Cache-Control"] == "no-cache"


def test_a_secure_site_stays_secure():
    assert headers("index.html", url="https://shop.example")["Strict-Transport-Security"] == "max-age=31536000"
    assert "Strict-Transport-Security" not in headers("index.html", url="http://localhost:8000")


def test_no_header_is_said_twice_for_a_file():
    """Hosts join the values of several rules, and a joined Cache-Control is none."""
    for path in ("index.html", "assets/site.0.css", "sw.js"):
        assert ", public" not in headers(path)["Cache-Control"]


@pytest.mark.parametrize("remote", [(), MANY[:3], MANY])
def test_it_keeps_within_the_bounds_of_cloudflare_and_netlify(remote):
    lines = written(remote_pictures=remote).splitlines()
    assert all(len(line) <= LINE_LENGTH for line in lines)
    assert sum(line.startswith("/") for line in lines) <= 100
    assert all(line.startswith("/") or ": " in line for line in lines)


def test_pictures_of_too_many_hosts_may_come_from_any_secure_one():
    policy = headers("index.html", remote_pictures=MANY)["Content-Security-Policy"].split("; ")
    assert {"img-src 'self' https:", "connect-src 'self' https:"} <= set(policy)


def test_a_service_worker_may_fetch_the_pictures_a_page_links_to():
    few = {"remote_pictures": MANY[:1]}
    assert "connect-src 'self' https://pictures-000.example;" in headers("sw.js", **few)["Content-Security-Policy"]
    assert "connect-src 'self';" in headers("sw.js", **few, offline=False)["Content-Security-Policy"]


def test_the_same_site_is_the_same_bytes():
    assert written() == written()


def test_no_other_site_may_read_what_a_store_answers():
    """Nothing is said of CORS, so browsers let no other origin read (Fetch, 3.2)."""
    for path in ("index.html", "assets/site.0.css", "sw.js"):
        assert not [name for name in headers(path) if name.lower().startswith("access-control-")]
