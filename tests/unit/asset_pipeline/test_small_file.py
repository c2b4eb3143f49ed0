import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from shopwright.asset_pipeline.small_file import fetch_small


class Answers(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/token")
            self.end_headers()
            return
        self.send_response(200 if self.path in ("/token", "/long") else 404)
        self.end_headers()
        self.wfile.write(b"token" if self.path != "/long" else b"x" * 100_000)

    def log_message(self, *words):
        pass


@pytest.fixture(scope="module")
def site():
    with HTTPServer(("127.0.0.1", 0), Answers) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_the_beginning_of_a_file(site):
    assert fetch_small(f"{site}/token", 100, allow_private=True) == b"token"
    assert fetch_small(f"{site}/long", 100, allow_private=True) == b"x" * 100


@pytest.mark.parametrize("path", ["/moved", "/missing"])
def test_only_the_file_itself_counts(site, path):
    assert fetch_small(f"{site}{path}", 100, allow_private=True) == b""


def test_nothing_of_a_private_network_is_asked(site):
    assert fetch_small(f"{site}/token", 100) == b""


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/", "http://", "nonsense", "http://a b/"])
def test_where_nobody_answers_there_is_nothing(address):
    assert fetch_small(address, 100, allow_private=True) == b""
