"""Fetching from a real server on loopback: bounds, politeness, copies, and no network at all."""

import hashlib
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import httpcore
import orjson
import pytest

from shopwright.asset_pipeline.fetch import AddressOriginals
from shopwright.asset_pipeline.recipe import LIMITS
from shopwright.errors import PictureError, StorageError

Request = BaseHTTPRequestHandler


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "fetched"


@pytest.fixture
def originals(folder: Path) -> Iterator[AddressOriginals]:
    """With the usual time: on a busy machine loopback can be slow too."""
    originals = AddressOriginals(folder, allow_private=True, limits=replace(LIMITS, file_bytes=100_000))
    yield originals
    originals.close()


@pytest.fixture
def hasty(folder: Path) -> Iterator[AddressOriginals]:
    originals = AddressOriginals(folder, allow_private=True, limits=replace(LIMITS, seconds=0.5))
    yield originals
    originals.close()


def refusal(originals: AddressOriginals, address: str) -> str:
    assert originals.known(address) is None
    with pytest.raises(PictureError) as refused:
        originals.get(address)
    assert refused.value.remedy
    return refused.value.what


def expire(folder: Path) -> None:
    """Make every copy stale."""
    for note in folder.rglob("*.json"):
        note.write_bytes(orjson.dumps({**orjson.loads(note.read_bytes()), "fresh_until": 0}))


def redirect(target: str, status: int = 302) -> Callable[[Request], None]:
    def answer(request: Request) -> None:
        request.send_response(status)
        request.send_header("Location", target)
        request.send_header("Content-Length", "0")
        request.end_headers()

    return answer


def test_a_picture_is_fetched_once(web: Any, tmp_path: Path, jpeg: bytes) -> None:
    stored: list[int] = []
    originals = AddressOriginals(tmp_path, allow_private=True, note=stored.append)
    address = web.serve("/a.jpg", jpeg, Content_Type="image/jpeg")
    assert originals.known(address) is None
    original = originals.get(address)
    assert original.sha256 == hashlib.sha256(jpeg).hexdigest()
    assert original.path.read_bytes() == jpeg
    assert originals.known(address) == originals.get(address) == original
    assert stored == [len(jpeg)]
    originals.close()
    ((path, headers),) = web.asked
    assert path == "/a.jpg"
    assert headers == {
        "host": web.address.removeprefix("http://"),
        "user-agent": "Shopwright picture fetcher",
        "accept": "image/*",
        "accept-encoding": "identity",
    }


def test_a_later_build_asks_nothing_while_the_copy_is_fresh(
    web: Any, originals: AddressOriginals, folder: Path, jpeg: bytes
) -> None:
    address = web.serve("/a.jpg", jpeg, Cache_Control="max-age=86400")
    original = originals.get(address)
    assert AddressOriginals(folder, allow_private=True).known(address) == original
    assert len(web.asked) == 1


def test_a_stale_copy_is_asked_about(web: Any, originals: AddressOriginals, folder: Path, jpeg: bytes) -> None:
    def answer(request: Request) -> None:
        request.send_response(304 if request.headers["If-None-Match"] == '"v1"' else 200)
        request.send_header("Content-Length", str(len(jpeg)))
        request.send_header("ETag", '"v1"')
        request.send_header("Last-Modified", "Mon, 01 Jun 2026 10:00:00 GMT")
        request.end_headers()
        if not request.headers["If-None-Match"]:
            request.wfile.write(jpeg)

    address = web.behave("/a.jpg", answer)
    original = originals.get(address)
    expire(folder)
    assert originals.known(address) is None
    assert originals.get(address) == original
    assert originals.known(address) == original  # fresh again
    assert web.asked[1][1]["if-none-match"] == '"v1"'
    assert web.asked[1][1]["if-modified-since"] == "Mon, 01 Jun 2026 10:00:00 GMT"


def test_a_changed_picture_replaces_its_copy(web: Any, originals: AddressOriginals, folder: Path, jpeg: bytes) -> None:
    address = web.serve("/a.jpg", jpeg)
    originals.get(address)
    expire(folder)
    web.serve("/a.jpg", jpeg + b"\0")
    assert originals.get(address).sha256 == hashlib.sha256(jpeg + b"\0").hexdigest()


@pytest.mark.parametrize("status", [500, 503, 429])
def test_an_old_copy_helps_when_the_host_is_in_trouble(
    web: Any, originals: AddressOriginals, folder: Path, jpeg: bytes, status: int
) -> None:
    address = web.serve("/a.jpg", jpeg)
    original = originals.get(address)
    expire(folder)
    web.serve("/a.jpg", b"", status=status)
    assert originals.get(address) == original


def test_a_picture_taken_down_is_missing_despite_its_copy(
    web: Any, originals: AddressOriginals, folder: Path, jpeg: bytes
) -> None:
    address = web.serve("/a.jpg", jpeg)
    originals.get(address)
    expire(folder)
    web.serve("/a.jpg", b"", status=410)
    assert refusal(originals, address) == "picture missing: the server answered 410."


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(web: Any, originals: AddressOriginals, jpeg: bytes, status: int) -> None:
    web.serve("/real.jpg", jpeg)
    web.behave("/b.jpg", redirect("/real.jpg", status))
    assert originals.get(web.behave("/a.jpg", redirect("b.jpg", status))).path.read_bytes() == jpeg


def test_redirects_end(web: Any, originals: AddressOriginals) -> None:
    address = web.behave("/a.jpg", redirect("/a.jpg"))
    assert refusal(originals, address) == "picture address refused: more than 3 redirects."
    assert len(web.asked) == 4


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://x/y", "http://user:word@x/"])
def test_a_redirect_to_anything_else_is_refused(web: Any, originals: AddressOriginals, target: str) -> None:
    assert refusal(originals, web.behave("/a.jpg", redirect(target))) == f"picture address refused: '{target}'."


def test_private_machines_are_not_asked(web: Any, folder: Path, jpeg: bytes) -> None:
    web.serve("/a.jpg", jpeg)
    guarded = AddressOriginals(folder, allow_private=False)
    host = web.address.removeprefix("http://127.0.0.1")
    for name in ("127.0.0.1", "localhost"):
        assert refusal(guarded, f"http://{name}{host}/a.jpg") == (
            f"picture address refused: {name} is not on the public internet."
        )
    assert web.asked == []
    guarded.close()


def test_a_redirect_to_a_private_machine_is_not_followed(
    web: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first host counts as public here; where it points to does not."""
    web.behave("/a.jpg", redirect(f"http://localhost:{web.address.rpartition(':')[2]}/secret"))
    monkeypatch.setattr("shopwright.asset_pipeline.network.is_public", lambda ip: resolving[-1] == "127.0.0.1")
    resolving: list[str] = []
    resolve = socket.getaddrinfo

    def watch(host: str, *rest: Any, **options: Any) -> Any:
        resolving.append(host)
        return resolve(host, *rest, **options)

    monkeypatch.setattr(socket, "getaddrinfo", watch)
    guarded = AddressOriginals(folder, allow_private=False)
    assert refusal(guarded, f"{web.address}/a.jpg") == (
        "picture address refused: localhost is not on the public internet."
    )
    assert [path for path, _ in web.asked] == ["/a.jpg"]
    guarded.close()


def test_a_missing_picture_is_asked_for_once(web: Any, originals: AddressOriginals) -> None:
    for _ in range(3):
        assert refusal(originals, f"{web.address}/none.jpg") == "picture missing: the server answered 404."
    assert len(web.asked) == 1


@pytest.mark.parametrize(
    ("body", "kind", "complaint"),
    [
        (
            b"<html>Sign in</html>",
            "text/html; charset=utf-8",
            "not a picture: the server sent text/html; charset=utf-8.",
        ),
        (b"<html>Sign in</html>", "image/jpeg", "not a picture: the file is a web page."),
        (b"", "image/jpeg", "not a picture: the file is empty."),
        (b"PK\3\4", "application/octet-stream", "not a picture: the file begins with b'PK\\x03\\x04'."),
    ],
)
def test_what_is_no_picture_is_not_kept(
    web: Any, originals: AddressOriginals, folder: Path, body: bytes, kind: str, complaint: str
) -> None:
    assert refusal(originals, web.serve("/a.jpg", body, Content_Type=kind)) == complaint
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_a_body_announced_too_long_is_not_read(web: Any, originals: AddressOriginals, jpeg: bytes) -> None:
    address = web.serve("/a.jpg", jpeg, Content_Length="100001")
    assert refusal(originals, address) == "picture too large: more than 100,000 bytes."


def test_an_endless_body_ends(web: Any, originals: AddressOriginals, folder: Path, jpeg: bytes) -> None:
    sent = 0

    def pour(request: Request) -> None:
        nonlocal sent
        request.send_response(200)
        request.send_header("Connection", "close")
        request.end_headers()
        request.wfile.write(jpeg)
        while sent < 100_000_000:
            request.wfile.write(b"\0" * 65_536)
            sent += 65_536

    assert refusal(originals, web.behave("/a.jpg", pour)) == "picture too large: more than 100,000 bytes."
    assert sent < 50_000_000
    assert [path for path in folder.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("part", ["headers", "body"])
def test_a_slow_drip_ends_in_time(web: Any, hasty: AddressOriginals, part: str) -> None:
    whole = False

    def drip(request: Request) -> None:
        nonlocal whole
        start = b"HTTP/1.1 200 OK\r\n" + (b"X: " if part == "headers" else b"Content-Length: 5000\r\n\r\n\xff\xd8\xff")
        for byte in start + b"a" * 100:
            request.wfile.write(bytes([byte]))
            time.sleep(0.05)
        whole = True

    what = refusal(hasty, web.behave("/a.jpg", drip))
    assert what == f"picture takes too long: {web.address.removeprefix('http://')} did not deliver it within 0.5 s."
    assert not whole


def test_a_body_cut_off_is_not_kept(web: Any, originals: AddressOriginals, folder: Path, jpeg: bytes) -> None:
    def cut(request: Request) -> None:
        request.send_response(200)
        request.send_header("Content-Length", "5000")
        request.end_headers()
        request.wfile.write(jpeg[:500])
        request.close_connection = True

    assert refusal(originals, web.behave("/a.jpg", cut)).startswith("picture truncated: 127.0.0.1:")
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def test_a_full_disk_is_no_fault_of_the_picture(
    web: Any, originals: AddressOriginals, folder: Path, jpeg: bytes
) -> None:
    folder.write_bytes(b"in the way")
    with pytest.raises(StorageError, match="cannot be written"):
        originals.get(web.serve("/a.jpg", jpeg))


def test_a_host_is_asked_for_four_pictures_at_a_time(web: Any, originals: AddressOriginals, jpeg: bytes) -> None:
    def slow(request: Request) -> None:
        time.sleep(0.05)
        request.send_response(200)
        request.send_header("Content-Length", str(len(jpeg)))
        request.end_headers()
        request.wfile.write(jpeg)

    addresses = [web.behave(f"/{number}.jpg", slow) for number in range(12)]
    with ThreadPoolExecutor(12) as threads:
        assert len(set(threads.map(lambda address: originals.get(address).path, addresses))) == 12
    assert 2 <= web.most_at_once <= 4


def test_one_address_asked_for_at_once_by_many_is_fetched_once(
    web: Any, originals: AddressOriginals, jpeg: bytes
) -> None:
    address = web.serve("/a.jpg", jpeg)
    with ThreadPoolExecutor(8) as threads:
        assert len(set(threads.map(originals.get, [address] * 8))) == 1
    assert len(web.asked) == 1


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


def test_a_host_that_is_gone_is_given_up(originals: AddressOriginals, monkeypatch: pytest.MonkeyPatch) -> None:
    host = f"127.0.0.1:{closed_port()}"
    asked = []
    connect = socket.create_connection
    monkeypatch.setattr(
        socket, "create_connection", lambda *words, **rest: asked.append(words) or connect(*words, **rest)
    )
    complaints = {refusal(originals, f"http://{host}/{number}.jpg") for number in range(300)}
    assert complaints == {f"picture unreachable: no connection to {host}."}
    assert len(asked) == 3


def test_a_host_that_recovers_is_not_given_up(web: Any, originals: AddressOriginals, jpeg: bytes) -> None:
    good = [web.serve(f"/{number}.jpg", jpeg) for number in range(6)]
    bad = [web.serve(f"/bad{number}.jpg", b"", status=503) for number in range(6)]
    for works, fails in zip(good, bad, strict=True):
        assert refusal(originals, fails) == "picture unreachable: the server answered 503."
        originals.get(works)
    assert len(web.asked) == 12


def test_without_a_network_every_host_is_given_up(originals: AddressOriginals, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def fail(host: str, *words: object, **options: object) -> None:
        asked.append(host)
        raise socket.gaierror(-3, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    addresses = [f"http://host{number}.example/{picture}.jpg" for number in range(100) for picture in range(3)]
    complaints = [refusal(originals, address) for address in addresses]
    assert len(asked) == 9  # three hosts, three times each
    assert complaints[0] == "picture unreachable: no connection to host0.example."
    assert complaints[-1] == "picture unreachable: there is no network."


def test_hosts_in_trouble_are_no_missing_network(
    web: Any, originals: AddressOriginals, jpeg: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three hosts answer, though badly: a fourth is still asked."""
    port = int(web.address.rpartition(":")[2])
    home = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *words, **options: home)
    for host in range(3):
        for number in range(4):
            web.serve(f"/{number}.jpg", b"", status=500)
            assert refusal(originals, f"http://host{host}.example:{port}/{number}.jpg") == (
                "picture unreachable: the server answered 500."
            )
    assert len(web.asked) == 9
    web.serve("/good.jpg", jpeg)
    assert originals.get(f"http://host9.example:{port}/good.jpg").path.exists()


def test_an_address_that_cannot_be_asked_for(originals: AddressOriginals) -> None:
    assert refusal(originals, "http://user:word@shop.example/a.jpg").startswith("picture address refused")


def test_closing_twice_or_unused_is_fine(folder: Path) -> None:
    originals = AddressOriginals(folder, allow_private=True)
    originals.close()
    assert threading.active_count() >= 1


@pytest.fixture
def secure(tmp_path: Path, web: Any, monkeypatch: pytest.MonkeyPatch) -> str:
    """The web server behind TLS, with a certificate for "localhost" that fetches trust; its port."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("needs the openssl command to make a certificate")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    request = "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost"
    command = [openssl, *request.split(), "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(command, check=True, capture_output=True)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    web.server.socket = context.wrap_socket(web.server.socket, server_side=True)
    trust = ssl.create_default_context(cafile=str(certificate))
    monkeypatch.setattr(httpcore, "default_ssl_context", lambda: trust)
    return str(web.address.rpartition(":")[2])


def test_https_is_fetched_from_the_machine_that_the_certificate_names(
    secure: str, web: Any, originals: AddressOriginals, jpeg: bytes
) -> None:
    web.serve("/a.jpg", jpeg)
    assert originals.get(f"https://localhost:{secure}/a.jpg").path.read_bytes() == jpeg
    assert web.asked[0][1]["host"] == f"localhost:{secure}"
    assert refusal(originals, f"https://127.0.0.1:{secure}/a.jpg") == (
        f"picture unreachable: no connection to 127.0.0.1:{secure}."
    )
