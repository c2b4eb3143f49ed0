"""Publishing and rolling back a store that is kept in the database: the target and the record of it.

Both happen while the store is held, so that two commands at once come one after the other. The target is switched
first: what shoppers see never waits for the database. A command that is killed in between leaves a record that is one
switch behind; the same command again records it.
"""

import asyncio
import datetime as dt
import hashlib
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from shopwright.audit.event import AuditEvent, actor_named
from shopwright.audit.repository.trail import AuditTrail
from shopwright.bootstrap.audit import HeadPlace, publish_quietly
from shopwright.bootstrap.audit_failures import failures_told
from shopwright.bootstrap.audited import release_event
from shopwright.bootstrap.document_types import GRAPH
from shopwright.bootstrap.platform import Platform, opened_platform
from shopwright.bootstrap.quotas import platform_meter, publishing
from shopwright.bootstrap.tenant import tenant_of
from shopwright.catalog.documents import STORES
from shopwright.database.lease import Lease, Leases
from shopwright.database.tenant_database import TenantDatabase
from shopwright.errors import SettingsError
from shopwright.generation.manifest import NAME, read_manifest
from shopwright.generation.repository import Change, Live, NewRelease, ReleaseRepository
from shopwright.multi_tenant.quotas.repository.meter import Meter
from shopwright.settings import DatabaseSettings
from shopwright.storage.exchange import reading
from shopwright.storage.releases.pointer import Pointer
from shopwright.storage.releases.publish import Published


@dataclass(frozen=True, slots=True)
class Recording:
    """Who works on which store of which tenant, and when (an aware time).

    ``settings`` say where that is; whoever has a platform open gives it.
    """

    settings: DatabaseSettings | Platform
    tenant: str
    store: str
    by: str
    at: dt.datetime
    heads: HeadPlace | None = None
    """Where a head of the tenant's trail is published afterwards, if one is due."""

    async def publish(self, site: Path, revision: int | None, send: Callable[[], Published]) -> Published:
        """Send a site, and record the release it is, built from a revision of the store's catalogue, as live.

        Raises what ``send`` raises, ``SettingsError`` for a store that is not there, ``StoreBusy``, ``DatabaseError``;
        ``QuotaExceeded`` before anything is sent.
        """
        async with (
            self._opened() as (database, meter),
            self._failures_told(database, "release.publish"),
            publishing(meter, database),
            self._held(database, "publish") as (releases, lease),
        ):
            done = await asyncio.to_thread(send)
            release = await asyncio.to_thread(_recorded, site, done, revision)
            change = self._change()
            told = release_event(database, "release.publish", self.store, change, release.release)
            await releases.publish(lease, release, change, also=told)
        return done

    async def roll_back(self, switch: Callable[[], Pointer]) -> Pointer:
        """Switch a target back, and record which release is live. Raises as ``publish``, for what ``switch`` raises."""
        async with (
            self._opened() as (database, _),
            self._failures_told(database, "release.rollback"),
            self._held(database, "rollback") as (releases, lease),
        ):
            pointer = await asyncio.to_thread(switch)
            change = self._change()
            told = release_event(database, "release.rollback", self.store, change, pointer.release)
            await releases.roll_back(lease, change, pointer.release, also=told)
        return pointer

    async def live(self) -> Live | None:
        """What is recorded as live."""
        async with self._opened() as (database, _):
            return await ReleaseRepository(database, GRAPH).live(self.store)

    def _failures_told(self, database: TenantDatabase, action: str) -> AbstractAsyncContextManager[None]:
        event = AuditEvent(action, actor=actor_named(self.by), target=f"store/{self.store}", at=self.at)
        return failures_told(AuditTrail(database).record, event)

    @asynccontextmanager
    async def _held(self, database: TenantDatabase, what: str) -> AsyncIterator[tuple[ReleaseRepository, Lease]]:
        async with Leases(database).hold(self.store, f"{what} by {self.by}") as lease:
            yield ReleaseRepository(database, GRAPH), lease

    @asynccontextmanager
    async def _opened(self) -> AsyncIterator[tuple[TenantDatabase, Meter]]:
        async with opened_platform(self.settings) as platform, tenant_of(platform, self.tenant) as database:
            if await database.documents(STORES).get(self.store) is None:
                raise SettingsError(
                    f"{self.tenant} has no store {self.store[:80]!r} in the database.",
                    where="--store",
                    remedy="Import its catalogue with shopwright catalog import, or leave --store out.",
                )
            yield database, platform_meter(platform.control, platform.settings.plans)
            if self.heads:
                await publish_quietly(AuditTrail(database), self.heads)

    def _change(self) -> Change:
        return Change(secrets.token_hex(16), self.by, self.at)


def _recorded(site: Path, done: Published, revision: int | None) -> NewRelease:
    with reading(str(site)):
        manifest = hashlib.sha256((site / NAME).read_bytes()).hexdigest()
    size = sum(entry.size for entry in read_manifest(site).values())
    return NewRelease(done.release, manifest, done.files, size, revision)
