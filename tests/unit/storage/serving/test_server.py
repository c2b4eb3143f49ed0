"""Connections and ports."""

import socket

import pytest
from tests.loopback import running

from shopwright.errors import SettingsError
from shopwright.storage.serving import server as module
from shopwright.storage.serving.folder_site import FolderSite
from shopwright.storage.serving.hosts import one_site
from shopwright.storage.serving.server import open_server


@pytest.fixture
def hosts(make_site):
    return one_site(FolderSite(make_site()))


def test_one_connection_too_many_is_told_to_come_back(hosts, monkeypatch):
    monkeypatch.setattr(module, "MOST_CONNECTIONS", 2)
    monkeypatch.setattr(module, "_WAIT", 0.1)
    with running(open_server(hosts, 0)) as port:
        address = ("127.0.0.1", port)
        idle = [socket.create_connection(address, timeout=10) for _ in range(2)]
        with socket.create_connection(address, timeout=10) as third:
            assert third.recv(1_000).startswith(b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\n")
        idle[0].close()
        with socket.create_connection(address, timeout=10) as fourth:
            fourth.sendall(b"GET / HTTP/1.0\r\n\r\n")
            assert fourth.recv(1_000).startswith(b"HTTP/1.1 200 ")
        idle[1].close()


def test_a_client_that_left_before_it_was_turned_away(hosts, monkeypatch):
    monkeypatch.setattr(module, "MOST_CONNECTIONS", 0)
    monkeypatch.setattr(module, "_WAIT", 0.01)
    with open_server(hosts, 0) as server, socket.create_connection(("127.0.0.1", server.server_address[1])) as client:
        request, address = server.get_request()
        request.shutdown(socket.SHUT_RDWR)
        server.process_request(request, address)
        assert client.recv(10) == b""


def test_an_address_that_is_not_ours_is_refused(hosts):
    with pytest.raises(SettingsError, match="cannot be used"):
        open_server(hosts, 0, "203.0.113.1")
