"""The check of encryption: somebody is kept on a real server, looked for in what it stores, and made unreadable."""

import asyncio
import datetime as dt
import shutil
import time
from dataclasses import dataclass
from typing import Any

from shopwright.access.documents import USERS, UserDocument
from shopwright.access.roles import Role
from shopwright.bootstrap.control_types import CONTROL_TYPES
from shopwright.bootstrap.document_types import DOCUMENT_TYPES
from shopwright.bootstrap.platform import Platform, open_platform
from shopwright.database.document import Document
from shopwright.database.encryption.field import seals_of
from shopwright.database.tenant_database import TenantDatabase
from shopwright.errors import EncryptionError
from shopwright.settings import DatabaseSettings, Secret
from shopwright.validation.checkout import Checkout
from shopwright.validation.registry import Result, check

MINE, THEIRS = "encryption-mine", "encryption-theirs"
_CANARY = "canary-of-encryption"
_ID = "0" * 32
_SOMEBODY = UserDocument(
    id=_ID,
    email=f"{_CANARY}@shop.example",
    name=_CANARY,
    role=Role.OWNER,
    status="active",
    revision=0,
    epoch=0,
    password=_CANARY,
    totp=_CANARY,
    totp_step=0,
    recovery=(),
    passkeys=(),
    devices=(),
    subjects=(),
    created=dt.datetime(2026, 11, 23, tzinfo=dt.UTC),
)


@dataclass(frozen=True, slots=True)
class _Found:
    stored: int
    """Characters of what the server keeps of the tenant."""

    is_hidden: bool
    is_foreign_refused: bool
    rotation: float
    """Seconds."""

    is_destroyed: bool


@check("M5")
def encryption(checkout: Checkout) -> Result:
    """Keep a user; read all that MongoDB stores; use another tenant's key; rotate; destroy, and put the key back."""
    folder = checkout.work / "encryption"
    shutil.rmtree(folder, ignore_errors=True)
    found = asyncio.run(_found(DatabaseSettings(uri=Secret(), mongod=None, folder=folder / "mongo")))
    kinds: dict[str, type[Document]] = {kind.name: kind.model for kind in (*DOCUMENT_TYPES, *CONTROL_TYPES)}
    sealed = [len(seals) for model in kinds.values() if (seals := seals_of(model))]
    return Result(
        f"{sum(sealed)} fields of {len(sealed)} kinds are sealed; in all that the server keeps ({found.stored:,} "
        f"characters) a user is {'not found' if found.is_hidden else 'FOUND'}; another tenant's key is "
        f"{'refused' if found.is_foreign_refused else 'NOT refused'}; wrapped anew in {found.rotation * 1_000:.0f} ms; "
        f"once destroyed, a key from a backup opens {'nothing' if found.is_destroyed else 'EVERYTHING'}",
        passed=found.is_hidden and found.is_foreign_refused and found.is_destroyed,
    )


async def _found(settings: DatabaseSettings) -> _Found:
    async with open_platform(settings) as platform:
        for tenant in (MINE, THEIRS):
            await platform.provision(tenant)
        async with platform.tenants.tenant(MINE) as mine, platform.tenants.tenant(THEIRS) as theirs:
            users = mine.documents(USERS)
            await users.insert(_SOMEBODY)
            stored = await _stored(platform.cluster.tenant(MINE))
            foreign = await _is_refused(theirs, mine)
            started = time.perf_counter()
            await platform.keys.rotate(MINE, discard=True)
            rotation = time.perf_counter() - started
            kept = await users.get(_ID) == _SOMEBODY
            destroyed = await _is_destroyed(platform, mine)
        return _Found(len(stored), kept and _CANARY not in stored, foreign, rotation, destroyed)


async def _stored(database: TenantDatabase) -> str:
    """Every document of a database, bytes as Python shows them."""
    found: list[str] = []
    for name in await database.raw.list_collection_names():
        found += [repr(document) async for document in database.raw[name].find({})]
    return "".join(found)


async def _is_refused(theirs: TenantDatabase, mine: TenantDatabase) -> bool:
    """Whether another tenant's cipher opens nothing of mine, even if the bytes got there."""
    copied: Any = await mine.raw[USERS.name].find_one({"_id": _ID})
    await theirs.raw[USERS.name].insert_one(copied)
    return await _is_unreadable(theirs)


async def _is_destroyed(platform: Platform, mine: TenantDatabase) -> bool:
    """Whether a key that is destroyed, and comes back as a backup would bring it, opens nothing."""
    keys = platform.cluster.control.raw["data_keys"]
    saved: Any = await keys.find_one({"keyAltNames": MINE})
    await platform.keys.destroy(MINE)
    before = await _is_unreadable(mine)
    await keys.insert_one(saved)
    return before and await _is_unreadable(mine)


async def _is_unreadable(database: TenantDatabase) -> bool:
    try:
        await database.documents(USERS).get(_ID)
    except EncryptionError:
        return True
    return False
