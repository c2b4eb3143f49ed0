import asyncio

import pytest
from pymongo.asynchronous.collection import AsyncCollection
from pymongo.errors import OperationFailure

from shopwright.database.cluster import open_cluster
from shopwright.database.document import Document, DocumentType, Query, Reference
from shopwright.database.explain.explaining import Explaining, unfit_queries
from shopwright.database.explain.recorder import Recorder
from shopwright.database.explain.usage import unused_indexes
from shopwright.database.migrations.run import migrate
from shopwright.errors import DatabaseError


class Thing(Document):
    id: str
    handle: str
    price: int
    other: str = ""


BY_PRICE = Query("by_price", ("handle",), sort=("price",))
THINGS = DocumentType("things", Thing, (BY_PRICE,))


@pytest.fixture
async def explained(mongo_uri):
    recorder = Recorder()
    async with open_cluster(mongo_uri, listeners=[recorder]) as cluster:
        database = cluster.tenant("explained")
        await migrate(database, (THINGS,))
        things = database.documents(THINGS)
        await things.insert_all(Thing(id=f"t{n}", handle=f"h{n % 2}", price=n) for n in range(200))
        yield Explaining(database, recorder)
        await cluster.client.drop_database(database.raw.name)


async def fault(explained, work):
    with pytest.raises(DatabaseError) as caught:
        await explained(work)
    return caught.value.what


async def test_what_uses_its_index_passes_with_its_result(explained):
    things = explained.database.documents(THINGS)
    found = await explained(things.find(BY_PRICE, {"handle": "h1"}, limit=3))
    assert [one.price for one in found] == [1, 3, 5]
    assert (await explained(things.get("t5"))).price == 5
    assert await explained(things.count(BY_PRICE, {"handle": "h0"})) == 100
    assert (await explained(things.update("t5", {"price": 7}))).price == 7
    assert await explained(things.update_all(BY_PRICE, {"handle": "h0"}, {"other": "x"})) == 100
    assert (await explained(things.claim(BY_PRICE, {"handle": "h1"}, {"other": "y"}))).price == 1
    assert await explained(things.delete("t5"))
    assert await explained(things.delete_all(BY_PRICE, {"handle": "h1"})) == 99

    async def work(session):
        return await things.get("t6", session=session)

    assert (await explained(explained.database.transaction(work))).id == "t6"


async def test_what_would_not_scale_is_named(explained):
    raw = explained.database.raw.things
    scanned = await fault(explained, raw.find({"other": "x"}).to_list())
    assert scanned == "find things reads the whole collection; find things reads 200 documents for 0"
    assert "find things sorts in memory" in await fault(explained, raw.find({"handle": "h1"}).sort("other").to_list())
    counted = await fault(explained, raw.count_documents({"handle": "h1", "other": "x"}))
    assert counted == "aggregate things reads 100 documents for 0"
    assert "update things reads the whole" in await fault(
        explained, raw.update_many({"other": "x"}, {"$set": {"price": 1}})
    )
    assert "delete things reads the whole" in await fault(explained, raw.delete_many({"other": "x"}))
    assert "distinct things reads the whole" in await fault(explained, raw.distinct("other"))
    grouped = raw.aggregate([{"$match": {"handle": "h1"}}, {"$group": {"_id": "$other"}}, {"$sort": {"_id": 1}}])
    assert "aggregate things sorts in memory" in await fault(explained, grouped)


async def test_of_several_changes_in_one_command_each_is_explained(explained):
    from pymongo import UpdateOne

    raw = explained.database.raw.things
    changes = [UpdateOne({"_id": "t1"}, {"$set": {"price": 1}}), UpdateOne({"other": "x"}, {"$set": {"price": 1}})]
    told = await fault(explained, raw.bulk_write(changes))
    assert told == "update things reads the whole collection; update things reads 200 documents for 0"


async def test_work_that_asks_for_nothing_proves_nothing(explained):
    assert await fault(explained, asyncio.sleep(0)) == "No command was sent"


async def test_a_declared_query_without_its_index_is_named(explained):
    assert await unfit_queries(explained.database, (THINGS,)) == []
    await explained.database.raw.things.drop_index("handle_1_price_1")
    told = await unfit_queries(explained.database, (THINGS,))
    assert told[:2] == ["things.by_price sorts in memory", "things.by_price reads the whole collection"]
    naming = DocumentType("things", Thing, references=(Reference("other", "others"),))
    told = await unfit_queries(explained.database, (naming,))
    assert told[0] == "things.naming others by other reads the whole collection"


async def test_indexes_that_nothing_used_are_told_where_something_was_asked(explained):
    database = explained.database
    assert await unused_indexes(database, (THINGS,)) == []
    await database.documents(THINGS).get("t1")
    assert await unused_indexes(database, (THINGS,)) == ["things.handle_1_price_1"]
    await database.documents(THINGS).find(BY_PRICE, {"handle": "h1"}, limit=1)
    assert await unused_indexes(database, (THINGS,)) == []


@pytest.mark.parametrize("code", [13, 8])
async def test_who_may_not_see_the_use_of_indexes_is_told_of_none(explained, monkeypatch, code):
    async def refuse(*_):
        raise OperationFailure("no", code)

    monkeypatch.setattr(AsyncCollection, "aggregate", refuse)
    if code == 13:
        assert await unused_indexes(explained.database, (THINGS,)) == []
    else:
        with pytest.raises(DatabaseError):
            await unused_indexes(explained.database, (THINGS,))


async def test_only_commands_that_look_for_something_are_recorded(explained):
    explained.recorder.taken()
    await explained.database.documents(THINGS).insert(Thing(id="new", handle="h", price=1))
    assert explained.recorder.taken() == []
    assert [one.name for one in explained.recorder.taken()] == []
    await explained.database.documents(THINGS).get("new")
    assert [one.name for one in explained.recorder.taken()] == ["find things"]
    with pytest.raises(OperationFailure):
        await explained.database.raw.command({"find": "things", "filter": {"$nonsense": 1}})
