"""The check of a tenant's life: made though it is killed everywhere, taken out, suspended, deleted with proof."""

import asyncio
import datetime as dt
import shutil
import statistics
import time
from dataclasses import dataclass, field
from pathlib import Path

import orjson

from shopwright.access.standing import Standing
from shopwright.audit.chain import START
from shopwright.audit.repository.trail import AuditTrail
from shopwright.bootstrap.catalog import catalog_of
from shopwright.bootstrap.platform import open_platform
from shopwright.bootstrap.platform_door import standing_of
from shopwright.bootstrap.tenant_deletion import Deletion, Reach
from shopwright.bootstrap.tenant_export import TenantExport
from shopwright.bootstrap.tenant_import import TenantImport
from shopwright.bootstrap.tenant_life import Order, TenantLife
from shopwright.catalog.faults import Report
from shopwright.catalog.source import open_source
from shopwright.catalog.versions.revision import Author
from shopwright.multi_tenant.documents import TenantDocument
from shopwright.multi_tenant.repository.held import Work
from shopwright.settings import DatabaseSettings, Secret
from shopwright.storage.releases.signing import load_signer
from shopwright.validation.checkout import Checkout
from shopwright.validation.registry import Result, check

TENANT, COPY = "life", "life-copy"
TIMED = 3
MOST_SECONDS = 2.0
_AUTHOR = Author("validate", dt.datetime(2026, 1, 1, tzinfo=dt.UTC))


class _Killed(Exception):
    """The operation ends here, as a killed process would end it."""


@dataclass(slots=True)
class Found:
    """What became of the tenants."""

    points: int = 0
    """Moments at which a creation was killed."""

    half: int = 0
    """Of these, how many left a tenant nobody can enter."""

    is_whole: bool = False
    """Whether the next call made all of it."""

    stands: bool = False
    """Whether a suspension holds and ends."""

    files: int = 0
    is_same: bool = False
    """Whether what was exported, imported and exported again is the same."""

    looked: int = 0
    left: int = 0
    seconds: list[float] = field(default_factory=list)

    @property
    def passed(self) -> bool:
        """Whether all of it is as it must be."""
        return (
            0 < self.points == self.half
            and self.is_whole
            and self.stands
            and self.is_same
            and self.looked > 0
            and not self.left
            and statistics.median(self.seconds) < MOST_SECONDS
        )


@check("M1")
def life(checkout: Checkout) -> Result:
    """Kill a creation before and after each of its steps, finish it, then suspend, export, import and delete."""
    folder = checkout.work / "tenants"
    shutil.rmtree(folder, ignore_errors=True)
    found = asyncio.run(_found(folder))
    again = "and whole after the next call" if found.is_whole else "but NOT whole after the next call"
    same = "the same" if found.is_same else "NOT the same"
    return Result(
        f"killed at {found.points} points it is half made at {found.half}, closed, {again}; {found.files} files "
        f"exported, imported and exported again are {same}; {'' if found.stands else 'NOT '}suspended and resumed; "
        f"deleted, {found.looked} places looked at, something left in {found.left}; "
        f"made in {statistics.median(found.seconds):.2f} s",
        passed=found.passed,
    )


async def _found(folder: Path) -> Found:
    settings, found = DatabaseSettings(uri=Secret(), mongod=None, folder=folder / "mongo"), Found()
    async with open_platform(settings) as platform:
        tenants = TenantLife(platform, folder / "state", "validate")
        await _kill(tenants, found)
        await _suspend(tenants, found)
        await _take_out(tenants, folder, found)
        deletion = Deletion(tenants, Reach(folder / "state", folder / "cache"), load_signer(folder / "key.pem"))
        for number in range(TIMED):
            started = time.perf_counter()
            await tenants.create(Order(f"timed-{number}"))
            found.seconds.append(time.perf_counter() - started)
        for tenant in (TENANT, COPY, *(f"timed-{number}" for number in range(TIMED))):
            report = (await deletion.run(tenant)).report
            found.looked += len(report.places)
            found.left += len(report.remaining)
    return found


@dataclass(frozen=True, slots=True)
class _Mortal(TenantLife):
    """Dies at the step ``at``, before or after it was done."""

    at: str = ""
    after: bool = False

    def creation_steps(self, tenant: TenantDocument) -> list[Work]:
        steps = TenantLife.creation_steps(self, tenant)
        return [self._deadly(step) if step.name == self.at else step for step in steps]

    def _deadly(self, step: Work) -> Work:
        async def die() -> None:
            if self.after:
                await step.do()
            raise _Killed

        return Work(step.name, die)


async def _kill(tenants: TenantLife, found: Found) -> None:
    names = ("key", "database", "audit")
    for at in names:
        for after in (False, True):
            mortal = _Mortal(tenants.platform, tenants.state, tenants.by, at, after)
            try:
                await mortal.create(Order(TENANT))
            except _Killed:
                found.points += 1
            standing = await standing_of(tenants.platform.control, TENANT)
            found.half += standing is Standing.CLOSED
    await tenants.create(Order(TENANT))
    traces = await tenants.platform.traces(TENANT, "main")
    async with tenants.platform.tenants.tenant(TENANT) as database:
        has_trail = await AuditTrail(database).end() != START
    has_key = await tenants.platform.keys.exists(TENANT)
    found.is_whole = has_trail and has_key and (traces.database, traces.users, traces.roles) == (True, 1, 1)


async def _suspend(tenants: TenantLife, found: Found) -> None:
    seen = []
    for turn in (tenants.suspend, tenants.resume):
        await turn(TENANT)
        seen.append(await standing_of(tenants.platform.control, TENANT))
    found.stands = seen == [Standing.SUSPENDED, Standing.ACTIVE]


async def _take_out(tenants: TenantLife, folder: Path, found: Found) -> None:
    source = folder / "source"
    source.mkdir(parents=True)
    (source / "store.yaml").write_text("name: Luna\n")
    (source / "products.jsonl").write_bytes(
        b"\n".join(orjson.dumps({"handle": f"p{number}", "title": "Product"}) for number in range(100))
    )
    async with tenants.platform.tenants.tenant(TENANT) as database:
        catalog = catalog_of(tenants.platform, database, tenants.state, "luna")
        await catalog.bring_in(open_source(source), _AUTHOR, Report())
    first = await TenantExport(tenants).run(TENANT, folder / "first.zip")
    await TenantImport(tenants, folder / "first.zip", Order(COPY)).run()
    second = await TenantExport(tenants).run(COPY, folder / "second.zip")
    found.files = len(first.files)
    stores = [name for name in first.files if name.startswith("stores/")]
    found.is_same = bool(stores) and all(first.files[name] == second.files.get(name) for name in stores)
