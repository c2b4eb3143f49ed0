"""A tenant's audit trail with its published heads: verified, exported, and its heads published.

The release key signs heads too. Who only verifies needs its public part (``SHOPWRIGHT_TRUSTED_KEYS``).
"""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from shopwright.audit.chain import START, Link
from shopwright.audit.event import AuditEvent, actor_named
from shopwright.audit.published_heads import FoundHead, PublishedHeads
from shopwright.audit.repository.trail import AuditTrail
from shopwright.audit.signed_head import MOST_BYTES, Lost, SignedHead
from shopwright.audit.trail_reading import TrailVerification
from shopwright.bootstrap.joined_log import join_log
from shopwright.bootstrap.platform import open_platform
from shopwright.bootstrap.tenant import tenant_of
from shopwright.database.cluster import CONTROL
from shopwright.errors import AuditLogError, ShopwrightError, StorageError
from shopwright.settings import AuditSettings, Aws, DatabaseSettings, Settings
from shopwright.storage.exchange import storing
from shopwright.storage.objects.target import Target, open_target
from shopwright.storage.releases.signing import load_signer, load_trust

TRAIL, HEADS = "audit.jsonl", "heads.jsonl"
"""The files of an export."""


@dataclass(frozen=True, slots=True)
class HeadPlace:
    """Where heads are published, how often, and the files of the keys that sign and are trusted."""

    objects: Target
    key: Path
    trusted: Path | None
    every: dt.timedelta


def head_place(settings: Settings, audit: AuditSettings, aws: Aws) -> HeadPlace:
    """The place the settings name. Raises ``SettingsError``."""
    return HeadPlace(open_target(audit.heads, aws), settings.release_key, settings.trusted_keys, audit.heads_every)


@dataclass(frozen=True, slots=True)
class Exported:
    """How many events and heads were written."""

    events: int
    heads: int


@dataclass(frozen=True, slots=True)
class TenantAudit:
    """The audit of one tenant. Methods raise ``AuditLogError``, ``DatabaseError``, ``StorageError``."""

    trail: AuditTrail
    place: HeadPlace

    @property
    def heads(self) -> PublishedHeads:
        """The published heads of the tenant."""
        return PublishedHeads(self.place.objects, self.trail.database.name)

    async def verify(self, noted: Link | None = None) -> TrailVerification:
        """Follow the whole chain, and compare it with every published head and a noted event."""
        return await self.trail.verify(await asyncio.to_thread(self._found), noted)

    async def publish(self, at: dt.datetime, *, give_up: bool = False) -> SignedHead:
        """Publish how far the trail goes.

        Raises ``AuditLogError`` when it is not the trail an earlier head was published of, unless ``give_up`` says that
        what is missing is lost: then that is recorded, in the trail and in the head.
        """
        lost = None
        newest = await asyncio.to_thread(self._newest)
        if newest and not await self._holds(newest):
            if not give_up:
                raise self._shorter(newest)
            lost = await self._give_up(newest, at)
        head = SignedHead(self.trail.database.name, await self.trail.end(), at, lost)
        signer = await asyncio.to_thread(load_signer, self.place.key)
        await asyncio.to_thread(self.heads.publish, head, signer)
        return head

    async def publish_due(self, at: dt.datetime) -> SignedHead | None:
        """Publish a head if events came after the last one and that is old enough. Raises as ``publish``."""
        newest = await asyncio.to_thread(self._newest)
        if newest and (at - newest.at < self.place.every or await self.trail.end() == newest.last):
            return None
        return await self.publish(at) if newest or await self.trail.end() != START else None

    async def export(self, folder: Path, by: str) -> Exported:
        """Write the trail (``audit.jsonl``) and its heads (``heads.jsonl``) into a folder, and record who did."""
        with storing(str(folder)):
            await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
        await self.trail.record(AuditEvent("audit.export", actor=actor_named(by), target=self._target))
        heads = await asyncio.to_thread(self._raw_heads)
        with storing(str(folder)):
            await asyncio.to_thread((folder / HEADS).write_bytes, b"".join(heads))
            return Exported(await self._write(folder / TRAIL), len(heads))

    async def _write(self, path: Path) -> int:
        count = 0
        with path.open("wb") as file:
            async for line in self.trail.lines():
                file.write(line.encode() + b"\n")
                count += 1
        return count

    @property
    def _target(self) -> str:
        return f"tenant/{self.trail.database.name}"

    def _raw_heads(self) -> list[bytes]:
        found = (self.place.objects.read(name, MOST_BYTES) for name in self.heads.listed())
        return [content.data for content in found if content]

    def _found(self) -> list[FoundHead]:
        return self.heads.read(load_trust(self.place.key, self.place.trusted)) if self.heads.listed() else []

    def _newest(self) -> SignedHead | None:
        return self.heads.newest(load_trust(self.place.key, self.place.trusted)) if self.heads.listed() else None

    async def _holds(self, head: SignedHead) -> bool:
        return head.last == START or await self.trail.link(head.last.sequence) == head.last

    async def _give_up(self, newest: SignedHead, at: dt.datetime) -> Lost:
        """Everything after the last head that still holds."""
        kept = 0
        for found in reversed(await asyncio.to_thread(self._found)):
            if found.head and await self._holds(found.head):
                kept = found.head.last.sequence
                break
        lost = Lost(kept + 1, newest.last.sequence)
        await self.trail.record(
            AuditEvent("audit.lose", details={"log.first": lost.first, "log.last": lost.last}, at=at)
        )
        return lost

    def _shorter(self, newest: SignedHead) -> AuditLogError:
        return AuditLogError(
            f"event {newest.last.sequence}, of which a head was published, is not in the trail any more.",
            where=self.trail.database.name,
            remedy="Look at it with shopwright audit-log verify; after a restore, shopwright audit-log head --lost.",
        )


@asynccontextmanager
async def open_audit(
    settings: DatabaseSettings, place: HeadPlace, tenant: str, log: Path
) -> AsyncIterator[TenantAudit]:
    """The audit of a tenant that is there, or of ``control``; what the machine's ``log`` has of it is joined first."""
    async with open_platform(settings) as platform:
        if tenant == CONTROL:
            yield TenantAudit(AuditTrail(platform.control), place)
            return
        async with tenant_of(platform, tenant, there=True) as database:
            await join_log(AuditTrail(database), log)
            yield TenantAudit(AuditTrail(database), place)


async def publish_quietly(trail: AuditTrail, place: HeadPlace) -> None:
    """Publish a head if one is due. What was done is done: a place that does not answer is for ``verify`` to tell."""
    with suppress(StorageError, AuditLogError):
        await TenantAudit(trail, place).publish_due(dt.datetime.now(dt.UTC))


async def publish_all(
    settings: DatabaseSettings, place: HeadPlace, log: Path, at: dt.datetime
) -> tuple[int, list[ShopwrightError]]:
    """Publish the heads of the control database and of every tenant whose trail went on.

    How many were published, and what failed for some, which stops nobody else's. Raises ``DatabaseError``.
    """
    at_once = replace(place, every=dt.timedelta(0))
    failed: list[ShopwrightError] = []
    published = 0
    async with open_platform(settings) as platform:
        for tenant in [CONTROL, *[name async for _, name in platform.cells.everyone()]]:
            try:
                async with platform.database(tenant) as database:
                    trail = AuditTrail(database)
                    if tenant != CONTROL:
                        await join_log(trail, log)
                    published += await TenantAudit(trail, at_once).publish_due(at) is not None
            except ShopwrightError as error:
                failed.append(error)
    return published, failed
