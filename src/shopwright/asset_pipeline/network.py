"""Connections that a merchant's address may open: to public machines only, and for a bounded time.

The address that was checked is the address that is connected to: a name is resolved once, here, so an answer that
changes between check and use (DNS rebinding) changes nothing, and every redirect passes through here again.
"""

import socket
import ssl
import threading
import time
from collections.abc import Iterable
from typing import Any

import httpcore

from shopwright.errors import PictureError
from shopwright.public_address import is_public

_ADDRESSES_TRIED = 3


class Deadline(threading.local):
    """When the fetch that runs in this thread must be over."""

    at = 0.0

    def start(self, seconds: float) -> None:
        """Give this thread's fetch ``seconds`` from now."""
        self.at = time.monotonic() + seconds

    def left(self, most: float | None) -> float:
        """Seconds left, at most ``most``. Raises httpcore.ReadTimeout when there are none."""
        left = self.at - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout
        return left if most is None else min(left, most)


class GuardedNetwork(httpcore.SyncBackend):
    """Opens TCP connections to public addresses (``allow_private``: to any), each held to ``deadline``."""

    def __init__(self, deadline: Deadline, *, allow_private: bool) -> None:
        self._deadline = deadline
        self._allow_private = allow_private

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address of ``host`` that answers. Raises PictureError when none of them is public."""
        failure: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in self._addresses(host, port)[:_ADDRESSES_TRIED]:
            try:
                left = self._deadline.left(timeout)
                stream = super().connect_tcp(address, port, left, local_address, socket_options)
                return _TimedStream(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    def _addresses(self, host: str, port: int) -> list[str]:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"{host} has no address") from error
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        public = [address for address in addresses if self._allow_private or is_public(address)]
        if addresses and not public:
            raise PictureError(
                f"picture address refused: {host} is not on the public internet.",
                remedy="Use a public address, or allow private addresses in the settings.",
            )
        return public


class _TimedStream(httpcore.NetworkStream):
    """A connection whose every wait ends at the deadline: a server that drips a byte at a time gains nothing."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left(timeout))
        return _TimedStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)
