"""One tenant's cipher: MongoDB's client-side field-level encryption with that tenant's data key.

AEAD_AES_256_CBC_HMAC_SHA_512, with a random or a derived initialisation vector. The data key stays in memory for a
bounded time and is then fetched and unwrapped anew; so a key that was destroyed is of no use to a running process
either, and one that was wrapped anew is followed.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from bson.binary import Binary
from pymongo.asynchronous.encryption import AsyncClientEncryption
from pymongo.encryption_shared import Algorithm
from pymongo.errors import ConnectionFailure
from pymongo.errors import EncryptionError as DriverError

from shopwright.database.failures import translated
from shopwright.errors import DatabaseError, EncryptionError

CACHE_SECONDS = 30.0
"""How long a process goes on with a data key it once unwrapped: after so long a destroyed one is out of use."""

_KEY_ID = slice(1, 17)
"""In sealed bytes: one of the algorithm, sixteen of the data key's id, one of the type (the driver's format)."""

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class OpenedKey:
    """What the driver needs to use a data key."""

    encryption: AsyncClientEncryption[dict[str, Any]] = field(repr=False)
    id: Binary


class TenantCipher:
    """Seals and opens. Methods raise ``EncryptionError``, which shows neither value nor key, ``DatabaseUnavailable``.

    ``load`` finds the tenant's key with the master keys as they are then.
    """

    def __init__(self, tenant: str, load: Callable[[], Awaitable[OpenedKey]]) -> None:
        self._tenant = tenant
        self._load = load
        self._key: OpenedKey | None = None
        self._loading = asyncio.Lock()

    def __repr__(self) -> str:
        return f"TenantCipher({self._tenant!r})"

    async def seal(self, plain: bytes, *, findable: bool) -> bytes:
        """Binary of subtype 6; of equal bytes the same if ``findable``."""
        kind = Algorithm.AEAD_AES_256_CBC_HMAC_SHA_512_Deterministic if findable else None
        algorithm = kind or Algorithm.AEAD_AES_256_CBC_HMAC_SHA_512_Random
        return await self._tried(lambda key: key.encryption.encrypt(plain, algorithm, key_id=key.id))

    async def open(self, sealed: bytes) -> bytes:
        """What was sealed with this tenant's key; with another tenant's, it is refused."""

        async def opened(key: OpenedKey) -> bytes:
            if sealed[_KEY_ID] != bytes(key.id):
                raise EncryptionError("It was sealed with a key that is not this tenant's", where=repr(self._tenant))
            return bytes(await key.encryption.decrypt(Binary(sealed, 6)))

        return await self._tried(opened)

    def forget(self) -> None:
        """Drop the key from memory; the next use loads it again, if it is still there."""
        self._key = None

    async def _tried(self, work: Callable[[OpenedKey], Awaitable[R]]) -> R:
        """Once more with what is there by now when the key has another master, or was destroyed and made anew."""
        key = await self._loaded()
        try:
            return await work(key)
        except (DriverError, EncryptionError):
            if self._key is key:
                self.forget()
        key = await self._loaded()
        try:
            return await work(key)
        except DriverError as error:
            raise refused(error, self._tenant) from None

    async def _loaded(self) -> OpenedKey:
        async with self._loading:
            if self._key is None:
                self._key = await self._load()
            return self._key


_REASONS = {
    "HMAC validation failure": "The bytes, or the key they were sealed with, are not what they were",
    "not all keys requested were satisfied": "The key was destroyed",
}


def refused(error: DriverError, tenant: str) -> DatabaseError:
    """Our error for one of the driver's. What key management answers is quoted: the driver puts no secrets into it."""
    cause, where = error.cause, f"the key of {tenant!r}"
    if error.timeout:
        return translated(error, where)
    if isinstance(cause, ConnectionFailure):
        return translated(cause, where)
    text = str(cause)
    known = next((reason for said, reason in _REASONS.items() if said in text), None)
    if known:
        return EncryptionError(known, where=where)
    remedy = "`shopwright keys status` tells which master keys are there."
    return EncryptionError(f"The key cannot be used: {text[:300]}", where=where, remedy=remedy)
