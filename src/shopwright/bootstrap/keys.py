"""Tenants' keys, joined from their parts: the control database, master keys here or at a service."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TypeAlias

from shopwright.bootstrap.platform import open_platform
from shopwright.database.encryption.key_state import Destroyed, KeyState
from shopwright.database.encryption.key_vault import KeyVault
from shopwright.settings import DatabaseSettings

TenantKeys: TypeAlias = KeyVault
"""What ``Platform.keys`` is."""

State: TypeAlias = KeyState
"""What commands show of a key."""

Destruction: TypeAlias = Destroyed
"""What became of a destroyed one."""


@asynccontextmanager
async def open_keys(settings: DatabaseSettings) -> AsyncIterator[TenantKeys]:
    """The keys of a deployment. Raises ``DatabaseError``, ``SettingsError``."""
    async with open_platform(settings) as platform:
        yield platform.keys


async def share_key(settings: DatabaseSettings, tenant: str, into: str) -> None:
    """Before a tenant is restored under another name: let the copy be opened with the tenant's key, if it has one.

    Raises ``EncryptionError``, ``DatabaseError``, ``SettingsError``.
    """
    async with open_keys(settings) as keys:
        if await keys.exists(tenant):
            await keys.share(tenant, into)
