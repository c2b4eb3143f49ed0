"""One attempt at a job: the store laid out from the database, built, audited, published, recorded.

The target is switched before the record: what shoppers see never waits for the database. An attempt that is lost in
between is followed by another, which finds everything published and records it.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from shopwright.bootstrap.audited import release_event
from shopwright.bootstrap.catalog import catalog_of
from shopwright.bootstrap.document_types import GRAPH
from shopwright.bootstrap.dressing import dress
from shopwright.bootstrap.job_held import HeldJob, utc_now
from shopwright.bootstrap.job_place import JobPlace, release_place
from shopwright.bootstrap.job_process import BuildProcess, Processes
from shopwright.bootstrap.platform import Platform
from shopwright.bootstrap.quotas import MEMORY_OF_BUILD, platform_meter
from shopwright.database.documents import Session
from shopwright.database.lease import Leases
from shopwright.database.tenant_database import TenantDatabase
from shopwright.errors import BuildError, NotKept
from shopwright.generation.repository import Change, NewRelease, ReleaseRepository, release_key
from shopwright.jobs.documents import JobDocument
from shopwright.multi_tenant.quotas.quota import Quota

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Generation:
    """What one attempt needs: the platform, this machine, the processes that build, the tenant's database."""

    platform: Platform
    place: JobPlace
    processes: Processes
    database: TenantDatabase

    async def run(self, held: HeldJob) -> None:
        """Do the job. Raises a ``ShopwrightError`` that says why not; then what was live still is."""
        async with (
            self._admitted(held),
            self.processes.one() as process,
            self.place.scratch(self.database.name, held.job.id) as scratch,
        ):
            built = await self._build(held, process, scratch)
            report = _short(built["report"])
            await held.change(lambda job: held.work.audited(job, report, utc_now()))
            await self._publish(held, process, built["sequence"])

    async def _build(self, held: HeldJob, process: BuildProcess, scratch: Path) -> Json:
        """Within the time a job has; publishing, which may not end half done, takes as long as it takes."""
        try:
            async with asyncio.timeout(self.place.jobs.job_time.total_seconds()):
                return await process.build(await self._lay_out(held, scratch), held.tell)
        except TimeoutError:
            remedy = "Look at what it does; SHOPWRIGHT_JOB_TIME says how long it may take."
            raise BuildError("the job takes longer than it may.", where=held.job.store, remedy=remedy) from None

    @asynccontextmanager
    async def _admitted(self, held: HeldJob) -> AsyncIterator[None]:
        """Within the tenant's quotas; the first attempt counts as one of the day's generations."""
        meter = platform_meter(self.platform.control, self.platform.settings.plans)
        async with meter.hold(self.database, {Quota.JOBS: 1, Quota.MEMORY: MEMORY_OF_BUILD}):
            if held.job.attempts == 1:
                await meter.admit(self.database, Quota.GENERATIONS)
            yield

    async def _lay_out(self, held: HeldJob, scratch: Path) -> Json:
        """Write the store into a folder, with its tenant's look: what the process is asked for."""
        order, place, settings = held.job.order, self.place, self.place.settings
        catalog = catalog_of(self.platform, self.database, settings.state, order.store)
        revision = await catalog.kept.at(order.revision)
        if not revision:
            raise NotKept("it has no catalogue yet.", where=order.store, remedy="Import one.")
        begun = utc_now()
        await held.change(lambda job: held.work.read(job, revision, begun))
        await catalog.write_folder(scratch / "store", revision, with_reviews=True)
        theme = await dress(self.database, scratch / "store", settings.cache)
        live = await ReleaseRepository(self.database, GRAPH).live(order.store)
        ledger = await held.work.ledger(order.store, release_key(order.store, live.release)) if live else ""
        return {
            "tenant": self.database.name,
            "source": str(scratch / "store"),
            "scratch": str(scratch),
            "theme": theme,
            "site": str(place.site(self.database.name, order.store)),
            "ledger": ledger,
            "target": release_place(place.jobs.releases, self.database.name, order.store),
            "aws": self._aws(),
            "date": order.date or begun.date().isoformat(),
            "site_url": order.site_url,
            "pictures": order.pictures,
            "complete": order.complete,
            "allow_private": settings.allow_private_addresses,
            "cache": str(settings.cache),
            "workers": settings.workers,
            "log": str(settings.state / "audit"),
        }

    def _aws(self) -> Json:
        aws = asdict(self.place.aws)
        secrets = {name: aws[name]["text"] for name in ("secret_access_key", "session_token")}
        return {**aws, **secrets}

    async def _publish(self, held: HeldJob, process: BuildProcess, sequence: int) -> None:
        """Under the lease of the store, so that whoever publishes by a command comes before or after.

        The target was read (``sequence``) before it was written down that the store is audited, which only who still
        has the job can do; and it is switched only if nobody did since. So a worker that was overtaken cannot publish
        over the one that overtook it, however long it slept.
        """
        store, actor = held.job.store, held.job.by
        async with Leases(self.database).hold(store, f"job {held.job.id}") as lease:
            done = await process.publish({"key": str(self.place.settings.release_key), "sequence": sequence})
            release = NewRelease(
                *(done["release"], done["manifest"], done["files"], done["bytes"], held.job.revision, held.job.id)
            )
            now = utc_now()
            change = Change(f"{held.job.id}-{held.job.attempts}", actor or "shopwright", now)
            tell = release_event(self.database, "release.publish", store, change, release.release)

            async def record(job: JobDocument) -> JobDocument:
                ended = [job]

                async def also(session: Session) -> None:
                    await tell(session)
                    key = release_key(store, release.release)
                    ended[0] = await held.work.published(job, key, done["ledger"], now, session)

                await ReleaseRepository(self.database, GRAPH).publish(lease, release, change, also=also)
                return ended[0]

            await held.change(record)


def _short(report: Json) -> Json:
    """A build's report with its faults counted by code, each with the first message."""
    counted: dict[str, Json] = {}
    for fault in report.get("faults", ()):
        first = counted.setdefault(fault["code"], {**fault, "count": 0})
        first["count"] += 1
    return {**report, "faults": list(counted.values())}
