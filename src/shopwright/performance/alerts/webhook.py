"""Telling a webhook (standardwebhooks.com): JSON by POST, signed with a secret that both sides know."""

import base64
import hashlib
import hmac
import socket
import ssl
import time
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from shopwright.performance.alerts.contact import Webhook, read_secret
from shopwright.performance.alerts.message import Message
from shopwright.public_address import is_public

SECONDS = 5.0
"""For each step of one attempt."""

_PORTS = {"https": 443, "http": 80}


def tell(webhook: Webhook, message: Message, *, allow_private: bool = False) -> None:
    """Tell a webhook, once. Raises ``OSError`` when it does not say that it was told (a status of 2xx).

    Its address is looked up once, and that one is used; unless ``allow_private`` it must be of the public internet.
    """
    body, now = message.as_json(), int(time.time())
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "shopwright",
        "webhook-id": message.id,
        "webhook-timestamp": str(now),
        "webhook-signature": signature(read_secret(webhook.secret_file), message.id, now, body),
    }
    asked = urlsplit(webhook.url)
    connection = _connected(webhook.url, allow_private=allow_private)
    try:
        connection.request("POST", f"{asked.path or '/'}{f'?{asked.query}' if asked.query else ''}", body, headers)
        status = connection.getresponse().status
    except HTTPException as error:
        raise ConnectionError(type(error).__name__) from error
    finally:
        connection.close()
    if not 200 <= status < 300:
        raise ConnectionError(f"it answers with status {status}")


def signature(secret: str, id_: str, at: int, body: bytes) -> str:
    """What ``webhook-signature`` holds. Raises ``OSError`` for a secret that is not base64."""
    try:
        key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except ValueError:
        raise ConnectionError("its secret is not base64") from None
    digest = hmac.digest(key, f"{id_}.{at}.".encode() + body, hashlib.sha256)
    return f"v1,{base64.b64encode(digest).decode()}"


def _connected(url: str, *, allow_private: bool) -> HTTPConnection:
    asked = urlsplit(url)
    host, port = asked.hostname or "", asked.port or _PORTS[asked.scheme]
    found = {str(place[4][0]): None for place in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    address = next((each for each in found if allow_private or is_public(each)), None)
    if address is None:
        raise ConnectionError("it is not on the public internet")
    is_safe = asked.scheme == "https"
    connection = (HTTPSConnection if is_safe else HTTPConnection)(host, port, timeout=SECONDS)
    line = socket.create_connection((address, port), SECONDS)
    connection.sock = ssl.create_default_context().wrap_socket(line, server_hostname=host) if is_safe else line
    return connection
