import pytest
from pydantic import ValidationError

from shopwright.performance.alerts.contact import Mail, Webhook, read_secret

MAIL = {"kind": "mail", "to": ["ops@shop.example"], "sender": "a@shop.example", "server": "mail.shop.example"}


@pytest.mark.parametrize("url", ["https://h.example", "http://[::1]:9/a?b=c", "https://h.example:8443/x/y"])
def test_an_address_of_the_web(url):
    assert Webhook.model_validate({"kind": "webhook", "url": url, "secret_file": "/s"}).url == url


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "https://user:word@h.example/", "https://h.example/a b", "https://", "h.example"]
)
def test_what_is_none(url):
    with pytest.raises(ValidationError, match="pattern"):
        Webhook.model_validate({"kind": "webhook", "url": url, "secret_file": "/s"})


@pytest.mark.parametrize(
    "changed",
    [
        {"to": []},
        {"to": ["ops@shop.example\r\nBcc: x@y"]},
        {"to": ["ops"]},
        {"sender": "Ann <a@b>"},
        {"server": "mail example"},
        {"port": 0},
        {"tls": "perhaps"},
        {"password": "hunter2"},
    ],
)
def test_what_is_no_mailbox(changed):
    with pytest.raises(ValidationError):
        Mail.model_validate({**MAIL, **changed})


def test_a_secret_is_one_line_of_a_file(tmp_path):
    file = tmp_path / "secret"
    file.write_text(" whsec_abc \n")
    assert read_secret(file) == "whsec_abc"
    file.write_bytes(b"a" * 5_000)
    assert len(read_secret(file)) == 1_000
    with pytest.raises(FileNotFoundError):
        read_secret(tmp_path / "none")
