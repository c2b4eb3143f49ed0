"""How much a request may send, and how long it may take: of each route, by a decorator of its function."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from fastapi import HTTPException, Request
from starlette.types import Message, Receive

JSON = "application/json"
MERGE_PATCH = "application/merge-patch+json"
MOST_BODY = 1_000_000
"""Bytes, where a route says nothing else."""

BODY_SECONDS = 20.0
"""For the next piece of a body to come."""

F = TypeVar("F", bound=Callable[..., Awaitable[Any]])


@dataclass(frozen=True, slots=True)
class Bounds:
    """``body`` in bytes; ``seconds`` for all that is done before the answer begins; media types taken and given.

    ``secret``: the answer holds what is shown once, so it is never kept for a request that comes again.
    """

    body: int = MOST_BODY
    seconds: float = 30.0
    takes: tuple[str, ...] = (JSON,)
    gives: tuple[str, ...] = (JSON,)
    secret: bool = False


USUAL = Bounds()


def bounded(bounds: Bounds) -> Callable[[F], F]:
    """Give a route's function other bounds than the usual ones."""

    def mark(function: F) -> F:
        function.bounds = bounds  # type: ignore[attr-defined]
        return function

    return mark


def bounds_of(function: Callable[..., Any]) -> Bounds:
    """The bounds of a route's function."""
    found = getattr(function, "bounds", USUAL)
    assert isinstance(found, Bounds)  # noqa: S101 - set by ``bounded`` alone
    return found


def refuse_unbounded(request: Request, bounds: Bounds) -> None:
    """Raise what HTTP says of a body that is too large or of another media type, and of an answer nobody wants."""
    headers = request.headers
    length = headers.get("content-length", "0")
    if not (length.isascii() and length.isdigit()):
        raise HTTPException(400, "Content-Length is no number.")
    if int(length[:18]) > bounds.body or len(length) > 18:
        raise _too_large(bounds.body)
    has_body = int(length) > 0 or "transfer-encoding" in headers
    if has_body and media_type(request) not in bounds.takes:
        raise HTTPException(415, f"Send {' or '.join(bounds.takes)}.", {"Accept": ", ".join(bounds.takes)})
    if headers.get("content-encoding", "identity") != "identity":
        raise HTTPException(415, "Send the body without an encoding.", {"Accept-Encoding": "identity"})
    if not _is_accepted(headers.get("accept", "*/*"), bounds.gives):
        raise HTTPException(406, f"The answer is {' or '.join(bounds.gives)}.")


def media_type(request: Request) -> str:
    """The media type of the body, without parameters."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def limited(receive: Receive, most: int) -> Receive:
    """The same body, as long as it is short enough and goes on coming."""
    read = 0

    async def receive_bounded() -> Message:
        nonlocal read
        try:
            async with asyncio.timeout(BODY_SECONDS):
                message = await receive()
        except TimeoutError:
            raise HTTPException(408, "The body did not come.", {"Connection": "close"}) from None
        read += len(message.get("body", b""))
        if read > most:
            raise _too_large(most)
        return message

    return receive_bounded


def _too_large(most: int) -> HTTPException:
    return HTTPException(413, f"The body may have {most:,} bytes.", {"Connection": "close"})


def _is_accepted(accept: str, gives: tuple[str, ...]) -> bool:
    """Whether an ``Accept`` field (RFC 9110, 12.5.1) allows one of these; a field that is empty allows all."""
    if not accept.strip():
        return True
    for part in accept.split(","):
        wanted, *parameters = (piece.strip().lower() for piece in part.split(";"))
        refused = any(each.replace(" ", "") in ("q=0", "q=0.0", "q=0.00", "q=0.000") for each in parameters)
        if not refused and any(_covers(wanted, given) for given in (*gives, "application/problem+json")):
            return True
    return False


def _covers(wanted: str, given: str) -> bool:
    return wanted in ("*/*", given) or (wanted.endswith("/*") and given.startswith(wanted[:-1]))
