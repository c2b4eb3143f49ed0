"""Every method of the releases' repository, with the server's own account of how it answers each command."""

import datetime as dt

from tests.unit.catalog.repository.stored import store_luna

from shopwright.bootstrap.document_types import DOCUMENT_TYPES
from shopwright.database.lease import Leases
from shopwright.database.references.graph import ReferenceGraph
from shopwright.generation.repository import Change, NewRelease, ReleaseRepository

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


def release(number):
    return NewRelease(f"{number:020x}", f"{number:064x}", files=10, bytes=1_000)


def change(key):
    return Change(str(key), "ana", NOW)


async def test_every_method_uses_its_indexes(explained):
    await store_luna(explained.database)
    releases = ReleaseRepository(explained.database, ReferenceGraph(DOCUMENT_TYPES))
    async with Leases(explained.database).hold("luna", "test") as lease:
        for number in range(40):
            await releases.publish(lease, release(number), change(number))
        await explained(releases.publish(lease, release(40), change("new")))
        assert await explained(releases.live("luna"))
        assert len(await explained(releases.newest("luna", 5))) == 5
        await explained(releases.roll_back(lease, change("back")))
        await explained(releases.mend(lease, change("mended")))
        assert await explained(releases.forget(lease, release(3).release))
