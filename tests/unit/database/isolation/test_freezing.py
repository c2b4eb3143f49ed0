"""A tenant that may only be read: its own users are refused by the server, and nobody puts that right."""

import asyncio

import pytest

from shopwright.catalog.documents import STORES, StoreDocument
from shopwright.database.cluster import open_cluster
from shopwright.database.isolation import freezing
from shopwright.database.isolation.connection import open_as
from shopwright.database.isolation.freezing import freeze, thaw
from shopwright.database.isolation.provision import provision, withdraw
from shopwright.database.isolation.user_secret import UserSecret
from shopwright.database.migrations.run import migrate
from shopwright.database.slots import Slots
from shopwright.errors import DatabaseError

KINDS = (STORES,)
SECRET = UserSecret(1, b"s" * 32)
NAME = "frozen-shop"


@pytest.fixture
async def cluster(mongo_uri):
    async with open_cluster(mongo_uri) as cluster:
        await migrate(cluster.tenant(NAME), KINDS)
        await provision(cluster, NAME, KINDS, SECRET)
        yield cluster
        await withdraw(cluster, NAME)


@pytest.fixture
async def database(cluster, mongo_uri):
    """As the tenant's own user."""
    async with open_as(mongo_uri, NAME, SECRET.login(NAME), Slots(4)) as database:
        yield database


def store(name):
    return StoreDocument(id=name, revision=0, kept=0)


async def test_it_is_read_and_not_written(cluster, database):
    stores = database.documents(STORES)
    await stores.insert(store("luna"))
    await freeze(cluster, NAME, KINDS)
    await freeze(cluster, NAME, KINDS)
    assert await stores.get("luna") == store("luna")
    for change in (
        stores.insert(store("nova")),
        stores.update("luna", {"revision": 1}),
        stores.delete("luna"),
        stores.put(store("luna")),
    ):
        with pytest.raises(DatabaseError):
            await change
    assert await stores.get("luna") == store("luna")


async def test_nobody_who_opens_it_puts_that_right(cluster, database):
    await freeze(cluster, NAME, KINDS)
    with pytest.raises(DatabaseError, match="It is being moved to another cell, and may only be read"):
        await provision(cluster, NAME, KINDS, SECRET)
    await thaw(cluster, NAME)
    await thaw(cluster, NAME)
    await provision(cluster, NAME, KINDS, SECRET)
    await database.documents(STORES).insert(store("nova"))
    assert await database.documents(STORES).get("nova") == store("nova")


async def test_a_transaction_that_was_open_is_undone(cluster, database):
    """What was not acknowledged before the end of the freeze is not there, and nothing comes after it."""
    begun, frozen = asyncio.Event(), asyncio.Event()

    async def work(session):
        await database.documents(STORES).insert(store("late"), session=session)
        begun.set()
        await frozen.wait()

    writing = asyncio.create_task(database.transaction(work))
    await begun.wait()
    await freeze(cluster, NAME, KINDS)
    frozen.set()
    with pytest.raises(DatabaseError):
        await writing
    assert await cluster.tenant(NAME).documents(STORES).get("late") is None


async def test_many_writers_are_stopped_at_one_moment(cluster, database):
    """What was acknowledged is there; after the freeze nothing changes any more."""
    acknowledged, enough = [], asyncio.Event()

    async def write(number):
        for turn in range(1_000):
            await database.documents(STORES).insert(store(f"shop-{number}-{turn}"))
            acknowledged.append(f"shop-{number}-{turn}")
            if len(acknowledged) >= 20:
                enough.set()

    writers = [asyncio.create_task(write(number)) for number in range(4)]
    await enough.wait()
    await freeze(cluster, NAME, KINDS)
    there = {found["_id"] async for found in cluster.tenant(NAME).raw.stores.find({}, {"_id": 1})}
    results = await asyncio.gather(*writers, return_exceptions=True)
    assert all(isinstance(result, DatabaseError) for result in results)
    assert set(acknowledged) <= there
    assert {found["_id"] async for found in cluster.tenant(NAME).raw.stores.find({}, {"_id": 1})} == there


async def test_what_does_not_end_is_told(cluster, monkeypatch):
    async def always(_):
        return {1}

    monkeypatch.setattr(freezing, "_at_work", always)
    monkeypatch.setattr(freezing, "WAIT_SECONDS", 0.05)
    with pytest.raises(DatabaseError, match="Something is still at work that may write"):
        await freeze(cluster, NAME, KINDS)


async def test_without_users_there_is_nobody_to_stop(cluster):
    await cluster.tenant(NAME).raw.command("dropAllUsersFromDatabase")
    await freeze(cluster, NAME, KINDS)
