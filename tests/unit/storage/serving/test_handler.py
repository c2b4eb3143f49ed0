"""Answers over HTTP, as browsers, CDNs and attackers ask."""

import gzip
import http.client
import socket
import threading

import brotli
import pytest
from tests.loopback import running

from shopwright.errors import StorageError
from shopwright.storage.serving import handler as module
from shopwright.storage.serving.folder_site import FolderSite
from shopwright.storage.serving.hosts import Hosts, one_site
from shopwright.storage.serving.server import open_server

PAGE = "<h1>home</h1>" + "x" * 1_000


def serving(hosts):
    return running(open_server(hosts, 0))


@pytest.fixture
def site(make_site):
    rules = "/old/ /new/ 301\n/shop/* /products/:splat 308\n/gone/* - 410\n/away https://other.example/x 302\n"
    return make_site(
        index_dot_html=PAGE,
        large_dot_txt="0123456789" * 50_000,
        _headers="/*\n  Content-Security-Policy: default-src 'none'\n/de/\n  Cache-Control: max-age=5\n",
        _redirects=rules,
        de__404_dot_html="nicht da",
    )


@pytest.fixture
def port(site):
    with serving(one_site(FolderSite(site))) as port:
        yield port


def ask(port, path, method="GET", **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, answer.headers, body


def raw(port, request, wait=10):
    with socket.create_connection(("127.0.0.1", port), timeout=wait) as connection:
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: connection.recv(65_536), b""))


def test_the_site_s_own_headers(port):
    _, headers, _ = ask(port, "/")
    assert headers["Content-Security-Policy"] == "default-src 'none'"
    assert headers["Vary"] == "Accept-Encoding"
    assert headers["Server"].strip() == "Shopwright"
    assert ask(port, "/de/")[1]["Cache-Control"] == "max-age=5"


@pytest.mark.parametrize(("accept", "decode"), [("br, gzip", brotli.decompress), ("gzip", gzip.decompress)])
def test_text_is_compressed(port, accept, decode):
    status, headers, body = ask(port, "/", Accept_Encoding=accept)
    assert status == 200
    assert headers["Content-Encoding"] == accept.partition(",")[0]
    assert int(headers["Content-Length"]) == len(body)
    assert decode(body) == PAGE.encode()
    assert ask(port, "/", Accept_Encoding=accept, If_None_Match=headers["ETag"])[0] == 304
    assert ask(port, "/", If_None_Match=headers["ETag"])[0] == 200


def test_validators(port):
    _, headers, _ = ask(port, "/")
    for known in (headers["ETag"], f'"x", W/{headers["ETag"]}', "*"):
        status, again, body = ask(port, "/", If_None_Match=known)
        assert (status, body, again["ETag"]) == (304, b"", headers["ETag"])
        assert "Content-Length" not in again
    assert ask(port, "/", If_None_Match='"other"', If_Modified_Since=headers["Last-Modified"])[0] == 200
    assert ask(port, "/", If_Modified_Since=headers["Last-Modified"])[0] == 304
    assert ask(port, "/", If_Modified_Since="Thu, 01 Jan 1970 00:00:00 GMT")[0] == 200
    assert ask(port, "/", If_Modified_Since="yesterday")[0] == 200


@pytest.mark.parametrize(
    ("asked", "status", "body", "said"),
    [
        ("bytes=0-3", 206, b"0123", "bytes 0-3/500000"),
        ("bytes=499998-", 206, b"89", "bytes 499998-499999/500000"),
        ("bytes=-2", 206, b"89", "bytes 499998-499999/500000"),
        ("bytes=500000-", 416, b"", "bytes */500000"),
    ],
)
def test_parts(port, asked, status, body, said):
    answer = ask(port, "/large.txt", Range=asked, Accept_Encoding="br")
    assert (answer[0], answer[2], answer[1]["Content-Range"]) == (status, body, said)
    assert "Content-Encoding" not in answer[1]


def test_a_part_of_something_else_is_the_whole(port):
    etag = ask(port, "/large.txt")[1]["ETag"]
    assert ask(port, "/large.txt", Range="bytes=0-3", If_Range=etag)[0] == 206
    assert ask(port, "/large.txt", Range="bytes=0-3", If_Range='"other"')[0] == 200
    assert len(ask(port, "/large.txt", Range="bytes=0-1,3-4")[2]) == 500_000


@pytest.mark.parametrize(
    ("path", "status", "location"),
    [
        ("/old/", 301, "/new/"),
        ("/shop/a%20b?x=1", 308, "/products/a%20b"),
        ("/away", 302, "https://other.example/x"),
        ("/shop//evil.example", 404, None),
        ("/de?a=b", 301, "/de/?a=b"),
    ],
)
def test_redirects(port, path, status, location):
    answer = ask(port, path)
    assert (answer[0], answer[1]["Location"]) == (status, location)


def test_what_is_gone_is_said_with_the_page_for_it(port):
    assert ask(port, "/gone/x")[::2] == (410, b"not here")
    assert ask(port, "/de/x", Accept_Encoding="br")[::2] == (404, b"nicht da")


def test_redirects_of_a_site_below_a_path(site):
    with serving(one_site(FolderSite(site, "/shops/luna"))) as port:
        assert ask(port, "/shops/luna/old/")[1]["Location"] == "/shops/luna/new/"
        assert ask(port, "/shops/luna/away")[1]["Location"] == "https://other.example/x"
        assert ask(port, "/shops/luna/de")[1]["Location"] == "/shops/luna/de/"
        assert ask(port, "/shops/lunatic/")[0] == 404


def test_many_stores_by_host_name(make_site):
    stores = {name: FolderSite(make_site(name, index_dot_html=name)) for name in ("luna.example", "sol.example")}
    with serving(Hosts(dict(stores))) as port:
        for name in stores:
            assert ask(port, "/", Host=f"{name.upper()}:80")[2] == name.encode()
        assert ask(port, "/", Host="other.example")[0] == 404


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"", b"400"),
        (b"Host: a\r\nHost: b\r\n", b"400"),
        (b"Host: ../../etc/passwd\r\n", b"200"),
        (b"Host: \r\n", b"200"),
        (b"Host: a\r\nX: " + b"a" * 70_000 + b"\r\n", b"431"),
        (b"Host: a\r\n" + b"X: 1\r\n" * 200, b"431"),
    ],
)
def test_odd_heads(port, head, status):
    assert raw(port, b"GET / HTTP/1.1\r\nConnection: close\r\n" + head + b"\r\n").split()[1] == status


def test_http_1_0_needs_no_host(port):
    assert raw(port, b"GET / HTTP/1.0\r\n\r\n").split()[1] == b"200"


@pytest.mark.parametrize("body", [b"Content-Length: 40\r\n", b"Transfer-Encoding: chunked\r\n"])
def test_a_body_is_not_taken_for_the_next_request(port, body):
    smuggled = b"GET /secret HTTP/1.1\r\nHost: x\r\n\r\n"
    answer = raw(port, b"GET / HTTP/1.1\r\nHost: a\r\n" + body + b"\r\n" + smuggled)
    assert answer.count(b"HTTP/1.1 ") == 1


def test_requests_follow_one_another_on_a_connection(port):
    answer = raw(port, b"GET /sw.js HTTP/1.1\r\nHost: a\r\n\r\nHEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    assert answer.count(b"HTTP/1.1 200 ") == 2
    assert answer.endswith(b"\r\n\r\n")


def drip(connection):
    for _ in range(400):
        connection.sendall(b"G")
        threading.Event().wait(0.01)


def test_a_client_that_drips_is_hung_up_on(port, monkeypatch):
    monkeypatch.setattr(module, "IDLE_SECONDS", 0.3)
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection, pytest.raises(ConnectionError):
        drip(connection)
    assert ask(port, "/")[0] == 200


def test_a_client_that_says_nothing_is_hung_up_on(port, monkeypatch):
    monkeypatch.setattr(module, "IDLE_SECONDS", 0.1)
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        assert connection.recv(10) == b""


def test_a_client_that_does_not_read_is_hung_up_on(site, monkeypatch):
    monkeypatch.setattr(module, "SEND_SECONDS", 0.2)
    (site / "huge.bin").write_bytes(b"x" * 30_000_000)
    with serving(one_site(FolderSite(site))) as port:
        with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
            connection.sendall(b"GET /huge.bin HTTP/1.1\r\nHost: a\r\n\r\n")
            threading.Event().wait(0.6)
            received = sum(map(len, iter(lambda: connection.recv(1_000_000), b"")))
        assert received < 30_000_000
        assert ask(port, "/")[0] == 200


def test_a_fault_of_the_store_is_told_to_its_operator_only(capfd):
    class Broken:
        base = ""

        def find(self, path):
            raise StorageError("the secret place is broken.", where="blob")

    with serving(one_site(Broken())) as port:
        status, _, body = ask(port, "/")
    assert status == 503
    assert b"secret" not in body
    assert capfd.readouterr().err == "shopwright: blob: the secret place is broken.\n"


@pytest.mark.parametrize("method", ["TRACE", "PUT", "POST", "DELETE", "OPTIONS", "CONNECT"])
def test_a_method_that_is_not_for_reading_is_refused(port, method):
    status, _, body = ask(port, "/", method, X_Secret="told")
    assert status == 501
    assert b"told" not in body


def test_no_folder_is_listed(port):
    for path in ("/assets/", "/assets", "/.shopwright/", "/de/.."):
        status, _, body = ask(port, path)
        assert status in (301, 404)
        assert b"site.0123.css" not in body


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/", "text/html; charset=utf-8"), ("/large.txt", "text/plain; charset=utf-8"), ("/assets/a.avif", "image/avif")],
)
def test_each_answer_says_what_it_is_and_nobody_need_guess(port, path, kind):
    _, headers, _ = ask(port, path)
    assert (headers["Content-Type"], headers["X-Content-Type-Options"]) == (kind, "nosniff")
