"""Answers to requests: what a CDN in front of a store's files would give."""

import io
import sys
import time
from contextlib import suppress
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from socket import socket

from shopwright.errors import StorageError
from shopwright.storage.delivery import CHECKED, SECURITY
from shopwright.storage.serving.addresses import decoded, find_file, is_folder, is_plain, location, not_found_page
from shopwright.storage.serving.coding import Compressor
from shopwright.storage.serving.hosts import Hosts
from shopwright.storage.serving.ranges import Part, asked_part
from shopwright.storage.serving.resource import Form, Resource, Site

IDLE_SECONDS = 10.0
"""A connection on which no new request arrives whole for so long is closed."""

SEND_SECONDS = 20.0
"""A client must take each piece of an answer within this time."""

_PIECE = 128 * 1024


class StoreHandler(BaseHTTPRequestHandler):
    """One connection. ``hosts`` and ``compressor`` are set by the server."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # head and body are two writes: the second must not wait for the first's receipt
    server_version = "Shopwright"
    sys_version = ""
    hosts: Hosts
    compressor: Compressor
    path = "/"
    """The target asked for; this one until a request has been read."""

    def setup(self) -> None:
        """Read with a deadline for each request, so that a client that drips a byte at a time gains nothing."""
        super().setup()
        self._patient = _Patient(self.connection)
        self.rfile = io.BufferedReader(self._patient)

    def handle_one_request(self) -> None:
        """Answer the next request, if it arrives in time."""
        self._patient.until = time.monotonic() + IDLE_SECONDS
        super().handle_one_request()

    def do_GET(self) -> None:
        """Answer with the file, or why not."""
        self.connection.settimeout(SEND_SECONDS)
        if self.headers.get("Content-Length", "0") != "0" or "Transfer-Encoding" in self.headers:
            self.close_connection = True  # a body nobody reads must not be taken for the next request
        names = self.headers.get_all("Host", [])
        if len(names) > 1 or (not names and self.request_version == "HTTP/1.1"):
            self.send_error(HTTPStatus.BAD_REQUEST, "One Host header is needed")
            return
        site = self.hosts.find(names[0] if names else "")
        if site is None:
            self.send_error(HTTPStatus.NOT_FOUND, "No store by this name")
            return
        try:
            self._answer(site)
        except StorageError as error:
            print(f"shopwright: {error}", file=sys.stderr)  # noqa: T201 - the operator's log; visitors are told nothing
            self.close_connection = True
            self.send_error(HTTPStatus.SERVICE_UNAVAILABLE)

    def do_HEAD(self) -> None:
        """Answer as to GET, without the bytes."""
        self.do_GET()

    def _answer(self, site: Site) -> None:
        base, path = site.base, decoded(self.path)
        if base and path.rstrip("/") in ("", base) and path != f"{base}/":
            self._redirect(HTTPStatus.FOUND, f"{base}/")
            return
        below = path.removeprefix(base)
        if not path.startswith(f"{base}/") or not is_plain(below):
            self._missing(site, HTTPStatus.NOT_FOUND, path)
            return
        found = find_file(site, below)
        if found:
            self._send(found)
        elif is_folder(site, below):
            self._redirect(HTTPStatus.MOVED_PERMANENTLY, location(f"{path}/", self.path))
        else:
            self._moved(site, base, below)

    def _moved(self, site: Site, base: str, path: str) -> None:
        redirect = site.redirect(path)
        if redirect is None or redirect.status == HTTPStatus.GONE:
            self._missing(site, HTTPStatus(redirect.status) if redirect else HTTPStatus.NOT_FOUND, path)
            return
        local = base if redirect.location.startswith("/") else ""
        self._redirect(HTTPStatus(redirect.status), local + redirect.location)

    def _redirect(self, status: HTTPStatus, target: str) -> None:
        self.send_response(status)
        self.send_header("Location", target)
        self._say({"Content-Length": "0", "Cache-Control": CHECKED, **SECURITY})

    def _missing(self, site: Site, status: HTTPStatus, path: str) -> None:
        page = not_found_page(site, path.removeprefix(site.base))
        if page is None:
            self.send_error(status)
            return
        coding, form = self.compressor.chosen(page, self.headers.get("Accept-Encoding", ""))
        headers = {name: value for name, value in page.headers.items() if name != "Last-Modified"}
        self.send_response(status)
        self._say({**headers, **_coding(coding), "Content-Length": str(form.size)})
        self._send_bytes(form, Part(0, form.size))

    def _send(self, found: Resource) -> None:
        """The file: whole, in part, or only that it is the same as the client's."""
        ranged = self.headers.get("Range", "")
        coding, form = self.compressor.chosen(found, "" if ranged else self.headers.get("Accept-Encoding", ""))
        headers = {**found.headers, **_coding(coding), "ETag": form.etag, "Accept-Ranges": "bytes"}
        if self._known(found, form):
            self.send_response(HTTPStatus.NOT_MODIFIED)
            self._say({name: value for name, value in headers.items() if name != "Content-Encoding"})
            return
        part = asked_part(ranged, form.size) if self.headers.get("If-Range", form.etag) == form.etag else None
        if part and not part.length:
            self.send_response(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
            self._say({**SECURITY, "Content-Range": f"bytes */{form.size}", "Content-Length": "0"})
            return
        if part:
            headers["Content-Range"] = f"bytes {part.start}-{part.end - 1}/{form.size}"
        self.send_response(HTTPStatus.PARTIAL_CONTENT if part else HTTPStatus.OK)
        part = part or Part(0, form.size)
        self._say({**headers, "Content-Length": str(part.length)})
        self._send_bytes(form, part)

    def _known(self, found: Resource, form: Form) -> bool:
        """Whether the client has this form already (RFC 9110, section 13.1)."""
        tags = self.headers.get("If-None-Match")
        if tags is not None:
            known = [tag.strip().removeprefix("W/") for tag in tags.split(",")]
            return form.etag in known or known == ["*"]
        since = self.headers.get("If-Modified-Since")
        if since and found.modified is not None:
            with suppress(ValueError, OverflowError):
                return int(found.modified) <= parsedate_to_datetime(since).timestamp()
        return False

    def _say(self, headers: dict[str, str]) -> None:
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def _send_bytes(self, form: Form, part: Part) -> None:
        if self.command == "HEAD":
            return
        with form.opened() as file:
            file.seek(part.start)
            left = part.length
            while left > 0 and (piece := file.read(min(left, _PIECE))):
                self.wfile.write(piece)
                left -= len(piece)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet: a page load is no event."""


def _coding(coding: str) -> dict[str, str]:
    return {"Content-Encoding": coding} if coding else {}


class _Patient(io.RawIOBase):
    """What a client sends, until a deadline."""

    def __init__(self, connection: socket) -> None:
        super().__init__()
        self._connection = connection
        self.until = 0.0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        left = self.until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._connection.settimeout(left)
        return self._connection.recv_into(buffer)
