"""How long a session lasts: NIST SP 800-63B, 4.2.3 (AAL2), and OWASP ASVS 5.0, 7.3."""

import datetime as dt

IDLE = dt.timedelta(minutes=30)
"""Without a request, after which a session is over."""

ABSOLUTE = dt.timedelta(hours=12)
"""From the sign-in, after which it is over whatever was done."""

HALF = dt.timedelta(minutes=10)
"""For who has shown one factor to show the second, or to set it up."""

TOLD = dt.timedelta(minutes=1)
"""A session says that it is used at most so often: a request is not a write."""

LINK_LASTS = {"invitation": dt.timedelta(days=3), "reset": dt.timedelta(minutes=30)}
"""How long a one-time link can be followed, by its kind."""


def is_over(seen: dt.datetime, ends: dt.datetime, now: dt.datetime) -> bool:
    """Whether a session is past its end, or was idle for too long."""
    return now >= ends or now >= seen + IDLE
