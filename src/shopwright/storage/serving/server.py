"""The server: connections, threads, ports."""

import errno
import socket
import sys
import threading
from http.server import ThreadingHTTPServer

from shopwright.errors import SettingsError
from shopwright.storage.serving.coding import Compressor
from shopwright.storage.serving.handler import StoreHandler
from shopwright.storage.serving.hosts import Hosts

PORTS_TRIED = 20
MOST_CONNECTIONS = 256
"""Connections answered at once, each in a thread; one more is told to come back."""

_PORTS = 65_536
_WAIT = 2.0
_BUSY = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
_REMEDY = "Give another with --port."


class StoreServer(ThreadingHTTPServer):
    """A server for stores by host name."""

    daemon_threads = True
    allow_reuse_address = False
    address_family = socket.AF_INET
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], hosts: Hosts) -> None:
        handler = type("Handler", (StoreHandler,), {"hosts": hosts, "compressor": Compressor()})
        self._places = threading.BoundedSemaphore(MOST_CONNECTIONS)
        super().__init__(address, handler)

    def process_request(self, request: socket.socket | tuple[bytes, socket.socket], client_address: object) -> None:
        """Give a connection a thread, if one is free soon."""
        if self._places.acquire(timeout=_WAIT):
            super().process_request(request, client_address)
            return
        assert isinstance(request, socket.socket)  # noqa: S101 - of a stream server
        try:
            request.settimeout(_WAIT)
            request.sendall(_BUSY)
        except OSError:
            pass
        finally:
            self.shutdown_request(request)

    def process_request_thread(
        self, request: socket.socket | tuple[bytes, socket.socket], client_address: object
    ) -> None:
        """Answer a connection, then give its place back."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._places.release()

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that went away, or that is too slow, is no event."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


def open_server(hosts: Hosts, port: int, bind: str = "127.0.0.1") -> StoreServer:
    """A server at ``port`` or the next free one (0: any). Raises ``SettingsError``."""
    candidates = range(port, min(port + PORTS_TRIED, _PORTS)) if port else range(1)
    for candidate in candidates:
        try:
            return StoreServer((bind, candidate), hosts)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise SettingsError(
                    f"port {candidate} cannot be used: {error.strerror}.", where="--port", remedy=_REMEDY
                ) from error
    raise SettingsError(f"no port from {port} to {candidates[-1]} is free.", where="--port", remedy=_REMEDY)
