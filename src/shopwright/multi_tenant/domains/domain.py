"""A domain name as it is kept and compared: ASCII, lower case, of labels that name a host (RFC 1123, RFC 5890)."""

import re

from shopwright.errors import SettingsError

MOST_LETTERS = 253
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
DOMAIN = re.compile(rf"(?:{_LABEL}\.)+(?:[a-z]{{2,63}}|xn--[a-z0-9-]{{1,58}}[a-z0-9])")
_OWN = (".localhost", ".local", ".internal", ".invalid", ".test", ".example", ".onion", ".arpa")
"""Names that no public DNS answers for (RFC 6761, RFC 6762, RFC 9476), but for documentation: nobody can prove them."""

_AMBIGUOUS = frozenset("\u00df\u03c2\u200c\u200d")
"""What IDNA 2003 reads as something else than IDNA 2008 does (UTS 46, deviations): so as another name."""


def read_domain(text: str) -> str:
    """A domain as somebody wrote it, in its one form. Raises ``SettingsError`` for what is no public name of a host."""
    name = text.strip().lower().rstrip(".")
    if _AMBIGUOUS.intersection(name):
        raise _refused(text, "Write it as your registrar does, with xn--: its letters were read otherwise once.")
    try:
        name = name.encode("idna").decode() if not name.isascii() else name
    except UnicodeError:
        raise _refused(text) from None
    if len(name) > MOST_LETTERS or not DOMAIN.fullmatch(name) or f".{name}".endswith(_OWN):
        raise _refused(text)
    return name


_REMEDY = "Give a name such as shop.example.org: no scheme, port or path, no address of numbers."


def _refused(text: str, remedy: str = _REMEDY) -> SettingsError:
    return SettingsError(f"{text[:80]!a} is no public domain", where="domain", remedy=remedy)
