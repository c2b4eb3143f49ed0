"""Which host a request was meant for. Addresses that we send out never follow from what a request says.

The names we answer to are known beforehand; a request for another is refused, and headers by which a proxy says what
it was asked for are not looked at.
"""

import re
from collections.abc import Collection

from shopwright.access.token import Token
from shopwright.settings import Secret

_HOST = re.compile(r"([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*)(:[0-9]{1,5})?")
_MOST = 259
"""Characters: of a name 253, and a port."""


def known_host(headers: Collection[str], names: Collection[str]) -> str | None:
    """The name a request is for, if its ``Host`` headers are one that is among ``names``, else None.

    Names are in small letters, with their port where it is not the usual one.
    """
    if len(headers) != 1:
        return None
    (given,) = headers
    asked = given.lower() if len(given) <= _MOST and _HOST.fullmatch(given.lower()) else None
    return asked if asked in names else None


def link_address(origin: str, path: str, token: Token) -> Secret:
    """The address of a one-time link: ``origin`` is the one of the settings, never of a request.

    The token stands behind ``#``: browsers send that part to nobody, neither in a request nor as referrer.
    """
    return Secret(f"{origin}{path}#{token.value.text}")
