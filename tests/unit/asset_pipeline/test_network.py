"""Which machines may be connected to."""

import socket
import time

import httpcore
import pytest

from shopwright.asset_pipeline.network import Deadline, GuardedNetwork
from shopwright.errors import PictureError


@pytest.fixture
def deadline() -> Deadline:
    deadline = Deadline()
    deadline.start(5)
    return deadline


def resolve_to(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    entries = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in addresses]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *words, **options: entries)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "::1"])
def test_this_machine_is_refused_however_it_is_spelled(deadline: Deadline, host: str) -> None:
    with pytest.raises((PictureError, httpcore.ConnectError)):
        GuardedNetwork(deadline, allow_private=False).connect_tcp(host, 9)


def test_a_name_that_leads_home_is_refused(deadline: Deadline, monkeypatch: pytest.MonkeyPatch) -> None:
    resolve_to(monkeypatch, "10.0.0.7", "169.254.169.254")
    with pytest.raises(PictureError) as refused:
        GuardedNetwork(deadline, allow_private=False).connect_tcp("inside.example", 80)
    assert refused.value.what == "picture address refused: inside.example is not on the public internet."


def test_only_the_checked_addresses_are_tried(deadline: Deadline, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []

    def connect(network: object, host: str, *rest: object) -> None:
        tried.append(host)
        raise httpcore.ConnectTimeout

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
    resolve_to(monkeypatch, "8.8.8.8", "127.0.0.1", "8.8.4.4", "8.8.8.8", "1.1.1.1", "9.9.9.9")
    with pytest.raises(httpcore.ConnectTimeout):
        GuardedNetwork(deadline, allow_private=False).connect_tcp("mixed.example", 80)
    assert tried == ["8.8.8.8", "8.8.4.4", "1.1.1.1"]


def test_a_name_nobody_knows(deadline: Deadline, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*words: object, **options: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    with pytest.raises(httpcore.ConnectError, match=r"no\.example has no address"):
        GuardedNetwork(deadline, allow_private=False).connect_tcp("no.example", 80)
    resolve_to(monkeypatch)
    with pytest.raises(httpcore.ConnectError, match=r"no\.example has no address"):
        GuardedNetwork(deadline, allow_private=False).connect_tcp("no.example", 80)


def test_a_connection_ends_at_its_deadline() -> None:
    deadline = Deadline()
    deadline.start(0.2)
    with socket.create_server(("127.0.0.1", 0)) as server:
        stream = GuardedNetwork(deadline, allow_private=True).connect_tcp(*server.getsockname())
        accepted, _ = server.accept()
        with accepted:
            stream.write(b"hello", 5)
            assert accepted.recv(5) == b"hello"
            assert stream.get_extra_info("socket") is not None
            started = time.monotonic()
            with pytest.raises(httpcore.ReadTimeout):
                stream.read(1, 5)
            assert 0.05 < time.monotonic() - started < 2
            with pytest.raises(httpcore.ReadTimeout):
                stream.read(1)
        stream.close()


def test_what_is_left_of_the_time() -> None:
    deadline = Deadline()
    deadline.start(10)
    assert deadline.left(3) == 3
    assert 9 < deadline.left(None) <= 10
