"""Installation, drift and collections: what is installed is what is expected, and every deviation is named."""

import asyncio

import pytest

from shopwright.database.document import Document, DocumentType, Moment, Query
from shopwright.database.migrations.record import MIGRATIONS
from shopwright.database.migrations.run import migrate
from shopwright.database.schema.collection import expected
from shopwright.database.schema.drift import drift
from shopwright.database.schema.installation import drop_indexes, install_collections, install_indexes
from shopwright.errors import DocumentRefused


class Thing(Document):
    id: str
    handle: str
    price: int
    made: Moment


KIND = DocumentType(
    "things",
    Thing,
    (Query("by_handle", ("handle",), unique=True), Query("by_price", sort=("price",))),
    expires="made",
)
OTHER = DocumentType("others", Thing)


async def install(database, *kinds):
    await install_collections(database.raw, kinds)
    await install_indexes(database.raw, kinds)


async def told(database, *kinds):
    return [str(difference) for difference in await drift(database, kinds)]


async def test_what_is_installed_is_as_expected(tenant_database):
    await install(tenant_database, KIND, OTHER)
    assert await told(tenant_database, KIND, OTHER) == []
    await install(tenant_database, KIND, OTHER)
    assert await told(tenant_database, KIND, OTHER) == []
    listed = [index async for index in await tenant_database.raw.things.list_indexes()]
    assert [index.get("expireAfterSeconds") for index in listed if index["name"] == "made_1"] == [0]


async def test_two_that_install_at_once_do_no_harm(tenant_database):
    await asyncio.gather(*(migrate(tenant_database, (KIND, OTHER)) for _ in range(4)))
    assert await told(tenant_database, KIND, OTHER, MIGRATIONS) == []


async def test_every_deviation_is_named(tenant_database):
    await install(tenant_database, KIND, OTHER)
    raw = tenant_database.raw
    await raw.command("collMod", "things", validator={})
    await raw.things.drop_index("price_1")
    await raw.things.drop_index("handle_1")
    await raw.things.create_index("handle")
    await raw.things.create_index("mine")
    await raw.create_collection("stranger")
    await raw.drop_collection("others")
    assert await told(tenant_database, KIND, OTHER) == [
        "others: missing collection",
        "stranger: unexpected collection",
        "things: another validator than expected",
        "things.handle_1: another index than expected",
        "things.mine_1: unexpected index",
        "things.price_1: missing index",
    ]


async def test_deviations_are_put_right_and_what_is_unknown_is_left_alone(tenant_database):
    await install(tenant_database, KIND)
    raw = tenant_database.raw
    await raw.command("collMod", "things", validator={}, validationLevel="off")
    await raw.things.drop_index("handle_1")
    await raw.things.create_index("handle")
    await raw.things.create_index("mine")
    await install(tenant_database, KIND)
    assert await told(tenant_database, KIND) == ["things.mine_1: unexpected index"]


async def test_what_the_server_refuses_names_field_and_reason_and_no_value(tenant_database):
    await install(tenant_database, KIND)
    wrong = {"id": "a", "handle": "secret", "price": "12 secret", "made": None}
    with pytest.raises(DocumentRefused) as caught:
        await tenant_database.documents(KIND).insert(Thing.model_construct(**wrong))
    assert str(caught.value) == "things: price: is not of type ['int', 'long']; made: is not of type date."


async def test_indexes_that_are_gone_are_not_missed(tenant_database):
    await install(tenant_database, KIND)
    await drop_indexes(tenant_database.raw, {"things.price_1", "things.never_1", "nowhere.at_all_1"})
    assert await told(tenant_database, KIND) == ["things.price_1: missing index"]


async def test_a_collection_another_made_meanwhile_gets_the_validator(tenant_database, monkeypatch):
    from shopwright.database.schema import installation

    await tenant_database.raw.create_collection("things")

    async def nothing(database):
        return {}

    monkeypatch.setattr(installation, "found", nothing)
    await installation.install_collections(tenant_database.raw, (KIND,))
    monkeypatch.undo()
    await install_indexes(tenant_database.raw, (KIND,))
    assert await told(tenant_database, KIND) == []


def test_the_rules_of_a_collection():
    collection = expected(KIND)
    assert set(collection.options) == {"validator", "validationLevel", "validationAction"}
    assert collection.indexes["handle_1"] == {"key": {"handle": 1}, "unique": True}
