"""``shopwright serve``: a built store on this machine, as a web server would give it."""

import errno
import re
import socket
import sys
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

import click

from shopwright.errors import SettingsError
from shopwright.generation.manifest import read_manifest
from shopwright.storage.exchange import MARK

PORTS_TRIED = 20
_FOREVER = "public, max-age=31536000, immutable"
_CHECKED = "no-cache"
_FOUND = (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED)
_LOCALE = re.compile("[a-z]{2,3}(-[a-z0-9]{2,4}){0,2}")
_PORTS = 65_536
_REMEDY = "Give another with --port."


class StoreServer(ThreadingHTTPServer):
    """A loopback server for one built store."""

    daemon_threads = True
    allow_reuse_address = False
    address_family = socket.AF_INET
    base = ""
    """The path the site was built for: ``/shops/luna`` of ``https://agency.example/shops/luna``."""

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that went away is no event."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class StoreHandler(SimpleHTTPRequestHandler):
    """Files with the headers a CDN would send: hashed files for ever, pages checked each time, the store's own 404."""

    protocol_version = "HTTP/1.1"
    extensions_map = {
        **SimpleHTTPRequestHandler.extensions_map,
        ".html": "text/html; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".css": "text/css; charset=utf-8",
        ".json": "application/json",
        ".svg": "image/svg+xml",
        ".webp": "image/webp",
        ".avif": "image/avif",
        ".woff2": "font/woff2",
        ".xml": "application/xml",
        ".txt": "text/plain; charset=utf-8",
    }

    path = "/"
    """The address asked for; this one until a request has been read."""
    _for_ever = False

    @property
    def _base(self) -> str:
        return self.server.base if isinstance(self.server, StoreServer) else ""

    def translate_path(self, path: str) -> str:
        """The file behind an address below the site's own path."""
        return super().translate_path(path.removeprefix(self._base))

    @property
    def _asked(self) -> str:
        """The path of the address, decoded."""
        return unquote(self.path.partition("?")[0].partition("#")[0])

    def send_head(self):  # type: ignore[no-untyped-def]  # noqa: ANN201 - the base class's own signature
        """The file of the address; hidden files and folder listings are not there."""
        base = self._base
        if base and self._asked.rstrip("/") in ("", base) and self._asked != f"{base}/":
            self.send_response(HTTPStatus.FOUND)
            self.send_header("Location", f"{base}/")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return None
        outside = not self._asked.startswith(f"{base}/")
        if outside or any(part.startswith(".") for part in self._asked.split("/")) or "\0" in self._asked:
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        return super().send_head()

    def list_directory(self, path):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201, ARG002 - as above
        """A folder without a page is no page."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """The store's own 404 page, in the language of the address."""
        page = self._not_found_page() if code == HTTPStatus.NOT_FOUND else None
        if page is None:
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _not_found_page(self) -> Path | None:
        root = Path(self.directory)
        first = self._asked.removeprefix(self._base).strip("/").split("/")[0]
        folders = (root / first, root) if _LOCALE.fullmatch(first) else (root,)
        return next((page for folder in folders if (page := folder / "404.html").is_file()), None)

    def send_response(self, code: int, message: str | None = None) -> None:
        """Note whether this is a file that never changes: a hashed one, and there."""
        self._for_ever = code in _FOUND and self._asked.startswith(f"{self._base}/assets/")
        super().send_response(code, message)

    def end_headers(self) -> None:
        """Caching and security headers on every answer."""
        self.send_header("Cache-Control", _FOREVER if self._for_ever else _CHECKED)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "strict-origin-when-cross-origin")
        self.send_header("X-Frame-Options", "DENY")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Quiet: a page load is no event."""


def start_server(site: Path, port: int) -> StoreServer:
    """A server for a built site on loopback, at ``port`` or the next free one (0: any). Raises ``SettingsError``."""
    if not (site / MARK).is_dir():
        raise SettingsError("there is no built store.", where=str(site), remedy="Run shopwright build first.")
    home = read_manifest(site).get("index.html")
    base = home.address.rstrip("/") if home else ""
    handler = partial(StoreHandler, directory=str(site))
    candidates = range(port, min(port + PORTS_TRIED, _PORTS)) if port else range(1)
    for candidate in candidates:
        try:
            server = StoreServer(("127.0.0.1", candidate), handler)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise SettingsError(
                    f"port {candidate} cannot be used: {error.strerror}.", where="--port", remedy=_REMEDY
                ) from error
        else:
            server.base = base
            return server
    raise SettingsError(f"no port from {port} to {candidates[-1]} is free.", where="--port", remedy=_REMEDY)


@click.command()
@click.argument("site", type=click.Path(path_type=Path))
@click.option("--port", default=8000, type=click.IntRange(0, 65_535), help="Port, or the next free one (0: any).")
def serve(site: Path, port: int) -> None:
    """Serve SITE, a folder made by shopwright build, on this machine only."""
    with start_server(site, port) as server:
        click.echo(f"The store is served. Open this address: http://127.0.0.1:{server.server_address[1]}{server.base}/")
        click.echo("Press Ctrl-C to stop.")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            click.echo("Stopped.")
