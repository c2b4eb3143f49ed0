"""Who made a release: signed with a private key, checked with the public ones that are trusted (Ed25519, RFC 8032).

A public-key signature and not a shared secret, so that a machine that only serves stores cannot sign one.
"""

import base64
import hashlib
import os
import secrets
import stat
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from shopwright.errors import StorageError
from shopwright.storage.exchange import reading, storing

_CONTEXT = b"shopwright release 1\n"
"""Stands before what is signed, so that a signature means nothing anywhere else."""

_END = b"-----END PUBLIC KEY-----"
_MOST_BYTES = 1_000_000
_KEY_ID_DIGITS = 16


def key_id(key: Ed25519PublicKey) -> str:
    """A short name of a public key."""
    raw = key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return hashlib.sha256(raw).hexdigest()[:_KEY_ID_DIGITS]


class Signer:
    """Signs with one private key."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key
        self.public = key.public_key()
        self.key_id = key_id(self.public)

    def sign(self, payload: bytes) -> str:
        """The signature, in base64: the same for the same payload."""
        return base64.b64encode(self._key.sign(_CONTEXT + payload)).decode()

    def public_pem(self) -> str:
        """What others put among their trusted keys."""
        form = serialization.PublicFormat.SubjectPublicKeyInfo
        return self.public.public_bytes(serialization.Encoding.PEM, form).decode()


class Trust:
    """The public keys whose releases are accepted."""

    def __init__(self, keys: list[Ed25519PublicKey]) -> None:
        self._keys = {key_id(key): key for key in keys}

    def check(self, payload: bytes, by: str, signature: str) -> None:
        """Raises ``StorageError`` unless one of the keys signed ``payload``."""
        key = self._keys.get(by)
        if key is None:
            raise StorageError(
                f"it is signed with the key {by[:_KEY_ID_DIGITS]!r}, which is not trusted.",
                remedy="If you trust who made it, add the public key to SHOPWRIGHT_TRUSTED_KEYS.",
            )
        try:
            key.verify(base64.b64decode(signature, validate=True), _CONTEXT + payload)
        except (InvalidSignature, ValueError) as error:
            raise StorageError(
                "its signature is false: it was changed after it was signed.",
                remedy="Publish the site again, and find out who may write to the target.",
            ) from error


def load_signer(path: Path) -> Signer:
    """The key in a file that only its owner can read; made if there is none. Raises ``StorageError``."""
    if not path.exists():
        _make_key(path)
    return Signer(_private(path))


def load_trust(own: Path, trusted: Path | None) -> Trust:
    """One's own key, if there is one, and those in ``trusted``. Raises ``StorageError``, also if there is none."""
    keys = [_private(own).public_key()] if own.exists() else []
    if trusted:
        keys += _public(trusted)
    if not keys:
        remedy = "Set SHOPWRIGHT_TRUSTED_KEYS to a file with the publisher's public key."
        raise StorageError("no key is known whose releases could be trusted.", where=str(own), remedy=remedy)
    return Trust(keys)


def _make_key(path: Path) -> None:
    data = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    draft = path.with_name(f".{path.name}-{secrets.token_hex(4)}")
    with storing(str(path)):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            with open(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:  # noqa: PTH123 - of a descriptor
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            path.hardlink_to(draft)
        except FileExistsError:  # another publisher was first: its key counts
            return
        finally:
            draft.unlink(missing_ok=True)


def _private(path: Path) -> Ed25519PrivateKey:
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise StorageError("others can read this private key.", where=str(path), remedy=f"Run chmod 600 {path}.")
    try:
        key = serialization.load_pem_private_key(_bytes(path), None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise _no_key(path) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise _no_key(path)
    return key


def _public(path: Path) -> list[Ed25519PublicKey]:
    found = [part for part in _bytes(path).split(_END) if part.strip()]
    try:
        keys = [serialization.load_pem_public_key(part + _END) for part in found]
    except (ValueError, UnsupportedAlgorithm) as error:
        raise _no_key(path) from error
    if not all(isinstance(key, Ed25519PublicKey) for key in keys):
        raise _no_key(path)
    return [key for key in keys if isinstance(key, Ed25519PublicKey)]


def _bytes(path: Path) -> bytes:
    with reading(str(path)), path.open("rb") as file:
        return file.read(_MOST_BYTES)


def _no_key(path: Path) -> StorageError:
    return StorageError("it holds no Ed25519 key in PEM form.", where=str(path), remedy="Name another file.")
