"""Which passwords are taken: NIST SP 800-63B, 5.1.1.2, and OWASP ASVS 5.0, 6.2.

Long enough, none of those that everybody tries first, nothing that is known of the account; no rule says which kinds of
characters it must hold, and none that it must be changed every so often.
"""

import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from shopwright.errors import AccountError

LEAST, MOST = 8, 128
"""Characters. 8 are enough because a second factor is always asked for."""

_ENDS = "0123456789 !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
_SERVICE = "shopwright"
_LEAST_WORD = 4


def normalized(password: str) -> str:
    """The same characters however a keyboard composes them (Unicode NFKC)."""
    return unicodedata.normalize("NFKC", password)


def refuse_weak(password: str, known: Iterable[str] = ()) -> None:
    """Raise ``AccountError`` for a password that is not taken.

    ``known`` is what others know of the account: e-mail address, name, tenant.
    """
    text = normalized(password)
    if not LEAST <= len(text) <= MOST:
        raise _refused(f"has {len(text)} characters; it must have {LEAST} to {MOST}")
    if len(set(text.casefold())) <= 2:
        raise _refused("repeats one or two characters")
    forms = {text.casefold(), text.casefold().strip(_ENDS)}
    if forms & (common_passwords() | _words((_SERVICE, *known))):
        raise _refused("is one of those that are tried first")


@cache
def common_passwords() -> frozenset[str]:
    """The passwords that are tried first, in small letters."""
    text = (files("shopwright.access") / "common_passwords.txt").read_text("utf-8")
    return frozenset(line for line in text.splitlines() if not line.startswith("# "))


def _words(known: Iterable[str]) -> set[str]:
    """What is known, whole and in parts: ``ada`` and ``lovelace`` of ``ada.lovelace@example.org``."""
    whole = [text.casefold() for text in known]
    parts = [part for text in whole for part in "".join(c if c.isalnum() else " " for c in text).split()]
    return {word for word in (*whole, *parts) if len(word) >= _LEAST_WORD}


def _refused(why: str) -> AccountError:
    return AccountError(f"The password {why}", remedy="A few words that belong together only for you make a good one.")
