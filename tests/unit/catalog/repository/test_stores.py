from shopwright.catalog.documents import STORES, StoreDocument
from shopwright.catalog.repository.stores import KeptStore, Stores


async def test_stores_are_listed_by_handle_and_page(tenant_database):
    documents = tenant_database.documents(STORES)
    await documents.insert_all(StoreDocument(id=handle, revision=n, kept=0) for n, handle in enumerate("dbca"))
    stores = Stores(tenant_database)
    assert await stores.listed(10) == [KeptStore("a", 3), KeptStore("b", 1), KeptStore("c", 2)]
    assert await stores.listed(1, "a") == [KeptStore("b", 1)]


async def test_a_tenant_without_stores_has_none(tenant_database):
    assert await Stores(tenant_database).listed(10) == []
