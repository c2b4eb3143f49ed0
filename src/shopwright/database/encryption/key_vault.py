"""The life of tenants' keys: made, used, wrapped anew, shared with a restored copy, destroyed."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any
from weakref import WeakValueDictionary

from bson.binary import Binary
from pymongo.asynchronous.encryption import AsyncClientEncryption
from pymongo.errors import DuplicateKeyError, PyMongoError
from pymongo.errors import EncryptionError as DriverError
from pymongocrypt.errors import MongoCryptError

from shopwright.database.encoding import CODEC
from shopwright.database.encryption.cipher import CACHE_SECONDS, OpenedKey, TenantCipher, refused
from shopwright.database.encryption.data_keys import DATA_KEYS
from shopwright.database.encryption.key_state import Destroyed, Key, KeyState, master_of, others_of, remains_of
from shopwright.database.encryption.master_keys import MasterKeys, Providers
from shopwright.database.failures import answered, translated
from shopwright.database.tenant_database import TenantDatabase
from shopwright.errors import EncryptionError

PATIENCE = 10.0
"""Seconds somebody waits who would change keys that somebody else changes."""

_PAUSE = 0.05


class KeyVault:
    """The data keys in the control database. Methods raise ``EncryptionError``, ``DatabaseUnavailable``."""

    def __init__(self, control: TenantDatabase, masters: MasterKeys, cache_seconds: float = CACHE_SECONDS) -> None:
        self._control = control
        self._keys = control.raw[DATA_KEYS.name]
        self._masters = masters
        self._cache_milliseconds = max(1, int(cache_seconds * 1_000))
        self._ciphers: WeakValueDictionary[str, TenantCipher] = WeakValueDictionary()

    def cipher(self, tenant: str) -> TenantCipher:
        """What seals and opens a tenant's fields; the key is looked for when it is first used."""
        cipher = self._ciphers.get(tenant)
        if cipher is None:
            cipher = self._ciphers[tenant] = TenantCipher(tenant, lambda: self._load(tenant))
        return cipher

    async def exists(self, tenant: str) -> bool:
        """Whether a tenant has a key."""
        return await self._found(tenant) is not None

    async def create(self, tenant: str) -> bool:
        """Make a tenant's key, and its master where that is a file, unless it has one; whether one was made."""
        if await self.exists(tenant):
            return False
        async with self._held():
            wrapping = self._masters.current(tenant)
            encryption = self._encryption(self._masters.providers(tenant))
            with _answered(tenant):
                return await _inserted(encryption.create_data_key(wrapping.provider, wrapping.key, [tenant]))

    async def rotate(self, tenant: str, *, discard: bool = False) -> KeyState:
        """Wrap a tenant's key with a new master, or with what the settings name now; nothing stops meanwhile.

        The masters before stay, for backups of the control database that were taken before; with ``discard`` they are
        removed once the new one has been proved.
        """
        async with self._held():
            key = await self._wanted(tenant)
            wrapping = self._masters.next(tenant)
            for other in others_of(key, tenant):
                self._masters.folder.copy(tenant, other)
            providers = self._masters.providers(tenant)
            encryption = self._encryption(providers)
            with _answered(tenant):
                await encryption.rewrap_many_data_key({"_id": key["_id"]}, wrapping.provider, wrapping.key)
            await self._prove(providers.only(wrapping.provider), key["_id"], tenant)
            if discard:
                self._masters.folder.discard(tenant, self._masters.superseded(tenant, wrapping.provider))
        return await self.state(tenant)

    async def destroy(self, tenant: str) -> Destroyed:
        """Remove a tenant's key and the files that wrapped it: nothing sealed with it can be opened again.

        That is also so in backups and in the server's log, which hold the key wrapped. Processes that have it in memory
        can use it for ``CACHE_SECONDS`` more. May be called again.
        """
        async with self._held():
            key = await self._found(tenant)
            if key:
                await self._remove(key, tenant)
            names = tuple(self._masters.folder.names(tenant))
            self._masters.folder.destroy(tenant)
        if tenant in self._ciphers:
            self._ciphers[tenant].forget()
        own = self._masters.remote is None or self._masters.remote.is_own
        return Destroyed(tenant, key is not None, names, remains_of(key, tenant, is_own=own) if key else ())

    async def share(self, tenant: str, into: str) -> None:
        """Let a copy of a tenant's database, restored under another name, be opened with that tenant's key."""
        async with self._held():
            key = await self._wanted(tenant)
            self._masters.folder.copy(tenant, into)
            with answered("control"):
                try:
                    await self._keys.update_one({"_id": key["_id"]}, {"$addToSet": {"keyAltNames": into}})
                except DuplicateKeyError:
                    remedy = "Restore under a name that no tenant has."
                    raise EncryptionError("It has a key of its own", where=repr(into), remedy=remedy) from None

    async def state(self, tenant: str) -> KeyState:
        """What is known of a tenant's key, after trying it."""
        return await self._state(await self._wanted(tenant), tenant)

    async def states(self) -> AsyncIterator[KeyState]:
        """Of all tenants and of ``control``, in the order of their names."""
        with answered("control"):
            keys = {name: key async for key in self._keys.find({}) for name in key["keyAltNames"]}
        for tenant in sorted(keys):
            yield await self._state(keys[tenant], tenant)

    async def _state(self, key: Key, tenant: str) -> KeyState:
        try:
            await self._prove(self._masters.providers(tenant), key["_id"], tenant)
            fault = ""
        except EncryptionError as error:
            fault = f"{error.what}. {error.remedy}".strip()
        return KeyState(
            tenant,
            master=master_of(key),
            made=key["creationDate"],
            wrapped=key["updateDate"],
            superseded=tuple(self._masters.superseded(tenant, key["masterKey"]["provider"])),
            shared_with=others_of(key, tenant),
            fault=fault,
        )

    async def _load(self, tenant: str) -> OpenedKey:
        key = await self._wanted(tenant)
        return OpenedKey(self._encryption(self._masters.providers(tenant)), key["_id"])

    async def _wanted(self, tenant: str) -> Key:
        key = await self._found(tenant)
        if key is None:
            remedy = "It was deleted, or never made: shopwright tenant create makes one with the tenant."
            raise EncryptionError("There is no key of this tenant", where=repr(tenant), remedy=remedy)
        return key

    async def _found(self, tenant: str) -> Key | None:
        with answered("control"):
            return await self._keys.find_one({"keyAltNames": tenant})

    async def _remove(self, key: Key, tenant: str) -> None:
        with answered("control"):
            if others_of(key, tenant):
                await self._keys.update_one({"_id": key["_id"]}, {"$pull": {"keyAltNames": tenant}})
            else:
                await self._keys.delete_one({"_id": key["_id"]})

    async def _prove(self, providers: Providers, key_id: Binary, tenant: str) -> None:
        """Raise ``EncryptionError`` unless these masters open this key."""
        key = OpenedKey(self._encryption(providers), key_id)

        async def load() -> OpenedKey:
            return key

        cipher = TenantCipher(tenant, load)
        await cipher.open(await cipher.seal(b"proof", findable=False))

    def _encryption(self, providers: Providers) -> AsyncClientEncryption[dict[str, Any]]:
        """The driver's; it is dropped, never closed: another task may be inside it."""
        try:
            return AsyncClientEncryption(
                providers.by_name,
                f"{self._control.raw.name}.{DATA_KEYS.name}",
                self._control.raw.client,
                CODEC,
                kms_tls_options=providers.tls,
                key_expiration_ms=self._cache_milliseconds,
            )
        except (PyMongoError, MongoCryptError, ValueError, TypeError, OSError) as error:
            remedy = "Correct the file that SHOPWRIGHT_KMS names."
            what = f"The settings of key management cannot be used ({type(error).__name__})"
            raise EncryptionError(what, remedy=remedy) from None

    @asynccontextmanager
    async def _held(self) -> AsyncIterator[None]:
        """One at a time changes keys on this machine."""
        until = time.monotonic() + PATIENCE
        while (lock := self._masters.folder.lock()) is None:
            if time.monotonic() > until:
                remedy = "Try again when it has ended."
                raise EncryptionError("Another command changes keys", where="the folder of keys", remedy=remedy)
            await asyncio.sleep(_PAUSE)
        with lock:
            yield


async def _inserted(making: Awaitable[object]) -> bool:
    """Whether a key was made, not found there."""
    try:
        await making
    except DriverError as error:
        if isinstance(error.cause, DuplicateKeyError):
            return False
        raise
    return True


@contextmanager
def _answered(tenant: str) -> Iterator[None]:
    try:
        yield
    except DriverError as error:
        raise refused(error, tenant) from None
    except PyMongoError as error:
        raise translated(error, "control") from None
