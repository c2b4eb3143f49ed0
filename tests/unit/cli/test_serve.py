"""``shopwright serve``: a real server on loopback, asked as browsers and attackers ask."""

import errno
import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.loopback import running

from shopwright.cli import serve as module
from shopwright.cli.serve import start_server
from shopwright.errors import SettingsError
from shopwright.generation.manifest import Entry, manifest_bytes
from shopwright.settings import current_settings
from shopwright.storage.exchange import MARK
from shopwright.storage.objects.folder import FolderObjects
from shopwright.storage.releases.publish import publish
from shopwright.storage.releases.signing import load_signer
from shopwright.storage.serving import server as serving_module
from shopwright.storage.serving.server import PORTS_TRIED, open_server

FILES = {
    "index.html": "home",
    "404.html": "not here",
    "de/index.html": "Start",
    "de/404.html": "nicht da",
    "de-at/404.html": "nit do",
    "products/luna/index.html": "luna",
    "assets/site.0123.css": "p{}",
    "assets/a.avif": "x",
    "assets/sans.woff2": "x",
    "search/products-1.json": "{}",
    "robots.txt": "ok",
    "sitemap.xml": "<x/>",
    f"{MARK}/manifest.jsonl": "secret",
    ".env": "secret",
}


@pytest.fixture
def site(tmp_path):
    for name, text in FILES.items():
        (tmp_path / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / name).write_text(text)
    (tmp_path / "secret.txt").write_text("secret")
    return tmp_path / "site"


def serving(site, port=0):
    return running(start_server(site, port))


def served(hosts):
    return running(open_server(hosts, 0))


@pytest.fixture
def port(site):
    with serving(site) as port:
        yield port


def ask(port, path, method="GET", **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.putrequest(method, path, skip_host="Host" in headers)
    for name, value in headers.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, answer.headers, body


def raw(port, request):
    """Bytes in, bytes out."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: connection.recv(65_536), b""))


@pytest.mark.parametrize(
    ("path", "body", "kind"),
    [
        ("/", "home", "text/html; charset=utf-8"),
        ("/products/luna/?variant=black#x", "luna", "text/html; charset=utf-8"),
        ("/de/", "Start", "text/html; charset=utf-8"),
        ("/search/products-1.json", "{}", "application/json"),
        ("/assets/site.0123.css", "p{}", "text/css; charset=utf-8"),
        ("/assets/a.avif", "x", "image/avif"),
        ("/assets/sans.woff2", "x", "font/woff2"),
        ("/robots.txt", "ok", "text/plain; charset=utf-8"),
        ("/sitemap.xml", "<x/>", "application/xml"),
    ],
)
def test_files_are_served_as_what_they_are(port, path, body, kind):
    status, headers, text = ask(port, path)
    assert (status, text, headers["Content-Type"]) == (200, body, kind)
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/gone/", "not here"),
        ("/gone", "not here"),
        ("/de/gone/", "nicht da"),
        ("/de-at/gone/", "nit do"),
        ("/fr/gone/", "not here"),
        ("/products/", "not here"),
        ("/assets/gone.css", "not here"),
    ],
)
def test_what_is_not_there_is_told_in_the_language_of_the_address(port, path, page):
    status, headers, text = ask(port, path)
    assert (status, text, headers["Content-Length"]) == (404, page, str(len(page)))
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Cache-Control"] == "no-cache"


def test_a_site_without_a_404_page_still_answers(site, port):
    (site / "404.html").unlink()
    status, _, text = ask(port, "/gone/")
    assert status == 404
    assert "Nothing matches" in text


def test_hashed_files_are_kept_for_ever_and_pages_checked_each_time(port):
    assert ask(port, "/assets/site.0123.css")[1]["Cache-Control"] == "public, max-age=31536000, immutable"
    _, headers, _ = ask(port, "/")
    assert headers["Cache-Control"] == "no-cache"
    assert ask(port, "/", If_Modified_Since=headers["Last-Modified"])[0] == 304


@pytest.mark.parametrize(("path", "status"), [("/", 200), ("/gone/", 404)])
def test_head_has_every_header_and_no_body(port, path, status):
    answer = raw(port, f"HEAD {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(f"HTTP/1.1 {status} ".encode())
    assert b"Content-Length: " in head
    assert body == b""


@pytest.mark.parametrize(
    "path",
    [
        f"/{MARK}/manifest.jsonl",
        f"/%2e{MARK[1:]}/manifest.jsonl",
        f"//{MARK}/manifest.jsonl",
        f"///{MARK}/manifest.jsonl",
        f"/de/../{MARK}/manifest.jsonl",
        f"/de/..%2f{MARK}/manifest.jsonl",
        f"http://127.0.0.1/{MARK}/manifest.jsonl",
        f"http://{MARK}/manifest.jsonl",
        "/.env",
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/%252e%252e/secret.txt",
        "/../../../../../../etc/passwd",
        "//etc/passwd",
        "/de/%00/index.html",
        "/\\..\\secret.txt",
        "http://[/x",
    ],
)
def test_no_path_leads_to_hidden_files_or_out_of_the_site(port, path):
    answer = raw(port, f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    assert answer.startswith(b"HTTP/1.1 404 ")
    assert b"secret" not in answer
    assert b"root:" not in answer


def test_a_folder_without_its_slash_leads_to_the_page_on_this_server(port):
    status, headers, _ = ask(port, "/products/luna")
    assert (status, headers["Location"]) == (301, "/products/luna/")
    assert ask(port, "//elsewhere.example/de/..")[0] == 404
    assert ask(port, "//products/luna")[1]["Location"] == "/products/luna/"


@pytest.mark.parametrize(
    ("request_line", "status"),
    [
        (b"GARBAGE\r\n\r\n", b"400"),
        (b"GET / HTTP/9.9.9\r\n\r\n", b"400"),
        (b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n", b"414"),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n", b"501"),
        (b"GET / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n", b"100"),
    ],
)
def test_odd_requests_are_answered_and_the_server_goes_on(port, capfd, request_line, status):
    assert status in raw(port, request_line)[:600]
    assert ask(port, "/")[0] == 200
    assert "Traceback" not in capfd.readouterr().err


def test_a_browser_that_goes_away_is_no_event(site, port, capfd):
    (site / "large.txt").write_bytes(b"x" * 20_000_000)
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(b"GET /large.txt HTTP/1.1\r\nHost: x\r\n\r\n")
        connection.recv(100)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
    assert ask(port, "/")[0] == 200
    assert capfd.readouterr().err == ""


def test_an_error_of_the_server_itself_is_not_hidden(site, capfd):
    with start_server(site, 0) as server:
        try:
            {}["a bug"]
        except KeyError:
            server.handle_error(None, ("127.0.0.1", 1))
    assert "KeyError: 'a bug'" in capfd.readouterr().err


def test_the_server_listens_on_this_machine_only(site):
    with start_server(site, 0) as server:
        assert server.server_address[0] == "127.0.0.1"


def test_the_next_free_port_is_taken(site):
    with start_server(site, 0) as first, start_server(site, first.server_address[1]) as second:
        assert 0 < second.server_address[1] - first.server_address[1] < PORTS_TRIED


def test_ports_that_cannot_be_used_are_named(site, monkeypatch):
    with start_server(site, 0) as taken:
        port = taken.server_address[1]
        monkeypatch.setattr(serving_module, "PORTS_TRIED", 1)
        with pytest.raises(SettingsError, match=rf"^--port: no port from {port} to {port} is free\. Give another"):
            start_server(site, port)


def test_no_port_is_looked_for_beyond_the_last_one(site, monkeypatch):
    asked = []

    def refuse(address, _handler):
        asked.append(address[1])
        raise OSError(errno.EADDRINUSE, "Address already in use")

    monkeypatch.setattr(serving_module, "StoreServer", refuse)
    with pytest.raises(SettingsError, match="no port from 65534 to 65535 is free"):
        start_server(site, 65_534)
    assert asked == [65_534, 65_535]


def test_a_port_that_is_not_allowed_says_so(site, monkeypatch):
    def refuse(_address, _handler):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(serving_module, "StoreServer", refuse)
    with pytest.raises(SettingsError, match=r"^--port: port 80 cannot be used: Permission denied\. Give another"):
        start_server(site, 80)


def test_a_folder_that_is_no_store_is_not_served(tmp_path):
    with pytest.raises(SettingsError, match=r"there is no built store\. Run shopwright build first\."):
        start_server(tmp_path, 0)


def test_the_command_in_this_process(site, monkeypatch):
    def interrupted(_server):
        raise KeyboardInterrupt

    monkeypatch.setattr(module.StoreServer, "serve_forever", interrupted)
    result = CliRunner().invoke(module.serve, [str(site), "--port", "0"])
    assert result.exit_code == 0
    assert re.fullmatch(
        r"The store is served\. Open this address: http://127\.0\.0\.1:\d+/\nPress Ctrl-C to stop\.\nStopped\.\n",
        result.stdout,
    )


def test_the_command_says_where_and_stops_when_asked(site):
    command = [sys.executable, "-u", "-m", "shopwright", "serve", str(site), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        said, hint = process.stdout.readline(), process.stdout.readline()
        port = int(re.fullmatch(r"The store is served\. Open this address: http://127\.0\.0\.1:(\d+)/\n", said)[1])
        assert ask(port, "/")[2] == "home"
        os.kill(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=20)
    assert (process.returncode, hint + out, err) == (0, "Press Ctrl-C to stop.\nStopped.\n", "")


def test_a_site_built_for_a_path_stands_at_that_path(site):
    entries = [
        Entry("index.html", "", 4, "key", "/shops/luna/"),
        Entry("404.html", "", 8, "key", "/shops/luna/404.html"),
    ]
    (site / MARK / "manifest.jsonl").write_bytes(manifest_bytes(entries))
    with serving(site) as port:
        for path in ("/", "/shops/luna"):
            status, headers, _ = ask(port, path)
            assert (status, headers["Location"]) == (302, "/shops/luna/")
        assert ask(port, "/shops/luna/")[::2] == (200, "home")
        assert ask(port, "/shops/luna/products/luna/")[::2] == (200, "luna")
        assert ask(port, "/shops/luna/de/gone/")[::2] == (404, "nicht da")
        assert ask(port, "/products/luna/")[::2] == (404, "not here")
        assert "immutable" in ask(port, "/shops/luna/assets/site.0123.css")[1]["Cache-Control"]


def test_many_stores_in_a_folder(site, tmp_path):
    root = tmp_path / "root"
    shutil.copytree(site, root / "luna.example")
    (root / "empty.example").mkdir()
    (root / ".hidden").mkdir()
    with served(module._hosts(None, "", root, ())) as port:
        assert ask(port, "/", Host="luna.example")[::2] == (200, "home")
        for name in ("sol.example", "empty.example", "..", ".hidden", "../site", ""):
            assert ask(port, "/", Host=name)[0] == 404
        (root / "luna.example").rename(root / "old")
        shutil.copytree(site, root / "luna.example")
        (root / "luna.example/index.html").write_text("built again")
        assert ask(port, "/", Host="luna.example")[2] == "built again"


def test_stores_named_one_by_one(site):
    with served(module._hosts(None, "", None, (f"Luna.example={site}", f"sol.example={site}"))) as port:
        assert ask(port, "/", Host="luna.example")[0] == ask(port, "/", Host="sol.example:1")[0] == 200
        assert ask(port, "/", Host="other.example")[0] == 404


def test_a_published_store_is_served_from_its_target(site, tmp_path, monkeypatch):
    monkeypatch.setenv("SHOPWRIGHT_STATE", str(tmp_path / "state"))
    current_settings.cache_clear()
    target = FolderObjects(tmp_path / "target")
    publish(site, target, load_signer(current_settings().release_key))
    for hosts in (
        module._hosts(None, str(target.root), None, ()),
        module._hosts(None, "", None, (f"a.b={target.root}",)),
    ):
        with served(hosts) as port:
            assert ask(port, "/", Host="a.b")[::2] == (200, "home")
    current_settings.cache_clear()


@pytest.mark.parametrize(
    ("given", "what"),
    [
        ((None, "", None, ()), "one thing to serve"),
        (("site", "target", None, ()), "one thing to serve"),
        (("site", "", "root", ()), "one thing to serve"),
        ((None, "", "gone", ()), "there is no such folder"),
        ((None, "", None, ("luna.example",)), "names no host"),
        ((None, "", None, ("../x=site",)), "names no host"),
        ((None, "", None, ("luna.example=gone",)), "there is no built store"),
    ],
)
def test_what_cannot_be_served_is_told(tmp_path, monkeypatch, given, what):
    monkeypatch.chdir(tmp_path)
    site, target, root, named = given
    with pytest.raises(SettingsError, match=what):
        module._hosts(Path(site) if site else None, target, Path(root) if root else None, named)
