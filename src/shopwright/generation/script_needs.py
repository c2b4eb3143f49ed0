"""What a theme's scripts ask of the Content-Security-Policy: found in their text, so that pages grant no more."""

import re
from collections.abc import Iterable

_POLICY = re.compile(rb"""\bcreatePolicy\(\s*(["'`])([A-Za-z0-9_#=@/.%-]{1,64})\1""")


def trusted_types(bundles: Iterable[bytes]) -> tuple[str, ...]:
    """The names of the Trusted Types policies that bundles create."""
    return tuple(sorted({name.decode() for text in bundles for _, name in _POLICY.findall(text)}))
