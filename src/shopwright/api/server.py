"""The server of the API: uvicorn, with bounds on what it leaves open, and an end that finishes what began."""

import asyncio
import socket
import ssl
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType
from typing import Any, cast
from urllib.parse import urlsplit

import uvicorn
import uvloop
from fastapi import FastAPI
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from shopwright.api.shell import MOST_OPEN, Shell
from shopwright.bootstrap.parts import Parts
from shopwright.errors import SettingsError

MOST_HEAD = 32_768
"""Bytes of a request's line and headers, give or take what comes at once."""

HEAD_SECONDS = 10.0
"""For the head of a request to come."""

KEEP_ALIVE_SECONDS = 15
END_SECONDS = 25
"""For requests at work to be answered when the process is asked to end; orchestrators wait 30."""

_TOO_LARGE = b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Listening:
    """Where to listen, which proxies' word is taken for where requests come from, and the files of a certificate."""

    host: str = "127.0.0.1"
    port: int = 8080
    proxies: tuple[str, ...] = ()
    certificate: Path | None = None
    key: Path | None = None
    most_open: int = MOST_OPEN


class BoundedProtocol(HttpToolsProtocol):
    """Ends a connection whose request does not come to the end of its head soon, or within its bound."""

    _head = 0
    _in_head = True
    _ends: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Count what comes before the head is whole."""
        if self._in_head:
            self._head += len(data)
            if self._head > MOST_HEAD:
                self.transport.write(_TOO_LARGE)
                self.transport.close()
                return
        super().data_received(data)

    def on_message_begin(self) -> None:
        """A request begins."""
        super().on_message_begin()
        self._in_head = True
        self._wait()

    def on_headers_complete(self) -> None:
        """Its head is whole."""
        self._in_head, self._head = False, 0
        self._stop_waiting()
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is waited for any more."""
        self._stop_waiting()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._stop_waiting()
        self._ends = self.loop.call_later(HEAD_SECONDS, self.transport.close)

    def _stop_waiting(self) -> None:
        if self._ends:
            self._ends.cancel()
            self._ends = None


class ApiServer(uvicorn.Server):
    """Serves the API until the process is asked to end; ``told`` gets the port once it listens."""

    def __init__(self, app: FastAPI, where: Listening, told: Callable[[int], None]) -> None:
        self._origin, self._where, self._told = cast("Parts", app.state.parts).origin, where, told
        self._shell = Shell(app, secure=self._origin.startswith("https:"), most_open=where.most_open)
        super().__init__(_config(self._shell, where))

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002 - the signature is uvicorn's
        """Answer what was asked, then end as any command does; asked a second time, end at once."""
        self.force_exit = self.should_exit
        self.should_exit = True

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, and say where. Raises ``SettingsError`` where that cannot be listened at."""
        try:
            await super().startup(sockets)
        except SystemExit:
            place = f"{self.config.host}:{self.config.port}"
            raise SettingsError("it cannot be listened at.", where=place, remedy="Choose another --port.") from None
        port = self.servers[0].sockets[0].getsockname()[1]
        self._shell.hosts = names_of(self._origin, replace(self._where, port=port))
        self._told(port)


def run(work: Coroutine[Any, Any, None]) -> None:
    """Do work on the event loop that is made for serving."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(work)


def names_of(origin: str, where: Listening) -> frozenset[str]:
    """The host names requests may be for: the one of the origin and, on this machine only, those of loopback."""
    own = urlsplit(origin).netloc.lower()
    near = {"localhost", "127.0.0.1"} if where.host in ("127.0.0.1", "localhost") else set()
    return frozenset({own, *(f"{name}:{where.port}" for name in near)})


def _config(app: Shell, where: Listening) -> uvicorn.Config:
    config = uvicorn.Config(
        app,
        host=where.host,
        port=where.port,
        http=BoundedProtocol,
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(where.proxies),
        forwarded_allow_ips=list(where.proxies),
        limit_concurrency=2 * where.most_open,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=END_SECONDS,
    )
    if where.certificate:
        config.ssl_certfile, config.ssl_keyfile = where.certificate, where.key
        config.ssl_version = ssl.PROTOCOL_TLS_SERVER
    return config
