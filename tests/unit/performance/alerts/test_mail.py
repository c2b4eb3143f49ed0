import socket
import ssl
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from tests.unit.performance.alerts.test_message import message

from shopwright.performance.alerts import mail
from shopwright.performance.alerts.contact import Mail


class Keeps:
    """Keeps what it is sent; takes no mail for ``nobody``."""

    def __init__(self):
        self.heard, self.logins = [], []

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - the server's name
        if address.startswith("nobody"):
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - as above
        self.heard.append((envelope.rcpt_tos, message_from_bytes(envelope.content, policy=policy.default)))
        return "250 OK"

    def authenticate(self, server, session, envelope, mechanism, data):
        self.logins.append((data.login, data.password))
        return AuthResult(success=data.password == b"hunter2", handled=False)


@pytest.fixture
def listening():
    """A mail server: its port and what it keeps."""
    keeps = Keeps()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    asked = {"authenticator": keeps.authenticate, "auth_require_tls": False}
    controller = Controller(keeps, hostname="127.0.0.1", port=port, **asked)
    controller.start()
    yield port, keeps
    controller.stop()


def box(port, **changed):
    usual = {"kind": "mail", "to": ["ops@shop.example"], "sender": "alerts@shop.example", "server": "127.0.0.1"}
    return Mail.model_validate({**usual, "port": port, "tls": "never", **changed})


def test_a_message_arrives(listening):
    port, keeps = listening
    mail.tell(box(port, to=["ops@shop.example", "boss@shop.example"]), message(says="Zu viele – é"))
    ((to, heard),) = keeps.heard
    assert to == ["ops@shop.example", "boss@shop.example"]
    assert heard["Subject"] == "[firing] Zu viele – é (shop-1/api)"
    assert heard["From"] == "alerts@shop.example"
    assert heard["Date"].datetime == message().at
    assert heard["Auto-Submitted"] == "auto-generated"
    assert heard["Message-ID"] == "<too-many.firing.shop-1.api.1795492800@shop.example>"
    assert heard.get_content().replace("\r\n", "\n") == message(says="Zu viele – é").as_text()


def test_who_sends_says_who_it_is_where_that_is_asked(listening, tmp_path):
    port, keeps = listening
    (tmp_path / "password").write_text("hunter2\n")
    mail.tell(box(port, user="shop", password_file=str(tmp_path / "password")), message())
    assert keeps.logins == [(b"shop", b"hunter2")]
    (tmp_path / "password").write_text("wrong")
    with pytest.raises(OSError, match="535"):
        mail.tell(box(port, user="shop", password_file=str(tmp_path / "password")), message())
    assert len(keeps.heard) == 1


def test_a_mailbox_that_is_not_there(listening):
    port, _ = listening
    with pytest.raises(OSError, match="no such mailbox"):
        mail.tell(box(port, to=["nobody@shop.example"]), message())
    with pytest.raises(OSError, match="it was not taken for 1 of 2"):
        mail.tell(box(port, to=["ops@shop.example", "nobody@shop.example"]), message())


@pytest.mark.parametrize("tls", ["always", "starttls"])
def test_a_server_without_the_security_that_is_asked_for_is_told_nothing(listening, tls):
    port, keeps = listening
    with pytest.raises((ssl.SSLError, OSError)):
        mail.tell(box(port, tls=tls), message())
    assert keeps.heard == []
