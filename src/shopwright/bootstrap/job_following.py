"""Jobs that nobody has to ask for: what a catalogue changed goes live, prices of a new day too; nothing is forgotten.

Of all workers of a platform one follows, under a lease; when it dies another does. It listens to the deployments for
new revisions, and sometimes looks through all stores (the sweep): for what changed while nobody listened, for those
published before today's refresh, and for tenants whose ticket was lost. All of it asks what may be asked twice.
"""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any

from shopwright.bootstrap.jobs import Jobs, Unguarded
from shopwright.bootstrap.platform import Platform
from shopwright.catalog.documents import REVISIONS
from shopwright.catalog.repository.stores import MOST_LISTED, KeptStore, Stores
from shopwright.database.change_stream import insertions_everywhere
from shopwright.database.lease import Leases
from shopwright.database.tenant_database import TenantDatabase
from shopwright.ending import end_task
from shopwright.errors import ShopwrightError, StoreBusy
from shopwright.jobs.repository.working import JobWork
from shopwright.performance.logs import record

SWEEP_SECONDS = 3_600.0
"""From one look through all stores to the next."""

PAUSE_SECONDS = 5.0
"""Before a follower whose database does not answer begins anew."""

_LEASE = "jobs"
_DAY = dt.timedelta(days=1)


@dataclass(slots=True)
class JobFollower:
    """Follows the catalogues of a platform's tenants; ``worker`` is who does, ``refresh_at`` a time of day or None."""

    platform: Platform
    jobs: Jobs
    worker: str
    refresh_at: dt.time | None = None
    _newest: dict[tuple[str, str], int] = field(default_factory=dict)
    _heard: asyncio.Event = field(default_factory=asyncio.Event)

    async def run_until(self, stop: asyncio.Event) -> None:
        """Follow until ``stop``, or wait to when who follows now ends."""
        following, stopping = asyncio.create_task(self._always()), asyncio.create_task(_set(stop))
        try:
            await asyncio.wait({following, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if following.done():
                following.result()
        finally:
            await end_task(stopping)
            await end_task(following)

    async def _always(self) -> None:
        while True:
            try:
                async with Leases(self.platform.control).hold(_LEASE, self.worker):
                    await self._follow()
            except* StoreBusy:
                pass  # another one follows
            except* ShopwrightError as errors:
                record("changes of catalogues cannot be followed", "warning", error=errors.exceptions[0])
            await asyncio.sleep(PAUSE_SECONDS)

    async def _follow(self) -> None:
        """Listen first, then look for what was before: nothing falls between."""
        cells = self.platform.cells
        async with AsyncExitStack() as stack, asyncio.TaskGroup() as group:
            for cell in cells.names:
                everywhere = insertions_everywhere(await cells.cluster(cell), REVISIONS, ("store", "number"))
                group.create_task(self._listen(await stack.enter_async_context(everywhere)))
            group.create_task(self._submit_heard())
            group.create_task(self._sweep_always())

    async def _listen(self, added: AsyncIterator[tuple[str, dict[str, Any]]]) -> None:
        """Keep in mind what is new: of many revisions of a store, the newest."""
        async for tenant, revision in added:
            self._newest[tenant, revision["store"]] = revision["number"]
            self._heard.set()

    async def _submit_heard(self) -> None:
        while True:
            await self._heard.wait()
            self._heard.clear()
            while self._newest:
                (tenant, store), number = self._newest.popitem()
                await self._look_at(tenant, [KeptStore(store, number)])

    async def _sweep_always(self) -> None:
        while True:
            await self.sweep()
            await asyncio.sleep(min(SWEEP_SECONDS, self._until_refresh()))

    async def sweep(self) -> None:
        """Look through all stores of all tenants. Raises ``DatabaseError``."""
        async for _, tenant in self.platform.cells.everyone():
            await self._look_at(tenant)

    async def _look_at(self, tenant: str, changed: list[KeptStore] | None = None) -> None:
        """Submit what is to be done for stores of a tenant, by default all. A tenant that cannot be opened waits."""
        since = self._refreshed()
        try:
            async with self.platform.tenants.tenant(tenant) as database:
                inside = Unguarded(database)
                async for store in _each(changed) if changed else _stores(database):
                    await self.jobs.follow(inside, store.handle, store.revision, since)
                if not changed and (due := await JobWork(database).due()):
                    await self.jobs.offer(inside, due)
        except ShopwrightError as error:
            record("a tenant's catalogues cannot be followed", "warning", error=error, tenant=tenant)

    def _refreshed(self) -> dt.datetime:
        """Since when what is live must be: the last time of the daily refresh."""
        now = self.jobs.now()
        if self.refresh_at is None:
            return dt.datetime(1, 1, 1, tzinfo=dt.UTC)
        today = dt.datetime.combine(now.date(), self.refresh_at)
        return today if today <= now else today - _DAY

    def _until_refresh(self) -> float:
        if self.refresh_at is None:
            return SWEEP_SECONDS
        return (self._refreshed() + _DAY - self.jobs.now()).total_seconds() + 1


async def _stores(database: TenantDatabase) -> AsyncIterator[KeptStore]:
    after = ""
    while page := await Stores(database).listed(MOST_LISTED, after):
        for store in page:
            yield store
        after = page[-1].handle


async def _each(stores: list[KeptStore]) -> AsyncIterator[KeptStore]:
    for store in stores:
        yield store


async def _set(event: asyncio.Event) -> None:
    await event.wait()
