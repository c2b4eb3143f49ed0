"""The key that backups are sealed with: a file on the machine that makes them, and a copy somewhere else."""

import base64
import binascii
import hashlib
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from shopwright.database.private_file import read_private, write_new
from shopwright.errors import BackupError

KEY_BYTES = 32
_MOST_BYTES = 200


@dataclass(frozen=True, slots=True)
class BackupKey:
    """A secret of 32 bytes; ``name`` tells keys apart without giving anything away."""

    secret: bytes = field(repr=False)

    @property
    def name(self) -> str:
        """The first 16 digits of the secret's hash."""
        return hashlib.sha256(b"shopwright backup key\n" + self.secret).hexdigest()[:16]


def load_key(path: Path) -> BackupKey:
    """The key in a file that only its owner can read. Raises ``BackupError``."""
    try:
        text = read_private(path, _MOST_BYTES)
    except OSError as error:
        remedy = "Put the key there that the backups were made with: without it nobody can read them."
        raise BackupError(f"there is no key ({error.strerror}).", where=str(path), remedy=remedy) from error
    if text is None:
        raise BackupError("others can read this key.", where=str(path), remedy=f"Run chmod 600 {path}.")
    try:
        secret = base64.b64decode(text.strip(), validate=True)
    except binascii.Error:
        secret = b""
    if len(secret) != KEY_BYTES:
        raise BackupError(
            f"it does not hold {KEY_BYTES} bytes in base64.", where=str(path), remedy="Name another file."
        )
    return BackupKey(secret)


def load_or_make_key(path: Path) -> tuple[BackupKey, bool]:
    """The key in a file, and whether it was made just now because there was none. Raises ``BackupError``."""
    if path.exists():
        return load_key(path), False
    try:
        made = write_new(path, base64.b64encode(secrets.token_bytes(KEY_BYTES)) + b"\n")
    except OSError as error:
        raise BackupError(f"the key cannot be written ({error.strerror}).", where=str(path)) from error
    return load_key(path), made
