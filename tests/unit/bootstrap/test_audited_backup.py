import asyncio
from uuid import uuid4

import pymongo
import pytest
from tests.unit.audit.repository.trails import event

from shopwright.audit.event import AuditEvent
from shopwright.audit.repository.trail import AuditTrail
from shopwright.bootstrap.audited_backup import TrailKeeper
from shopwright.bootstrap.deployment import open_deployment
from shopwright.settings import DatabaseSettings, Secret


@pytest.fixture
def keeper(mongo_uri, tmp_path):
    return TrailKeeper(DatabaseSettings(Secret(mongo_uri), None, tmp_path / "mongo"), tmp_path / "trails")


@pytest.fixture
def tenant(mongo_uri, keeper):
    """A tenant with five events."""
    name = f"a-{uuid4().hex[:20]}"

    async def fill(trail):
        for number in range(5):
            await trail.record(event(number))

    with pymongo.MongoClient(mongo_uri) as client:
        within(keeper, name, fill)
        yield name
        client.drop_database(f"t_{name}")


def within(keeper, name, work):
    async def run():
        async with open_deployment(keeper.settings) as cluster:
            return await work(AuditTrail(cluster.tenant(name)))

    return asyncio.run(run())


def cut(uri, name, after):
    """As a restore leaves it."""
    with pymongo.MongoClient(uri) as client:
        client[f"t_{name}"].audit.delete_many({"_id": {"$gt": after}})


RESTORED = AuditEvent("backup.restore", target="backup/b1")


def test_what_the_backup_did_not_have_is_added_again(keeper, tenant, mongo_uri):
    keeper.put_aside([tenant, "nobody-there"])
    cut(mongo_uri, tenant, 2)
    assert keeper.tell([f"t_{tenant}"], RESTORED) == 3
    found = within(keeper, tenant, lambda trail: trail.verify())
    assert (found.events, found.faults) == (6, ())
    assert list(keeper.folder.iterdir()) == []
    assert keeper.tell([f"t_{tenant}"], RESTORED) == 0


def test_a_restore_that_was_killed_and_run_again_finds_what_was_put_aside(keeper, tenant, mongo_uri):
    keeper.put_aside([tenant])
    cut(mongo_uri, tenant, 0)
    with pymongo.MongoClient(mongo_uri) as client:
        client[f"t_{tenant}"].restore_unfinished_1.insert_one({})
        keeper.put_aside([tenant])
        client[f"t_{tenant}"].drop_collection("restore_unfinished_1")
    assert keeper.tell([f"t_{tenant}"], RESTORED) == 5
    assert within(keeper, tenant, lambda trail: trail.verify()).faults == ()


def test_a_restore_that_was_killed_at_its_very_end(keeper, tenant, mongo_uri):
    keeper.put_aside([tenant])
    cut(mongo_uri, tenant, 2)
    keeper.put_aside([tenant])
    assert within(keeper, tenant, lambda trail: trail.verify()).events == 5
    cut(mongo_uri, tenant, 1)
    assert keeper.tell([f"t_{tenant}"], RESTORED) == 4


def test_another_trail_is_not_gone_on_with(keeper, tenant, mongo_uri):
    keeper.put_aside([tenant])
    cut(mongo_uri, tenant, 0)
    within(keeper, tenant, lambda trail: trail.record(event(0, actor="other")))
    assert keeper.tell([f"t_{tenant}"], RESTORED) == 0
    assert within(keeper, tenant, lambda trail: trail.verify()).events == 2
    assert len(list(keeper.folder.iterdir())) == 1
    keeper.put_aside([tenant])
    assert {path.suffix for path in keeper.folder.iterdir()} == {".jsonl", ".other"}
