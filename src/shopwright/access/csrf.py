"""Requests that another site lets a browser send: OWASP, Cross-Site Request Forgery Prevention.

Two defences, each enough where the other fails: the browser says which site a request comes from, and the request
carries a token that only a page of ours can know. The token follows from the session's secret, so it belongs to that
session, changes when the session is rotated, and is kept nowhere.
"""

import hashlib
import hmac
from dataclasses import dataclass

from shopwright.access.token import Token

_SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
"""Methods that change nothing (RFC 9110, 9.2.1)."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What a request says of where it comes from; empty: it does not say.

    ``origin`` is its ``Origin`` header, ``site`` ``Sec-Fetch-Site``, ``token`` the field or header of the page's token.
    """

    method: str
    origin: str = ""
    site: str = ""
    token: str = ""


def csrf_token(session: Token) -> str:
    """The token that pages put into their forms while this session lasts: 64 hexadecimal digits."""
    return hmac.new(session.secret.text.encode(), b"csrf", hashlib.sha256).hexdigest()


def is_forged(sent: Sent, session: Token | None, origin: str) -> bool:
    """Whether a request has to be refused that a cookie authenticates, or that signs in (then ``session`` is None).

    ``origin`` is our own, such as ``https://console.example.org``. What names a service key instead of a cookie cannot
    be forged this way.
    """
    if sent.method.upper() in _SAFE:
        return False
    if _comes_from_elsewhere(sent, origin):
        return True
    return session is not None and not hmac.compare_digest(csrf_token(session).encode(), sent.token.encode())


def _comes_from_elsewhere(sent: Sent, origin: str) -> bool:
    """Browsers tell ``Origin`` with each request that can change anything; who says nothing is no browser of ours."""
    if sent.site and sent.site != "same-origin":
        return True
    return sent.origin != origin
