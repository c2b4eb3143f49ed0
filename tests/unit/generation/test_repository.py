import asyncio
import datetime as dt

import pytest
from tests.unit.catalog.repository.stored import store_luna

from shopwright.bootstrap.document_types import DOCUMENT_TYPES
from shopwright.database.lease import Leases
from shopwright.database.migrations.run import migrate
from shopwright.database.references.graph import ReferenceGraph
from shopwright.errors import DatabaseError, DuplicateDocument, LeaseLost, ReferenceRefused
from shopwright.generation import repository
from shopwright.generation.documents import LIVE, RELEASES
from shopwright.generation.repository import Change, Live, NewRelease, ReleaseRepository
from shopwright.jobs.repository import JobRepository, Order

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


def release(number, **more):
    return NewRelease(f"{number:020x}", f"{number:064x}", files=10, bytes=1_000, **more)


def change(key):
    return Change(key, "ana", NOW)


def live(number, *before, sequence):
    return Live(f"{number:020x}", tuple(f"{each:020x}" for each in before), sequence)


@pytest.fixture
async def releases(tenant_database):
    await migrate(tenant_database, DOCUMENT_TYPES, ())
    await store_luna(tenant_database)
    return ReleaseRepository(tenant_database, ReferenceGraph(DOCUMENT_TYPES))


@pytest.fixture
async def lease(releases):
    async with Leases(releases.database).hold("luna", "test") as held:
        yield held


async def test_a_release_is_recorded_and_live(releases, lease):
    assert await releases.live("luna") is None
    assert await releases.publish(lease, release(1, revision=7), change("a")) == live(1, sequence=1)
    assert await releases.publish(lease, release(2), change("b")) == live(2, 1, sequence=2)
    assert await releases.live("luna") == live(2, 1, sequence=2)
    newest = await releases.newest("luna")
    assert {(each.id, each.revision, each.created) for each in newest} == {
        ("luna/" + "0" * 19 + "1", 7, NOW),
        ("luna/" + "0" * 19 + "2", None, NOW),
    }


async def test_the_same_release_again_changes_nothing(releases, lease):
    await releases.publish(lease, release(1), change("a"))
    assert await releases.publish(lease, release(1), change("b")) == live(1, sequence=1)


async def test_the_same_key_again_answers_what_it_answered(releases, lease):
    first = await releases.publish(lease, release(1), change("a"))
    await releases.publish(lease, release(2), change("b"))
    assert await releases.publish(lease, release(1), change("a")) == first
    assert (await releases.live("luna")).release == release(2).release
    with pytest.raises(DuplicateDocument):
        await releases.publish(lease, release(3), change("a"))


async def test_a_release_that_was_live_can_be_again(releases, lease):
    for number in (1, 2, 3):
        await releases.publish(lease, release(number), change(str(number)))
    assert await releases.roll_back(lease, change("back")) == live(2, 3, 1, sequence=4)
    assert await releases.roll_back(lease, change("to 1"), release(1).release) == live(1, 2, 3, sequence=5)


async def test_only_what_was_recorded_can_be_live(releases, lease):
    with pytest.raises(DatabaseError, match="No release was live before this one"):
        await releases.roll_back(lease, change("back"))
    with pytest.raises(ReferenceRefused, match=r"live\.release"):
        await releases.roll_back(lease, change("back"), release(9).release)
    assert await releases.live("luna") is None


async def test_whoever_saw_another_release_live_switches_nothing(releases, lease):
    await releases.publish(lease, release(1), change("a"), expected="")
    with pytest.raises(DuplicateDocument, match="Somebody else switched the live release meanwhile"):
        await releases.publish(lease, release(2), change("b"), expected="")
    assert await releases.database.documents(RELEASES).get("luna/" + release(2).release) is None
    await releases.publish(lease, release(2), change("c"), expected=release(1).release)


async def test_without_the_lease_nothing_is_written(releases):
    async with Leases(releases.database).hold("luna", "first") as over:
        pass
    for late in (
        releases.publish(over, release(1), change("a")),
        releases.roll_back(over, change("b")),
        releases.forget(over, release(1).release),
    ):
        with pytest.raises(LeaseLost):
            await late
    assert await releases.newest("luna") == []


async def test_a_job_ends_with_what_it_did_or_not_at_all(releases, lease):
    jobs = JobRepository(releases.database)
    await jobs.ask(Order("luna", "publish-1", "publish"), NOW)
    taken = await jobs.take("luna", "worker", 30)
    new = release(1, job=taken.id)

    async def finish(session):
        await jobs.finish(taken, {}, NOW, release=f"luna/{new.release}", session=session)

    async def fail(session):
        await finish(session)
        raise DatabaseError("no")

    with pytest.raises(DatabaseError, match="no"):
        await releases.publish(lease, new, change("a"), also=fail)
    assert (await releases.live("luna"), (await jobs.get(taken.id)).state) == (None, "running")
    await releases.publish(lease, new, change("a"), also=finish)
    done = await jobs.get(taken.id)
    assert (done.state, done.release) == ("done", f"luna/{new.release}")


async def test_the_record_of_a_release_is_removed_unless_it_is_live(releases, lease):
    for number in (1, 2, 3):
        await releases.publish(lease, release(number), change(str(number)))
    with pytest.raises(ReferenceRefused, match=r"releases, named by live\.release"):
        await releases.forget(lease, release(3).release)
    assert await releases.forget(lease, release(1).release)
    assert not await releases.forget(lease, release(1).release)
    assert await releases.live("luna") == live(3, 2, sequence=3)


async def test_a_bounded_number_of_releases_is_remembered(releases, lease, monkeypatch):
    monkeypatch.setattr(repository, "HISTORY", 2)
    for number in range(1, 6):
        await releases.publish(lease, release(number), change(str(number)))
    assert await releases.live("luna") == live(5, 4, 3, sequence=5)


@pytest.mark.parametrize("writers", [2, 8])
async def test_many_at_once_lose_no_switch(releases, writers):
    """Each waits for its turn; what is live afterwards has counted every switch."""

    async def write(number):
        async with Leases(releases.database).hold("luna", f"writer {number}") as held:
            await releases.publish(held, release(number), change(str(number)))

    await asyncio.gather(*(write(number) for number in range(1, writers + 1)))
    now = await releases.live("luna")
    assert now.sequence == writers
    assert sorted((now.release, *now.before)) == [f"{number:020x}" for number in range(1, writers + 1)]
    assert await releases.database.documents(LIVE).get("mars") is None
