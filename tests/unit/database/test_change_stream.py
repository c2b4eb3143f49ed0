import asyncio

import pytest
from pymongo.errors import OperationFailure
from tests.unit.database.test_documents import LENSES, lens

from shopwright.database.change_stream import insertions, insertions_everywhere
from shopwright.errors import DatabaseError


async def test_a_signal_at_once_and_one_for_each_insertion(tenant_database):
    lenses = tenant_database.documents(LENSES)
    await lenses.insert(lens(1))
    signals = insertions(lenses)
    assert await anext(signals) is None
    waiting = asyncio.ensure_future(anext(signals))
    await asyncio.sleep(0.05)
    assert not waiting.done()
    await lenses.insert(lens(2))
    await asyncio.wait_for(waiting, 10)
    waiting = asyncio.ensure_future(anext(signals))
    await lenses.delete("l1")
    await asyncio.sleep(0.05)
    assert not waiting.done()
    await lenses.insert(lens(3))
    await asyncio.wait_for(waiting, 10)
    await signals.aclose()


async def test_a_server_that_does_not_let_one_listen(tenant_database, monkeypatch):
    class Deaf:
        async def watch(self, pipeline):
            raise OperationFailure("not allowed", 13)

    lenses = tenant_database.documents(LENSES)
    object.__setattr__(lenses, "collection", Deaf())
    with pytest.raises(DatabaseError, match="refuses this user"):
        await anext(insertions(lenses))


async def test_what_is_added_to_any_tenant_is_told_with_whose_it_is(cluster, tenant_database):
    other = cluster.tenant(f"{tenant_database.name}-2")
    try:
        async with insertions_everywhere(cluster, LENSES, ("_id",)) as added:
            await tenant_database.documents(LENSES).insert(lens(1))
            await other.documents(LENSES).insert(lens(2))
            await tenant_database.documents(LENSES).delete("l1")
            mine = {tenant_database.name, other.name}
            told = []
            async for tenant, document in added:
                if tenant in mine:
                    told.append((tenant, document))
                if len(told) == 2:
                    break
        assert told == [(tenant_database.name, {"_id": "l1"}), (other.name, {"_id": "l2"})]
    finally:
        await cluster.client.drop_database(other.raw.name)
