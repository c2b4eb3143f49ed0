"""Tenants at work at once, each with a marker of its own in all it has: no marker is found anywhere else.

Looked at are every page and picture of each site, each tenant's files and caches, what the door's parts
answered, errors, trails, each database as the server holds it, the sealed backups and what is restored from them, all
that was logged, and every file that belongs to no tenant.
"""

import asyncio
import datetime as dt
import logging
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from tests.security.callers import NOW, OWNER
from tests.security.tenants import SHOP, contents, fill, standing
from tests.stores.small import BARE

from shopwright.access.actions import Action
from shopwright.audit.repository.trail import AuditTrail
from shopwright.bootstrap.backup import open_backups
from shopwright.bootstrap.platform import open_platform
from shopwright.bootstrap.platform_door import platform_door
from shopwright.catalog.versions.listed import Filter
from shopwright.catalog.versions.revision import Author, Kind
from shopwright.database.backup.key import BackupKey
from shopwright.errors import ShopwrightError
from shopwright.generation.pipeline import Order, build_store
from shopwright.jobs.repository import JobRepository
from shopwright.settings import DatabaseSettings, Secret
from shopwright.storage.objects.folder import FolderObjects

MOST = 20
"""Tenants there are markers of."""

BUILT = 2
"""As many have their pages built, two at a time; the others do everything else meanwhile."""

ROUNDS = 2


def markers_in(data: bytes) -> set[str]:
    """Of whom something is found in some bytes, in whatever letters."""
    found = data.lower()
    return {f"CANARY{n:02}X" for n in range(MOST) if f"canary{n:02}x".encode() in found}


def files_of(*folders: Path) -> dict[Path, bytes]:
    every = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return {path: str(path).encode() + b"\n" + path.read_bytes() for path in every}


class Town:
    """The tenants, and what each was told: answers and errors."""

    def __init__(self, platform, folder):
        self.platform, self.folder = platform, folder
        self.door = replace(platform_door(platform, folder), now=lambda: NOW)
        self.filled, self.told = [], {}
        self.builds = asyncio.Semaphore(2)

    async def settle(self, number):
        marker = f"CANARY{number:02}X"
        name = f"town{number:02}-{uuid4().hex[:8]}"
        self.filled.append(await fill(self.platform, name, marker, self.folder))
        self.told[marker] = []

    async def busy(self, resident, number):
        caller = replace(OWNER, tenant=resident.name, user=resident.user)
        for turn in range(ROUNDS):
            await self.work(resident, caller, turn)
            await self.pry(resident, caller, self.filled[(number + turn + 1) % len(self.filled)])
        if number < BUILT:
            async with self.builds:
                await asyncio.to_thread(self.build, resident)

    async def work(self, resident, caller, turn):
        told = self.told[resident.marker]
        async with self.door.enter(caller, resident.name, Action.CATALOG_CHANGE) as inside:
            catalog = inside.catalog(SHOP)
            patch = {"description": f"Described {resident.marker} {turn}"}
            await catalog.patch(Kind.PRODUCT, [resident.product], patch, Author("ann", NOW))
            told += [await catalog.page(Filter(), 10), await catalog.line(Kind.PRODUCT, resident.product)]
            told += [await catalog.search("canary", 10), await inside.part(AuditTrail).end()]
            told += [await inside.part(JobRepository).newest(SHOP)]
        async with self.door.enter(caller, resident.name, Action.AUDIT_EXPORT) as inside:
            told += [line async for line in inside.part(AuditTrail).lines()]
        if turn == 0:
            async with self.door.enter(caller, resident.name, Action.CATALOG_READ) as inside:
                await inside.catalog(SHOP).write_folder(self.folder / "exports" / resident.name)

    async def pry(self, resident, caller, neighbour):
        """Ask for what is a neighbour's: by its tenant, and by its ids in one's own."""
        attempts = [(neighbour.name, neighbour.product), (resident.name, neighbour.product), (neighbour.name, "")]
        for tenant, product in attempts:
            with pytest.raises(ShopwrightError) as error:
                async with self.door.enter(caller, tenant, Action.CATALOG_READ) as inside:
                    await inside.catalog(SHOP).line(Kind.PRODUCT, product)
            asked = (neighbour.name, neighbour.product, neighbour.product.title())
            self.told[resident.marker].append(_without(repr(error.value), *asked))

    def build(self, resident):
        source, out = self.folder / "exports" / resident.name, self.folder / "sites" / resident.name
        order = Order(
            source=source, out=out, date=dt.datetime(2026, 11, 23, tzinfo=dt.UTC), cache=self.folder / "cache",
            workers=1, theme=str(BARE), formats=("jpeg",), tenant=resident.name,
        )  # fmt: skip
        self.told[resident.marker].append(build_store(order, lambda _stage, _done: None))


def _without(text, *asked):
    """An error may say again what was asked for: that the asker knew."""
    for words in asked:
        text = text.replace(words, "…")
    return text


@pytest.fixture
async def town(mongo_uri, tmp_path):
    settings = DatabaseSettings(Secret(mongo_uri), None, tmp_path / "mongo")
    for name in ("exports", "sites"):
        (tmp_path / name).mkdir()
    async with open_platform(settings) as platform:
        town = Town(platform, tmp_path)
        yield town
        for resident in town.filled:
            await platform.withdraw(resident.name, "main")
            await standing(platform, resident.name, "deleted")


@pytest.mark.parametrize("tenants", [4, pytest.param(MOST, marks=pytest.mark.proof)])
async def test_nothing_of_one_is_found_in_anything_of_another(town, caplog, capfd, tenants):
    caplog.set_level(logging.INFO)
    for number in range(tenants):
        await town.settle(number)
    await asyncio.gather(*(town.busy(resident, number) for number, resident in enumerate(town.filled)))

    for resident in town.filled:
        own = {resident.marker}
        folders = [town.folder / part / resident.name for part in ("tenants", "cache/tenants", "exports", "sites")]
        for path, data in files_of(*folders).items():
            assert markers_in(data) <= own, path
        assert markers_in(repr(town.told[resident.marker]).encode()) == own
        found = await contents(town.platform, resident.name)
        assert {marker for each in found.values() for marker in markers_in(repr(each).encode())} == own
    assert markers_in(b"".join(files_of(town.folder / "sites").values())) == {f"CANARY{n:02}X" for n in range(BUILT)}

    assert markers_in(repr(await contents_of_control(town)).encode()) == set()
    assert markers_in("\n".join([caplog.text, *capfd.readouterr()]).encode()) == set()
    own_places = ("tenants", "cache/tenants", "exports", "sites", *(f"source-{one.name}" for one in town.filled))
    for path, data in files_of(town.folder).items():
        if not path.is_relative_to(town.folder) or not any(
            path.is_relative_to(town.folder / own) for own in own_places
        ):
            assert markers_in(data) == set(), path

    await asyncio.to_thread(look_at_backups, town)


async def contents_of_control(town):
    raw = town.platform.cluster.control.raw
    return [await raw[name].find({}).to_list() for name in await raw.list_collection_names()]


def quietly(done):
    del done


def look_at_backups(town):
    """Sealed, a backup shows nothing of anybody; what is restored of one tenant shows nothing of another."""
    one, other = town.filled[0], town.filled[1]
    place = town.folder / "backups"
    key = BackupKey(b"k" * 32)
    with open_backups(town.platform.settings, FolderObjects(place), key) as backups:
        backups.take([one.name, other.name], NOW, quietly)
        assert markers_in(b"".join(files_of(place).values())) == set()
        restored = backups.restore_tenant(
            one.name, f"{one.name}-again", None, replace=False, progress=lambda _done: None
        )
        assert restored
        raw = backups.client[f"t_{one.name}-again"]
        texts = repr([list(raw[name].find({})) for name in raw.list_collection_names()])
        assert markers_in(texts.encode()) == {one.marker}
        backups.client.drop_database(raw.name)
