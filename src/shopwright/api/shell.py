"""What is around every request, whatever it asks for: its id, its place in line, its count, headers that protect.

A request that finds too many before it is answered at once; one for a host that is not ours is not looked at.
"""

import time
from collections.abc import Collection, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shopwright.access.host import known_host
from shopwright.access.token import new_id
from shopwright.api.problems import answer, problem
from shopwright.multi_tenant.quotas.plan import MOST
from shopwright.multi_tenant.quotas.usage import Usage
from shopwright.performance.logs import bound, record
from shopwright.performance.requests import BUSY, OPEN, answered
from shopwright.performance.tracing import span

MOST_OPEN = 500
"""Requests that one process answers at once."""

HEALTH = "/health/"
"""Who looks after this process asks it by its address, and always gets an answer."""

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
"""OWASP, REST Security Cheat Sheet. An answer that has one of these keeps its own."""

_SECURE = "max-age=31536000; includeSubDomains"
_REFUSALS: Mapping[int, str] = {401: "sign-in", 403: "rights", 404: "hidden", 413: "too large", 429: "rate"}
_spent: ContextVar[list[Usage] | None] = ContextVar("spent", default=None)


def spend(usage: Usage) -> None:
    """Told by the door how many of its requests the caller's tenant has used."""
    seen = _spent.get()
    if seen is not None:
        seen[:] = [usage]


@dataclass(slots=True)
class Shell:
    """Around the application. ``hosts`` are the names it answers to; none: any."""

    app: ASGIApp
    hosts: Collection[str] = ()
    secure: bool = False
    most_open: int = MOST_OPEN
    _open: int = field(default=0, repr=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or pass on what is none."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        sending = _Sending(send, new_id(), secure=self.secure)
        _spent.set(sending.spent)
        self._open += 1
        OPEN.add(1.0)
        try:
            with bound(request=sending.id), span("request"):
                await self._answer(scope, receive, sending)
        finally:
            self._open -= 1
            OPEN.add(-1.0)
            self._count(scope, sending)

    async def _answer(self, scope: Scope, receive: Receive, sending: "_Sending") -> None:
        refusal = self._refusal(scope)
        if refusal:
            await answer(refusal, {"Retry-After": "1"} if refusal["status"] == 503 else {})(scope, receive, sending)
            return
        try:
            await self.app(scope, receive, sending)
        except Exception as error:
            record("request failed", "error", error=error)
            if sending.status and not sending.ended:
                raise
            if not sending.ended:
                await answer(problem(500, "internal", "Something went wrong here"))(scope, receive, sending)

    def _refusal(self, scope: Scope) -> dict[str, object] | None:
        if scope["path"].startswith(HEALTH):
            return None
        if self.hosts and known_host(Headers(scope=scope).getlist("host"), self.hosts) is None:
            return problem(421, "misdirected-request", "No host of this name is here")
        if self._open > self.most_open:
            BUSY.add("overloaded")
            return problem(503, "overloaded", "There are too many requests at once")
        return None

    def _count(self, scope: Scope, sending: "_Sending") -> None:
        route = getattr(scope.get("route"), "path", "none")
        if sending.status in _REFUSALS:
            BUSY.add(_REFUSALS[sending.status])
        seconds = time.perf_counter() - sending.began
        answered(scope["method"], route, sending.status or 500, seconds)
        tenant = scope.get("path_params", {}).get("tenant") if sending.status < 400 else None
        record(
            "request answered",
            request=sending.id,
            method=scope["method"],
            route=route,
            status=sending.status,
            seconds=seconds,
            tenant=tenant,
        )


class _Sending:
    """Sends an answer, with the headers that every answer has."""

    def __init__(self, send: Send, id_: str, *, secure: bool) -> None:
        self._send = send
        self._secure = secure
        self.id = id_
        self.status = 0
        self.ended = False
        self.spent: list[Usage] = []
        self.began = time.perf_counter()

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self._dress(MutableHeaders(scope=message))
        await self._send(message)
        self.ended = message["type"] == "http.response.body" and not message.get("more_body", False)

    def _dress(self, headers: MutableHeaders) -> None:
        headers["X-Request-Id"] = self.id
        headers.setdefault("Cache-Control", "no-store")
        for name, value in _HEADERS.items():
            headers.setdefault(name, value)
        if self._secure:
            headers.setdefault("Strict-Transport-Security", _SECURE)
        for usage in self.spent:
            _tell_rate(headers, usage)


def _tell_rate(headers: MutableHeaders, usage: Usage) -> None:
    """The fields of draft-ietf-httpapi-ratelimit-headers: what is left of the minute's requests."""
    if usage.limit < MOST and usage.resets_at:
        left = max(0, usage.limit - usage.used)
        seconds = max(0, round(usage.resets_at.timestamp() - time.time()))
        headers["RateLimit-Policy"] = f'"requests";q={usage.limit};w=60'
        headers["RateLimit"] = f'"requests";r={left};t={seconds}'
