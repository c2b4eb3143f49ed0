from tests.unit.catalog.repository.stored import product, store_luna

from shopwright.bootstrap.document_types import DOCUMENT_TYPES, MIGRATIONS
from shopwright.catalog.documents import PRODUCTS
from shopwright.catalog.repository.leftovers import Leftovers
from shopwright.database.migrations.run import migrate


async def unfinished(database):
    return [store async for store in Leftovers(database).stores()]


async def test_versions_after_the_pointer_and_marks_after_it_are_left_over(tenant_database):
    await migrate(tenant_database, DOCUMENT_TYPES, MIGRATIONS)
    await store_luna(tenant_database, "aria")
    products = tenant_database.documents(PRODUCTS)
    assert await unfinished(tenant_database) == []
    await products.insert_all([product("nova").model_copy(update={"since": 2})])
    assert await unfinished(tenant_database) == ["luna"]
    await products.delete("luna:nova:1")
    await products.collection.update_one({"_id": "luna:aria:1"}, {"$set": {"until": 2}})
    assert await unfinished(tenant_database) == ["luna"]
    await products.collection.update_one({"_id": "luna:aria:1"}, {"$set": {"until": 1}})
    assert await unfinished(tenant_database) == []
