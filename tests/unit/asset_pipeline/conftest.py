"""Pictures made for the tests, and a web server on loopback that serves, drips, redirects and breaks off."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import pyvips


def photo(width: int = 200, height: int = 120) -> pyvips.Image:
    """A smooth picture: black at the left edge, red grows to the right, green downwards."""
    ramp = pyvips.Image.xyz(width, height)
    red, green = ramp[0] * (255 / max(1, width - 1)), ramp[1] * (255 / max(1, height - 1))
    return red.bandjoin([green, (red + green) / 2]).cast("uchar").copy(interpretation="srgb")


@pytest.fixture(scope="session")
def make_photo() -> Callable[..., pyvips.Image]:
    return photo


@pytest.fixture(scope="session")
def jpeg() -> bytes:
    return photo().jpegsave_buffer(Q=90)


@dataclass
class Web:
    """A web server whose answers a test decides; ``asked`` lists the requests it got."""

    address: str = ""
    pages: dict[str, Callable[[BaseHTTPRequestHandler], None]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    server: ThreadingHTTPServer | None = None

    def serve(self, path: str, body: bytes, status: int = 200, **headers: str) -> str:
        """Answer ``path`` with ``body``; its address. Header names are written with underscores."""

        def answer(request: BaseHTTPRequestHandler) -> None:
            request.send_response(status)
            for name, value in {"Content_Length": str(len(body)), **headers}.items():
                request.send_header(name.replace("_", "-"), value)
            request.end_headers()
            request.wfile.write(body)

        return self.behave(path, answer)

    def behave(self, path: str, answer: Callable[[BaseHTTPRequestHandler], None]) -> str:
        """Answer ``path`` by calling ``answer``; its address."""
        self.pages[path] = answer
        return self.address + path


@pytest.fixture
def web() -> Iterator[Web]:
    web = Web()
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            with lock:
                web.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
                web.at_once += 1
                web.most_at_once = max(web.most_at_once, web.at_once)
            try:
                web.pages.get(self.path, lambda request: request.send_error(404))(self)
            except OSError:
                self.close_connection = True  # the client had enough
            finally:
                with lock:
                    web.at_once -= 1

        def log_message(self, *words: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, request: object, client_address: object) -> None:
            """A client that breaks off is part of the tests."""

    server = Server(("127.0.0.1", 0), Handler)
    web.server = server
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    web.address = f"http://127.0.0.1:{server.server_address[1]}"
    yield web
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def settle() -> Callable[..., None]:
    """Make files look as if they had not been touched for a while, so that their digests are remembered."""
    import os

    def age(*paths: object, seconds: float = 60) -> None:
        for path in paths:
            past = time.time() - seconds
            os.utime(path, (past, past))

    return age
