import base64
import hashlib
import hmac
import socket
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from tests.unit.performance.alerts.test_message import message

from shopwright.performance.alerts.contact import Webhook
from shopwright.performance.alerts.webhook import signature, tell

KEY = b"a key of 24 bytes or so!"


@pytest.fixture
def listening():
    """A server that keeps what it is sent and answers with ``status[0]``: its port, what it heard, that list."""
    heard, status = [], [204]

    class Keeps(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            heard.append((self.path, {name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(status[0])
            self.send_header("Location", "http://127.0.0.1/elsewhere")
            self.end_headers()

        def log_message(self, *said):
            pass

    server = HTTPServer(("127.0.0.1", 0), Keeps)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server.server_port, heard, status
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def hook(tmp_path):
    (tmp_path / "secret").write_text(f"whsec_{base64.b64encode(KEY).decode()}\n")

    def made(url):
        return Webhook(kind="webhook", url=url, secret_file=tmp_path / "secret")

    return made


def test_it_is_told_and_can_check_who_tells(listening, hook):
    port, heard, _ = listening
    tell(hook(f"http://localhost:{port}/alerts?team=shop"), message(), allow_private=True)
    ((path, headers, body),) = heard
    assert (path, body) == ("/alerts?team=shop", message().as_json())
    assert headers["webhook-id"] == message().id
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    digest = base64.b64encode(hmac.new(KEY, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{digest}"
    assert headers["host"] == f"localhost:{port}"


@pytest.mark.parametrize("status", [302, 400, 500])
def test_who_does_not_say_that_it_was_told_was_not(listening, hook, status):
    port, heard, says = listening
    says[0] = status
    with pytest.raises(OSError, match=f"it answers with status {status}"):
        tell(hook(f"http://127.0.0.1:{port}"), message(), allow_private=True)
    assert len(heard) == 1


def test_only_addresses_of_the_public_internet_are_told(listening, hook):
    port, heard, _ = listening
    for host in ("127.0.0.1", "localhost", "169.254.169.254", "[::1]"):
        with pytest.raises(OSError, match="not on the public internet"):
            tell(hook(f"http://{host}:{port}/"), message())
    assert heard == []


def test_what_speaks_no_http_is_an_error_of_the_line(hook):
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=_answer_nonsense, args=(server,))
        thread.start()
        with pytest.raises(OSError, match="BadStatusLine"):
            tell(hook(f"http://127.0.0.1:{server.getsockname()[1]}/"), message(), allow_private=True)
        thread.join()


def _answer_nonsense(server):
    line, _ = server.accept()
    with line:
        line.recv(65_536)
        line.sendall(b"220 mail ready\r\n\r\n")


def test_a_server_without_a_certificate_of_its_name_is_told_nothing(listening, hook):
    port, heard, _ = listening
    with pytest.raises(OSError, match=r"SSL|wrong version"):
        tell(hook(f"https://127.0.0.1:{port}/"), message(), allow_private=True)
    assert heard == []


def test_the_example_of_the_standard():
    """standardwebhooks.com, reference implementations: ``test_sign_function``."""
    secret, id_ = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek"
    signed = signature(secret, id_, 1_614_265_330, b'{"test": 2432232314}')
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_secret_that_is_none(hook, tmp_path):
    with pytest.raises(OSError, match="its secret is not base64"):
        signature("whsec_é", "id", 1, b"")
