"""The configuration for proxies, loaded by the proxies themselves: stores behind a real nginx, and who is sent away."""

import ssl
import subprocess

import pytest
from tests.security.callers import NOW
from tests.security.proxies import CADDY, NGINX, Proxy

from shopwright.bootstrap.domains import _site
from shopwright.multi_tenant.domains.documents import DomainDocument
from shopwright.multi_tenant.domains.proxy import written
from shopwright.storage.delivery import IMMUTABLE
from shopwright.storage.exchange import MARK
from shopwright.storage.objects.folder import FolderObjects
from shopwright.storage.releases.publish import publish
from shopwright.storage.releases.signing import load_signer

needs_nginx = pytest.mark.skipif(NGINX is None, reason="nginx is not installed (Debian: apt install nginx-light)")
needs_caddy = pytest.mark.skipif(CADDY is None, reason="caddy is not installed (Debian: apt install caddy)")

LUNA, SOL = "luna.org", "sol.org"
POLICY = "default-src 'none'; script-src 'self' 'sha256-AbC+/='; frame-ancestors 'none'"
HEADERS = f"/*\n  Content-Security-Policy: {POLICY}\n/assets/*\n  Cache-Control: {IMMUTABLE}\n"


def write_site(folder, name, headers=HEADERS):
    files = {
        "index.html": f"<h1>{name}</h1>",
        "de/index.html": f"<h1>{name} auf Deutsch</h1>",
        "404.html": f"{name} has no such page",
        "assets/a.0123.css": "p{}",
        "assets/a.0123.avif": "avif",
        "sw.js": "//",
        "app.webmanifest": "{}",
        "_headers": headers,
        f"{MARK}/manifest.jsonl": "",
    }
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return folder


def site_of(root, domain):
    tenant = domain.partition(".")[0]
    return _site(DomainDocument(id=domain, tenant=tenant, serves="main", token="a" * 40, proved=NOW), root)


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """The published store of one tenant, and the built one of another."""
    root = tmp_path_factory.mktemp("stores")
    signer = load_signer(root / "key.pem")
    publish(write_site(root / "built", "Luna"), FolderObjects(root / "luna" / "main"), signer)
    write_site(root / "sol" / "main", "Sol", "/*\n  X-Mine: $document_root\n")
    return root


@pytest.fixture(scope="module")
def proxy(root, tmp_path_factory):
    config = written("nginx", [site_of(root, LUNA), site_of(root, SOL)])
    made = Proxy(tmp_path_factory.mktemp("nginx"), config, [LUNA, SOL])
    with made.running():
        yield made


@needs_nginx
def test_nginx_takes_the_configuration_without_a_warning(proxy):
    code, said = proxy.check()
    assert code == 0
    assert "warn" not in said
    assert "emerg" not in said


@needs_nginx
def test_a_published_store_is_served_with_its_own_headers(proxy):
    status, headers, body = proxy.get(LUNA, "/")
    assert (status, body) == (200, b"<h1>Luna</h1>")
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert headers["content-security-policy"] == POLICY
    assert (headers["x-content-type-options"], headers["x-frame-options"]) == ("nosniff", "DENY")
    assert headers["cache-control"] == "no-cache"
    status, headers, _ = proxy.get(LUNA, "/assets/a.0123.css")
    assert (status, headers["cache-control"]) == (200, IMMUTABLE)
    assert headers["content-security-policy"] == POLICY
    assert proxy.get(LUNA, "/assets/a.0123.avif")[1]["content-type"] == "image/avif"
    assert proxy.get(LUNA, "/app.webmanifest")[1]["content-type"] == "application/manifest+json"
    status, headers, _ = proxy.get(LUNA, "/de")
    assert (status, headers["location"]) == (301, "/de/")
    assert proxy.get(LUNA, "/de/")[2] == b"<h1>Luna auf Deutsch</h1>"


@needs_nginx
def test_what_is_no_page_is_answered_with_the_stores_own(proxy):
    for path in ("/nothing", "/assets/", "/assets/nothing.css", "/_headers", f"/{MARK}/manifest.jsonl", "/.git/config"):
        status, headers, body = proxy.get(LUNA, path)
        assert (status, body) == (404, b"Luna has no such page"), path
        assert headers["x-content-type-options"] == "nosniff"
    for path in ("/../../sol/main/index.html", "/%2e%2e/%2e%2e/sol/main/index.html", "/..%2f..%2fkey.pem"):
        status, _, body = proxy.get(LUNA, path)
        assert status in (400, 404), path
        assert b"Sol" not in body
        assert b"PRIVATE" not in body


@needs_nginx
def test_a_release_is_live_as_soon_as_it_is_published(proxy, root):
    target, signer = FolderObjects(root / "luna" / "main"), load_signer(root / "key.pem")
    publish(write_site(root / "next", "Luna anew"), target, signer)
    assert proxy.get(LUNA, "/")[2] == b"<h1>Luna anew</h1>"
    publish(root / "built", target, signer)
    assert proxy.get(LUNA, "/")[2] == b"<h1>Luna</h1>"


@needs_nginx
def test_who_asks_for_an_unknown_name_gets_no_store(proxy):
    with pytest.raises(ssl.SSLError):
        proxy.get("evil.example", "/")
    for hosts in (
        ["evil.example"],
        ["127.0.0.1"],
        ["luna.org.evil.example"],
        [f"evil.example@{LUNA}"],
        [LUNA, "x"],
        [],
    ):
        for secure in (True, False):
            status, headers, body = proxy.get(LUNA, "/", secure=secure, host=hosts)
            assert status in (400, 404, 421), hosts
            assert b"Luna" not in body
            assert "evil" not in headers.get("location", "")
    for host in (LUNA.upper(), f"{LUNA}.", f"{LUNA}:443"):
        assert proxy.get(LUNA, "/", host=[host])[0] == 200


@needs_nginx
def test_one_store_is_not_reached_by_anothers_name(proxy):
    status, headers, body = proxy.get(SOL, "/")
    assert (status, body) == (200, b"<h1>Sol</h1>")
    assert "x-mine" not in headers
    assert proxy.get(LUNA, "/", X_Forwarded_Host=SOL)[2] == b"<h1>Luna</h1>"


@needs_nginx
def test_plain_http_leads_to_https_of_the_same_name_and_proves_the_domain(proxy):
    status, headers, _ = proxy.get(LUNA, "/de/?a=1", secure=False)
    assert (status, headers["location"]) == (301, f"https://{LUNA}/de/?a=1")
    status, headers, body = proxy.get(LUNA, "/.well-known/shopwright-domain", secure=False)
    assert (status, headers["content-type"], body) == (200, "text/plain", b"shopwright-domain=" + b"a" * 40)
    assert proxy.get("evil.example", "/.well-known/shopwright-domain", secure=False)[0] == 404


@needs_caddy
def test_caddy_takes_the_configuration(root, tmp_path):
    file = tmp_path / "Caddyfile"
    file.write_text(written("caddy", [site_of(root, LUNA), site_of(root, SOL)]))
    done = subprocess.run(
        [CADDY, "adapt", "--adapter", "caddyfile", "--config", str(file), "--validate"],
        capture_output=True,
        text=True,
        check=False,
        env={"HOME": str(tmp_path), "PATH": "/usr/bin"},
    )
    assert done.returncode == 0, done.stderr
    assert POLICY in done.stdout
    assert "document_root" not in done.stdout
