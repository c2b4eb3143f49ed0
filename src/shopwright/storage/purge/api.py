"""One request to the API of a CDN: bounded in time and size, tried again when the API asks for it."""

import http.client
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from shopwright.errors import StorageError
from shopwright.performance.line_metrics import stage

TRIES = 6
SECONDS = 15.0
"""For a connection, and for each piece of an answer."""

LONGEST_PAUSE = 60.0
_FIRST_PAUSE = 0.5
_MOST_BYTES = 1_000_000
_SHOWN = 300
_AGAIN = frozenset({429, 500, 502, 503, 504})

_OK = range(200, 300)


@dataclass(frozen=True, slots=True)
class ApiRequest:
    """A POST; ``headers`` are made anew for each try, because a signature holds its time. They are secret."""

    url: str
    body: bytes
    headers: Callable[[], Mapping[str, str]]


def send(request: ApiRequest, again: bytes | None = None, pause: Callable[[float], None] = time.sleep) -> bytes:
    """The body of the answer, once the API has accepted.

    Busy APIs (429, 5xx, or any refusal that says ``again``) and connections that fail are tried again, later each time.
    Redirects are not followed, so that nobody else is told the credentials. Raises ``StorageError``.
    """
    said = ""
    for number in range(TRIES):
        try:
            status, headers, body = _once(request)
        except (OSError, http.client.HTTPException) as error:
            said, wait = f"no answer: {type(error).__name__}", 0.0
        else:
            if status in _OK:
                return body
            said, wait = f"{status} {_readable(body)}", _asked_pause(headers)
            if status not in _AGAIN and not (again and again in body):
                break
        if number + 1 < TRIES:
            pause(min(max(wait, _FIRST_PAUSE * 2**number), LONGEST_PAUSE))
    raise StorageError(
        f"the CDN did not accept the purge: {said}.",
        where=urlsplit(request.url).netloc,
        remedy="The release is live all the same. Look at the credentials, then run the command again to purge.",
    )


@stage("purge")
def _once(request: ApiRequest) -> tuple[int, http.client.HTTPMessage, bytes]:
    parts = urlsplit(request.url)
    connection: http.client.HTTPConnection
    if parts.scheme == "https":
        context = ssl.create_default_context()
        connection = http.client.HTTPSConnection(parts.netloc, timeout=SECONDS, context=context)
    else:
        connection = http.client.HTTPConnection(parts.netloc, timeout=SECONDS)
    try:
        connection.request("POST", parts.path, request.body, dict(request.headers()))
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read(_MOST_BYTES)
    finally:
        connection.close()


def _asked_pause(headers: http.client.HTTPMessage) -> float:
    text = headers.get("Retry-After", "")
    return float(text) if text.isascii() and text.isdigit() and len(text) < len("10000") else 0.0


def _readable(body: bytes) -> str:
    text = " ".join(body.decode("utf-8", "replace").split())[:_SHOWN]
    return "".join(each for each in text if each.isprintable())
