"""Secrets that are handed out once and shown again with every request: sessions, service keys, one-time links.

A token names its tenant, so that the right database is opened, and its document, so that one look-up finds it; the rest
is the secret. Only the secret's SHA-256 is kept: 256 random bits need no slower hash (ASVS 5.0, 11.4).
"""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass

from shopwright.errors import SignInRefused
from shopwright.settings import Secret

_TENANT, _ID, _SECRET = r"([a-z0-9][a-z0-9-]{0,47})", r"([0-9a-f]{32})", r"([A-Za-z0-9_-]{43})"
_DOTTED = re.compile(rf"{_TENANT}\.{_ID}\.{_SECRET}", re.ASCII)
_KEY = re.compile(rf"sw_{_TENANT}_{_ID}_{_SECRET}", re.ASCII)
_MOST = 160
"""Characters: the longest name of a tenant, and what stands around it."""


@dataclass(frozen=True, slots=True)
class Token:
    """Which document of which tenant, and the secret that proves it; the secret is not part of the ``repr``."""

    tenant: str
    id: str
    secret: Secret

    @property
    def value(self) -> Secret:
        """As cookies and links carry it: ``<tenant>.<id>.<secret>``."""
        return Secret(f"{self.tenant}.{self.id}.{self.secret.text}")

    @property
    def key(self) -> Secret:
        """As a service key: ``sw_<tenant>_<id>_<secret>``, which scanners for lost secrets can recognise."""
        return Secret(f"sw_{self.tenant}_{self.id}_{self.secret.text}")

    @property
    def digest(self) -> str:
        """What is kept of the secret."""
        return digest(self.secret.text)

    def proves(self, kept: str) -> bool:
        """Whether the secret is the one this digest was kept of; takes as long for a wrong one."""
        return hmac.compare_digest(self.digest, kept)


def new_token(tenant: str) -> Token:
    """A token nobody can guess: 128 random bits that name it, 256 that prove it."""
    return Token(tenant, new_id(), new_secret())


def new_id() -> str:
    """A name for a document: 128 random bits."""
    return secrets.token_hex(16)


def new_secret() -> Secret:
    """256 random bits, as 43 characters that need no escape in an address."""
    return Secret(secrets.token_urlsafe(32))


def digest(text: str) -> str:
    """The SHA-256 of a text, in hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def read_token(value: str) -> Token:
    """The token of a cookie or a link. Raises ``SignInRefused``, which does not show it."""
    return _read(value, _DOTTED)


def read_key(value: str) -> Token:
    """The token of a service key. Raises as above."""
    return _read(value, _KEY)


def _read(value: str, form: re.Pattern[str]) -> Token:
    found = form.fullmatch(value) if len(value) <= _MOST else None
    if found is None:
        raise SignInRefused("This is no token of ours", remedy="Sign in.")
    return Token(found[1], found[2], Secret(found[3]))
