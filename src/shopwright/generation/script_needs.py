"""What a theme's scripts ask of the Content-Security-Policy: found in their text, so that pages grant no more."""

import re
from collections.abc import Iterable, Mapping

_CONNECTS = re.compile(rb"\b(?:fetch|XMLHttpRequest|EventSource|WebSocket|WebTransport|sendBeacon)\b")
_POLICY = re.compile(rb"""\bcreatePolicy\(\s*(["'`])([A-Za-z0-9_#=@/.%-]{1,64})\1""")


def connecting(bundles: Mapping[str, bytes]) -> tuple[str, ...]:
    """The bundles that ask for files: their pages need ``connect-src``."""
    return tuple(name for name, text in sorted(bundles.items()) if _CONNECTS.search(text))


def trusted_types(bundles: Iterable[bytes]) -> tuple[str, ...]:
    """The names of the Trusted Types policies that bundles create."""
    return tuple(sorted({name.decode() for text in bundles for _, name in _POLICY.findall(text)}))
