"""Every document of a collection."""

import pytest

from shopwright.catalog.documents import STORES, StoreDocument
from shopwright.database.migrations.run import migrate
from shopwright.database.whole import every
from shopwright.errors import DocumentRefused


async def test_all_of_them_in_the_order_of_their_ids(tenant_database):
    await migrate(tenant_database, (STORES,))
    documents = tenant_database.documents(STORES)
    assert [found async for found in every(documents)] == []
    made = [StoreDocument(id=f"shop-{number:04}", revision=number, kept=0) for number in range(60)]
    await documents.insert_all(reversed(made))
    assert [found async for found in every(documents)] == made


async def test_one_that_is_not_what_was_declared_is_told(tenant_database):
    await tenant_database.raw.stores.insert_one({"_id": "luna", "stranger": 1})
    with pytest.raises(DocumentRefused):
        _ = [found async for found in every(tenant_database.documents(STORES))]
