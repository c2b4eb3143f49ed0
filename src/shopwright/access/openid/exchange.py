"""Questions to a provider over HTTP: bounded in time and size, never sent on to another address."""

import http.client
import ssl
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

import orjson

from shopwright.access.openid.provider import Endpoints, Provider, distrusted, is_safe
from shopwright.settings import Secret

SECONDS = 10.0
MOST_BYTES = 1 << 20
_CHUNK = 1 << 16
_OK = 200


def describe(provider: Provider) -> dict[str, Any]:
    """What a provider says of itself. Blocks. Raises ``SignInRefused``."""
    return _ask(provider, provider.description)


def keys(provider: Provider, endpoints: Endpoints) -> dict[str, Any]:
    """The public keys of a provider (a JWK set). Raises as above."""
    return _ask(provider, endpoints.keys)


def redeem(provider: Provider, endpoints: Endpoints, back: str, code: Secret, verifier: Secret) -> str:
    """The identity token for a code, which works once. Raises as above."""
    form = {
        "grant_type": "authorization_code",
        "code": code.text,
        "redirect_uri": back,
        "client_id": provider.client,
        "client_secret": provider.secret.text,
        "code_verifier": verifier.text,
    }
    token = _ask(provider, endpoints.token, form).get("id_token")
    if not isinstance(token, str):
        raise distrusted(provider, "sent no identity token")
    return token


def _ask(provider: Provider, address: str, form: Mapping[str, str] | None = None) -> dict[str, Any]:
    if not is_safe(address):
        raise distrusted(provider, "names an address that is not https")
    try:
        answer = orjson.loads(_answer(address, urlencode(form).encode() if form else None))
    except (OSError, http.client.HTTPException, ValueError):
        raise distrusted(provider, "did not answer") from None
    if not isinstance(answer, dict):
        raise distrusted(provider, "did not answer as it should")
    return answer


def _answer(address: str, body: bytes | None) -> bytes:
    parts = urlsplit(address)
    connection = _connection(parts.scheme, parts.hostname or "", parts.port)
    headers = {"Accept": "application/json"}
    if body is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    try:
        connection.request("POST" if body is not None else "GET", path, body, headers)
        response = connection.getresponse()
        if response.status != _OK:
            raise ValueError
        return _read(response)
    finally:
        connection.close()


def _connection(scheme: str, host: str, port: int | None) -> http.client.HTTPConnection:
    if scheme == "http":
        return http.client.HTTPConnection(host, port, timeout=SECONDS)
    return http.client.HTTPSConnection(host, port, timeout=SECONDS, context=ssl.create_default_context())


def _read(response: http.client.HTTPResponse) -> bytes:
    """All of it, unless it is too much or comes too slowly."""
    data, until = b"", time.monotonic() + SECONDS
    while chunk := response.read1(_CHUNK):
        data += chunk
        if len(data) > MOST_BYTES or time.monotonic() > until:
            raise ValueError
    return data
