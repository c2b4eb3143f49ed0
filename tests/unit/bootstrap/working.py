"""A worker for tests: a platform on a real server, a machine of its own in a folder, and a store that costs little."""

import asyncio
import datetime as dt
import sys
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from tests.stores.small import product, write_source
from tests.unit.bootstrap.lives import settings as database_settings

from shopwright.bootstrap.catalog import catalog_of
from shopwright.bootstrap.job_place import JobPlace
from shopwright.bootstrap.job_process import Processes
from shopwright.bootstrap.job_runner import JobRunner
from shopwright.bootstrap.jobs import Jobs, Unguarded
from shopwright.bootstrap.platform import open_platform
from shopwright.bootstrap.tenant import tenant_of
from shopwright.catalog.faults import Report
from shopwright.catalog.repository.importing import Bringing
from shopwright.catalog.source import open_source
from shopwright.catalog.versions.revision import Author
from shopwright.database.tickets import TICKETS
from shopwright.job_settings import JobSettings
from shopwright.jobs.documents import Order
from shopwright.settings import Aws, Secret, Settings

PATIENCE = 60
PRETENDS = (sys.executable, "-S", str(Path(__file__).with_name("pretended_build.py")))
DAY = "2026-11-23"
AWS = Aws("us-east-1", "", "https://cloudfront.amazonaws.com", "", Secret(), Secret())
LUNA = Order(store="luna", site_url="https://luna.example", date=DAY, pictures="skip")


def place(folder: Path, releases: str = "", **changes) -> JobPlace:
    """A machine whose folders lie below one."""
    machine = Settings(
        cache=folder / "cache",
        state=folder / "state",
        workers=1,
        chromium=Path("chromium"),
        allow_private_addresses=False,
        release_key=folder / "state" / "release-key.pem",
        trusted_keys=None,
        cloudflare_token=Secret(),
        fastly_token=Secret(),
    )
    jobs = JobSettings(releases or str(folder / "releases"), 1, dt.timedelta(hours=1), None)
    return JobPlace(machine, replace(jobs, **changes), AWS, "worker 1")


class Working:
    """An open platform with tenants, and what is done with their jobs."""

    def __init__(self, platform, folder, **changes):
        self.platform = platform
        self.folder = folder
        self.place = place(folder, **changes)
        self.runner = JobRunner(platform, self.place, beat=0.05, processes=Processes(PRETENDS))
        self.jobs = Jobs(platform, self.runner.wake)
        self.names = []

    @asynccontextmanager
    async def inside(self, tenant):
        async with self.platform.tenants.tenant(tenant) as database:
            yield Unguarded(database, "ann")

    async def tenant(self, *products, name=""):
        """A new tenant with the store luna."""
        name = name or f"test-{uuid4().hex}"
        self.names.append(name)
        async with tenant_of(self.platform, name):
            pass
        await self.stock(name, *(products or [product("a")]))
        return name

    async def stock(self, name, *products, store="luna"):
        """Let a store sell these."""
        source = write_source(self.folder / f"{name}-{store}", list(products))
        async with self.platform.tenants.tenant(name) as database:
            catalog = catalog_of(self.platform, database, self.place.settings.state, store)
            author = Author("ann", dt.datetime(2026, 11, 23, tzinfo=dt.UTC))
            await catalog.bring_in(open_source(source), author, Report(), bringing=Bringing(folder=source))

    async def submit(self, tenant, order=LUNA, key=""):
        async with self.inside(tenant) as inside:
            return await self.jobs.submit(inside, order, key)

    async def job(self, tenant, id_):
        async with self.inside(tenant) as inside:
            return await self.jobs.get(inside, id_)

    def really(self):
        """Build from now on, instead of pretending."""
        self.runner.processes = Processes()

    def live(self, tenant, store="luna") -> Path:
        """The folder that is live."""
        return Path(self.place.jobs.releases, tenant, store, "live")


@asynccontextmanager
async def working(uri, folder, **changes):
    """A worker; tenants go when it ends."""
    async with open_platform(database_settings(folder, uri)) as platform:
        await platform.control.documents(TICKETS).collection.delete_many({})
        made = Working(platform, folder, **changes)
        try:
            yield made
        finally:
            await made.runner.processes.end()
            for name in made.names:
                await platform.withdraw(name, "main")
                await platform.control.documents(TICKETS).delete(name)


async def until(true):
    async with asyncio.timeout(PATIENCE):
        while True:
            if await true():
                return
            await asyncio.sleep(0.05)


def alive(pid):
    """Whether a process is there that was not only not waited for yet."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def ended(pid):
    """What tells, for ``until``, whether a process is gone."""

    async def told():
        return not alive(pid)

    return told
