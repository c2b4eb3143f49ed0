"""How one object of a backup is kept: compressed, then encrypted and bound to its name.

AES-256-GCM (NIST SP 800-38D) under a key of the object's own, derived with HKDF-SHA256 (RFC 5869) from the backup key
and a random salt, so that no nonce is ever used twice. The object's name is authenticated with it: bytes that were
changed, cut, or put under another name are found out before any of them is used.

Shape: ``SWB1``, 8 bytes of the key's name, 16 bytes of salt, the ciphertext with its tag.
"""

import secrets
import zlib

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from shopwright.database.backup.key import BackupKey
from shopwright.errors import BackupError

MOST_BYTES = 64 << 20
"""Of one object, before it is compressed: what reading it takes in memory at most."""

_MAGIC = b"SWB1"
_SALT_BYTES = 16
_HEAD_BYTES = len(_MAGIC) + 8 + _SALT_BYTES
_NONCE = bytes(12)
_LEVEL = 1
"""Of zlib: BSON shrinks to about a quarter with it; higher levels take twice the time for a tenth less."""


def seal(key: BackupKey, name: str, data: bytes) -> bytes:
    """What is stored under ``name`` for at most 64 MiB of data."""
    if len(data) > MOST_BYTES:
        raise BackupError(f"an object of {len(data):,} bytes is too large to seal.", where=name)
    salt = secrets.token_bytes(_SALT_BYTES)
    packed = zlib.compress(data, _LEVEL)
    head = _MAGIC + bytes.fromhex(key.name) + salt
    return head + _cipher(key, salt).encrypt(_NONCE, packed, name.encode())


def unseal(key: BackupKey, name: str, sealed: bytes) -> bytes:
    """The data that was sealed under ``name``. Raises ``BackupError`` if it is not, whole, what was sealed."""
    if len(sealed) < _HEAD_BYTES or not sealed.startswith(_MAGIC):
        raise BackupError("it is no object of a backup.", where=name)
    made_with = sealed[4:12].hex()
    if made_with != key.name:
        remedy = "Set SHOPWRIGHT_BACKUP_KEY to the file of that key."
        raise BackupError(f"it is sealed with the key {made_with}, not with {key.name}.", where=name, remedy=remedy)
    try:
        packed = _cipher(key, sealed[12:_HEAD_BYTES]).decrypt(_NONCE, sealed[_HEAD_BYTES:], name.encode())
    except InvalidTag as error:
        remedy = "Begin from an older one (restore --snapshot), and find out what damaged this one."
        raise BackupError("it was changed or damaged after it was written.", where=name, remedy=remedy) from error
    return _unpacked(packed, name)


def _unpacked(packed: bytes, name: str) -> bytes:
    reader = zlib.decompressobj()
    data = reader.decompress(packed, MOST_BYTES)
    if not reader.eof:
        raise BackupError(f"it holds more than {MOST_BYTES:,} bytes.", where=name)
    return data


def _cipher(key: BackupKey, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt, b"shopwright backup 1").derive(key.secret))
