import datetime as dt

import pytest
from tests.stores.small import product, write_source
from tests.unit.catalog.repository.stored import store_luna

from shopwright.audit.repository.trail import AuditTrail
from shopwright.audit.search import Wanted
from shopwright.bootstrap.audited import CatalogEvents, release_event
from shopwright.bootstrap.document_types import DOCUMENT_TYPES, GRAPH
from shopwright.catalog.faults import Report
from shopwright.catalog.picture_files import PictureFiles
from shopwright.catalog.repository.catalog import CatalogRepository
from shopwright.catalog.repository.kept import Kept
from shopwright.catalog.source import open_source
from shopwright.catalog.versions.revision import Author, Kind
from shopwright.database.lease import Leases
from shopwright.database.migrations.run import migrate
from shopwright.errors import AuditLogError, ChangeRefused
from shopwright.generation.repository import Change, NewRelease, ReleaseRepository

AT = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
ANN = Author("Ann Example", AT)


@pytest.fixture
async def catalog(tenant_database, tmp_path):
    await migrate(tenant_database, DOCUMENT_TYPES)
    tell = CatalogEvents(tenant_database, "luna").tell
    catalog = CatalogRepository(Kept(tenant_database, "luna", PictureFiles(tmp_path / "files"), graph=GRAPH, tell=tell))
    source = open_source(write_source(tmp_path / "source", [product("a"), product("b")]))
    await catalog.bring_in(source, ANN, Report())
    return catalog


async def events(database):
    """What each event says of the store, the oldest first, without the chain."""
    found = await AuditTrail(database).search(Wanted(target="store/luna"), 100)
    assert found.after is None
    named = ("event.action", "user.id", "catalog.revision", "catalog.added", "catalog.changed", "catalog.deleted")
    return [tuple(one.get(name) for name in named) for one in reversed(found.events)]


async def test_each_change_leaves_exactly_its_event(catalog):
    database = catalog.kept.database
    await catalog.patch(Kind.PRODUCT, ["a"], {"title": "Other"}, ANN)
    assert await catalog.patch(Kind.PRODUCT, ["a"], {"title": "Other"}, ANN) is None
    await catalog.delete(Kind.PRODUCT, ["b"], ANN)
    await catalog.restore(Kind.PRODUCT, ["b"], ANN)
    await catalog.undo(2, ANN, merge=False)
    await catalog.prune(1, ANN)
    first, *others = await events(database)
    assert first[:3] == ("catalog.import", "Ann-Example", 1)
    assert others == [
        ("catalog.edit", "Ann-Example", 2, 0, 1, 0),
        ("catalog.delete", "Ann-Example", 3, 0, 0, 1),
        ("catalog.restore", "Ann-Example", 4, 1, 0, 0),
        ("catalog.undo", "Ann-Example", 5, 0, 1, 0),
        ("catalog.prune", "Ann-Example", None, None, None, None),
    ]
    assert (await AuditTrail(database).verify()).faults == ()


async def test_what_is_refused_leaves_none(catalog):
    with pytest.raises(ChangeRefused):
        await catalog.delete(Kind.PRODUCT, ["nothing"], ANN)
    assert len(await events(catalog.kept.database)) == 1


async def test_what_cannot_be_recorded_is_not_done(catalog):
    """The trail's end was changed by somebody: nothing can follow it."""
    database = catalog.kept.database
    await database.raw["audit"].update_one({"_id": 1}, {"$set": {"line": "{}"}})
    with pytest.raises(AuditLogError, match="the line is no record"):
        await catalog.patch(Kind.PRODUCT, ["a"], {"title": "Other"}, ANN)
    assert (await catalog.kept.document()).revision == 1
    assert b"Other" not in await catalog.line(Kind.PRODUCT, "a")


async def test_releases(tenant_database):
    await migrate(tenant_database, DOCUMENT_TYPES)
    await store_luna(tenant_database)
    releases = ReleaseRepository(tenant_database, GRAPH)

    async def publish(number, times=1):
        change = Change(f"key-{number}", "mara", AT + dt.timedelta(minutes=number))
        release = NewRelease(f"{number:020}", f"{number:064}", 1, 1)
        told = release_event(tenant_database, "release.publish", "luna", change, release.release)
        for _ in range(times):
            async with Leases(tenant_database).hold("luna", "test") as lease:
                await releases.publish(lease, release, change, also=told)

    await publish(1, times=2)  # the same again, because no answer came, is no second event
    await publish(2)
    change = Change("key-3", "mara", AT + dt.timedelta(minutes=3))
    async with Leases(tenant_database).hold("luna", "test") as lease:
        told = release_event(tenant_database, "release.rollback", "luna", change, f"{1:020}")
        await releases.roll_back(lease, change, also=told)
    found = await AuditTrail(tenant_database).search(Wanted(action="release"), 100)
    assert [(one["event.action"], one["release.id"], one["user.id"]) for one in reversed(found.events)] == [
        ("release.publish", f"{1:020}", "mara"),
        ("release.publish", f"{2:020}", "mara"),
        ("release.rollback", f"{1:020}", "mara"),
    ]


async def test_what_fails_is_told_too(catalog):
    database = catalog.kept.database
    with pytest.raises(ChangeRefused):
        async with CatalogEvents(database, "luna").attempt("edit", "Ann Example"):
            await catalog.patch(Kind.PRODUCT, ["nobody"], {"title": "Other"}, ANN)
    (last, *_) = (await AuditTrail(database).search(Wanted(target="store/luna"), 1)).events
    told = {name: last[name] for name in ("event.action", "event.outcome", "event.reason", "user.id")}
    assert told == {
        "event.action": "catalog.edit",
        "event.outcome": "failure",
        "event.reason": "not-kept",
        "user.id": "Ann-Example",
    }


async def test_a_store_that_cannot_be_named_is_told_of_without_its_name(tenant_database):
    await migrate(tenant_database, DOCUMENT_TYPES)
    with pytest.raises(ChangeRefused):
        async with CatalogEvents(tenant_database, "no\nstore").attempt("import", "ann"):
            raise ChangeRefused("it is no handle of a store.")
    (last,) = (await AuditTrail(tenant_database).search(Wanted(action="catalog.import"), 10)).events
    assert "target.id" not in last
