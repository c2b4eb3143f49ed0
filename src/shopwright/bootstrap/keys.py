"""Tenants' keys, joined from their parts: the control database, master keys here or at a service."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
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


def key_files(settings: DatabaseSettings) -> Path:
    """Where this machine keeps master keys."""
    return settings.key_folder
