"""The cookies of sign-in: RFC 6265bis, with the name prefix that keeps neighbours and plain HTTP from setting them.

``__Host-`` lets a browser take the cookie only over HTTPS, from this very host, for all its paths: no subdomain can
plant a session (fixation), none gets to see it. No script can read it.
"""

import datetime as dt

from shopwright.settings import Secret

SESSION = "__Host-shopwright-session"
DEVICE = "__Host-shopwright-device"
CEREMONY = "__Host-shopwright-ceremony"

DEVICE_LASTS = dt.timedelta(days=180)
MOST_HEADER = 8_192


def set_cookie(name: str, value: Secret, lasts: dt.timedelta | None = None) -> str:
    """The value of a ``Set-Cookie`` header; without ``lasts`` the cookie goes when the browser is closed."""
    age = f"; Max-Age={int(lasts.total_seconds())}" if lasts else ""
    return f"{name}={value.text}; Path=/; Secure; HttpOnly; SameSite=Lax{age}"


def clear_cookie(name: str) -> str:
    """The value of a ``Set-Cookie`` header that takes the cookie away."""
    return set_cookie(name, Secret(), dt.timedelta(0)) + "; Max-Age=0"


def read_cookie(header: str, name: str) -> Secret:
    """A cookie of a ``Cookie`` header; empty when it is not there, or there more than once: one was planted."""
    if len(header) > MOST_HEADER:
        return Secret()
    pairs = (pair.strip().partition("=") for pair in header.split(";"))
    found = [value for given, _, value in pairs if given == name]
    return Secret(found[0]) if len(found) == 1 else Secret()
