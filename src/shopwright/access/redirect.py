"""Where a browser may be sent after sign-in: a path of our own, whatever the request asks for (ASVS 5.0, 3.7.2)."""

import re

_MOST = 2_000
_PATH = re.compile(r"/(?:[!-.0-\[\]-~][!-\[\]-~]*)?")
"""One slash, then printable ASCII without spaces and backslashes, which browsers take for slashes."""


def safe_target(asked: str, usual: str = "/") -> str:
    """``asked`` if it is a path on this host, else ``usual``."""
    path = asked.partition("?")[0].partition("#")[0]
    is_ours = len(asked) <= _MOST and _PATH.fullmatch(asked) is not None and "//" not in path
    return asked if is_ours else usual
