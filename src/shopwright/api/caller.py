"""Who is calling: a person by the cookie of a session, or a program by its service key; never both.

What a cookie authenticates and changes something must come from our own pages: ``access.csrf``. A tenant that is not
there takes the same work as one where there is no such session.
"""

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import replace

from fastapi import Request

from shopwright.access.caller import CONTROL, Caller
from shopwright.access.client import Client
from shopwright.access.cookie import SESSION, read_cookie
from shopwright.access.csrf import Sent, is_forged
from shopwright.access.token import Token, read_key, read_token
from shopwright.api.given import client_of, parts_of
from shopwright.bootstrap.identity.identity import Identity
from shopwright.bootstrap.identity.keys import ServiceKeys
from shopwright.bootstrap.identity.sessions import Sessions
from shopwright.bootstrap.parts import Parts
from shopwright.errors import AccessDenied, SignInRefused

CSRF_HEADER = "X-CSRF-Token"


async def caller(request: Request) -> Caller:
    """Who is calling. Raises ``SignInRefused`` for nobody, ``AccessDenied`` for a request another site sent."""
    credentials, parts, client = request.headers.get("authorization"), parts_of(request), client_of(request)
    if credentials is None:
        token = session_of(request)
        refuse_forged(request, token)
        return await _by_session(parts, token, client)
    scheme, _, key = credentials.partition(" ")
    if scheme.lower() != "bearer":
        raise SignInRefused("This scheme of authorization is none of ours", remedy="Use Bearer with a service key.")
    return await _by_key(parts, read_key(key.strip()), client)


def session_of(request: Request) -> Token:
    """The token of the session's cookie. Raises ``SignInRefused``."""
    given = read_cookie(request.headers.get("cookie", ""), SESSION)
    if not given:
        raise SignInRefused("Nobody is signed in", remedy="Sign in, or send a service key.")
    return read_token(given.text)


def refuse_forged(request: Request, session: Token | None) -> None:
    """Raise ``AccessDenied`` for what another site let a browser send."""
    headers = request.headers
    sent = Sent(
        request.method,
        headers.get("origin", ""),
        headers.get("sec-fetch-site", ""),
        headers.get(CSRF_HEADER, ""),
    )
    if is_forged(sent, session, parts_of(request).origin):
        remedy = f"Send Origin and {CSRF_HEADER}, as a page of the console does, or use a service key."
        raise AccessDenied("The request does not come from a page of ours", remedy=remedy)


async def _by_session(parts: Parts, token: Token, client: Client) -> Caller:
    return await _asked(parts, token, lambda identity, token: Sessions(identity).caller(token, client))


async def _by_key(parts: Parts, token: Token, client: Client) -> Caller:
    return await _asked(parts, token, lambda identity, token: ServiceKeys(identity).caller(token, client))


async def _asked(parts: Parts, token: Token, ask: Callable[[Identity, Token], Awaitable[Caller]]) -> Caller:
    """The caller a tenant's people know; where there is no such tenant, those of the platform are asked in vain."""
    async with AsyncExitStack() as stack:
        try:
            identity = await stack.enter_async_context(parts.people(token.tenant))
        except SignInRefused:
            await ask(parts.strangers(), replace(token, tenant=CONTROL))
            raise _over() from None
        return await ask(identity, token)


def _over() -> SignInRefused:
    """Who is proved by a secret of the platform's own is still nobody in a tenant that is not there."""
    return SignInRefused("The session is over", remedy="Sign in.")
