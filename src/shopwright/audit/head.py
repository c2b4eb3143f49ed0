"""The head of a log: how far it goes, signed, so that entries cut off its end are missed.

It is signed with HMAC-SHA-256 (RFC 2104) and a key of its own that only the log's owner can read.
"""

import hashlib
import hmac
import os
import secrets
import stat
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import orjson

from shopwright.audit.chain import START, Link
from shopwright.errors import AuditLogError

KEY_FILE = "key"
HEAD_FILE = "head.json"

_KEY_BYTES = 32
_MOST_BYTES = 1_000


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a log: the last entry's link, the segment that is written to, and its size in bytes."""

    last: Link
    segment: int
    size: int


FIRST_HEAD = Head(START, 1, 0)
"""The head of a log that holds nothing yet."""


def make_key(folder: Path) -> bytes:
    """A new key, kept in a file only its owner can read."""
    key = secrets.token_bytes(_KEY_BYTES)
    descriptor = os.open(folder / KEY_FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(key)
        file.flush()
        os.fsync(descriptor)
    return key


def read_key(folder: Path) -> bytes:
    """The key of a log. Raises ``AuditLogError`` if others can read it, ``OSError`` if we cannot."""
    path = folder / KEY_FILE
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise AuditLogError("others can read the key.", where=str(path), remedy=f"Run chmod 600 {path}.")
    key = path.read_bytes()
    if len(key) != _KEY_BYTES:
        raise AuditLogError("the file is no key.", where=str(path), remedy="Put back the one the log began with.")
    return key


def write_head(folder: Path, head: Head, key: bytes) -> None:
    """Sign a head and put it in the place of the one before, in one step."""
    said = asdict(head)
    path = folder / f"{HEAD_FILE}.new"
    with path.open("wb") as file:
        file.write(_json({**said, "signature": _signature(said, key)}) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    path.replace(folder / HEAD_FILE)


def read_head(folder: Path, key: bytes) -> Head:
    """The head of a log. Raises ``AuditLogError`` if it was not signed with its key, ``OSError`` if it is not there."""
    path = folder / HEAD_FILE
    with path.open("rb") as file:
        data = file.read(_MOST_BYTES)
    try:
        said = orjson.loads(data)
        genuine = hmac.compare_digest(said.pop("signature"), _signature(said, key))
        head = Head(Link(**said["last"]), said["segment"], said["size"])
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise _forged(path) from error
    if not genuine:
        raise _forged(path)
    return head


def _forged(path: Path) -> AuditLogError:
    remedy = "Look at the log with shopwright audit-log verify; to begin a new one, move the folder away."
    return AuditLogError("the signature is wrong.", where=str(path), remedy=remedy)


def _signature(said: dict[str, Any], key: bytes) -> str:
    return hmac.new(key, _json(said), hashlib.sha256).hexdigest()


def _json(value: dict[str, Any]) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
