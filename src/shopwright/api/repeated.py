"""Requests that come again: with an ``Idempotency-Key`` they are done once, and answered twice.

The key is claimed behind the door, so that who may no longer do something is not told what came of it either.
"""

import hashlib
import re
from http import HTTPStatus

from fastapi import HTTPException, Request, Response

from shopwright.api.given import parts_of
from shopwright.api.problems import MEDIA_TYPE
from shopwright.bootstrap.inside import Inside
from shopwright.bootstrap.kept_answers import Answer
from shopwright.bootstrap.tenant_life import utc_now

HEADER = "Idempotency-Key"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_KEY = re.compile(r"[\x21-\x7e]{1,200}")
_KEPT = ("content-type", "location", "etag")
_NOT_AGAIN = Answer(
    409,
    {"content-type": MEDIA_TYPE},
    '{"type":"urn:shopwright:problem:answered-once","title":"It was done, and its answer is shown once",'
    '"status":409,"detail":"The answer held a secret."}',
)


class Replayed(Exception):
    """The request was answered before."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.answer = answer


async def claim(request: Request, inside: Inside) -> None:
    """Claim the key of a request that changes something, if it has one.

    Raises ``Replayed``; ``DocumentRefused`` when the key stands for another request, ``DuplicateDocument`` while the
    first one is at work.
    """
    key = request.headers.get(HEADER)
    if key is None or request.method in SAFE:
        return
    if not _KEY.fullmatch(key):
        raise HTTPException(400, f"{HEADER} has 1 to 200 visible characters.")
    async with parts_of(request).answers(inside.caller, key) as answers:
        known = await answers.begin(await _digest(request), utc_now())
    if known:
        raise Replayed(known)
    request.state.claimed = key


async def keep(request: Request, response: Response, *, secret: bool) -> None:
    """Keep the answer to a request whose key was claimed."""
    key = getattr(request.state, "claimed", None)
    if key is None:
        return
    headers = {name: response.headers[name] for name in _KEPT if name in response.headers}
    answer = _NOT_AGAIN if secret else Answer(response.status_code, headers, bytes(response.body).decode())
    async with parts_of(request).answers(request.state.caller, key) as answers:
        await answers.keep(answer, utc_now())


async def let_go(request: Request) -> None:
    """Let the key be free again: the request was refused, and nothing was done."""
    key = getattr(request.state, "claimed", None)
    if key is not None:
        async with parts_of(request).answers(request.state.caller, key) as answers:
            await answers.forget()


def again(answer: Answer) -> Response:
    """The answer that was given before."""
    headers = {**answer.headers, "Idempotent-Replayed": "true"}
    body = None if answer.status == HTTPStatus.NO_CONTENT else answer.body
    return Response(body, answer.status, headers)


async def _digest(request: Request) -> str:
    """What tells this request from another: all but who asks, and when. Of a streamed body the length counts."""
    streamed = getattr(request.state, "streams", False)
    body = request.headers.get("content-length", "").encode() if streamed else await request.body()
    parts = (request.method, request.url.path, request.url.query, request.headers.get("content-type", ""))
    whole = b"\n".join([*(part.encode("utf-8", "surrogatepass") for part in parts), body])
    return hashlib.sha256(whole).hexdigest()
