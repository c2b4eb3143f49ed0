"""The secret of a deployment from which the password of every tenant's database user follows.

It lies in one file and nowhere else: not in the database, not in its backups. Machines that serve the same deployment
share the file. A user's name says which secret its password follows from, so a new secret means new users beside the
old ones, and nobody is shut out while one is replaced by the next.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from shopwright.database.cluster import database_name
from shopwright.database.private_file import read_private, replace, write_new
from shopwright.errors import DatabaseError

BYTES = 32
_MOST_BYTES = 200
_MOST_GENERATION = 999_999


@dataclass(frozen=True, slots=True)
class Login:
    """A user of one database, who is known there and nowhere else."""

    database: str
    user: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class UserSecret:
    """A secret of 32 bytes, and how many there were before it, counted from 1."""

    generation: int
    secret: bytes = field(repr=False)

    def login(self, name: str) -> Login:
        """The user of a tenant's database, or of the control database. The password has 256 bits (HMAC-SHA-256)."""
        database = database_name(name)
        return Login(database, self.user, self._derived(f"password {database}"))

    @property
    def user(self) -> str:
        """The name of the users of this secret: ``app-GENERATION-`` and eight digits that tell secrets apart."""
        return f"app-{self.generation}-{self._derived('name')[:8]}"

    def next(self) -> "UserSecret":
        """Another secret, of the next generation."""
        return UserSecret(self.generation + 1, secrets.token_bytes(BYTES))

    def _derived(self, what: str) -> str:
        message = f"shopwright database user\n{self.generation}\n{what}"
        return hmac.new(self.secret, message.encode(), hashlib.sha256).hexdigest()


class UserSecretFile:
    """The file of the secret, read again when it was replaced."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._seen: tuple[int, int] | None = None
        self._known: UserSecret | None = None

    def current(self) -> UserSecret:
        """The secret; made where there is none yet. Raises ``DatabaseError``."""
        if known := self.known():
            return known
        try:
            write_new(self.path, _line(UserSecret(1, secrets.token_bytes(BYTES))))
        except OSError as error:
            raise self._unusable(f"it cannot be written ({error.strerror})") from None
        return self.current()

    def known(self) -> UserSecret | None:
        """The secret, if there is one. Raises ``DatabaseError`` for a file that holds none, or that others can read."""
        try:
            state = self.path.stat()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise self._unusable(f"it cannot be read ({error.strerror})") from None
        if (state.st_ino, state.st_mtime_ns) != self._seen:
            self._known = self._read()
            self._seen = (state.st_ino, state.st_mtime_ns)
        return self._known

    def keep(self, secret: UserSecret) -> None:
        """Put another secret in the place of the one there. Raises ``DatabaseError``."""
        try:
            replace(self.path, _line(secret))
        except OSError as error:
            raise self._unusable(f"it cannot be written ({error.strerror})") from None

    def _read(self) -> UserSecret:
        try:
            text = read_private(self.path, _MOST_BYTES)
        except OSError as error:
            raise self._unusable(f"it cannot be read ({error.strerror})") from None
        if text is None:
            raise self._unusable("others can read it", f"Run chmod 600 {self.path}, and shopwright db rotate.")
        found = _parsed(text.split())
        if found is None:
            raise self._unusable(f"it does not hold a number and {BYTES} bytes in base64")
        return found

    def _unusable(self, what: str, remedy: str = "Put the file back that the tenants were made with.") -> DatabaseError:
        return DatabaseError(
            f"The secret of the database users cannot be used: {what}", where=str(self.path), remedy=remedy
        )


def _line(secret: UserSecret) -> bytes:
    return b"%d %s\n" % (secret.generation, base64.b64encode(secret.secret))


def _parsed(words: list[bytes]) -> UserSecret | None:
    if len(words) != 2 or not words[0].isdigit() or not 1 <= int(words[0]) <= _MOST_GENERATION:
        return None
    try:
        secret = base64.b64decode(words[1], validate=True)
    except binascii.Error:
        return None
    return UserSecret(int(words[0]), secret) if len(secret) == BYTES else None
