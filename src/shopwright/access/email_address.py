"""E-mail addresses: the one form in which they are kept, looked for, and counted by."""

import unicodedata

from shopwright.errors import AccountError

_MOST = 254
"""RFC 5321, 4.5.3.1.3, without the angle brackets."""


def folded_email(text: str) -> str:
    """However somebody writes one address, the same text: composed (NFKC), in small letters, without spaces around it.

    It may be no address: tries are counted by this, so that no spelling of an account is counted by itself.
    """
    return unicodedata.normalize("NFKC", text).strip().lower()


def tidy_email(text: str) -> str:
    """An address in that form. Raises ``AccountError`` for what is none: one ``@`` between two parts without spaces."""
    tidy = folded_email(text)
    name, at, domain = tidy.rpartition("@")
    fits = name and at and "." in domain.strip(".") and "@" not in name and len(tidy) <= _MOST
    if not fits or any(letter.isspace() or not letter.isprintable() for letter in tidy):
        raise AccountError("This is no e-mail address", remedy="It reads like name@example.org.")
    return tidy
