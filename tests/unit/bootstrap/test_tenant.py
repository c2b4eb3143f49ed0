"""The database of a tenant, and the state of all: joined from the real parts."""

import asyncio

import pytest

from shopwright.bootstrap import schema
from shopwright.bootstrap.deployment import open_deployment
from shopwright.bootstrap.document_types import DOCUMENT_TYPES, MIGRATIONS
from shopwright.bootstrap.schema import ALL_TYPES, deployment_state, migrate_tenants
from shopwright.bootstrap.tenant import TENANT, open_tenant
from shopwright.database.migrations.migration import in_order
from shopwright.database.schema.drift import drift
from shopwright.errors import DatabaseError, DatabaseUnavailable
from shopwright.settings import DatabaseSettings, Secret


@pytest.fixture
async def settings(mongo_uri, tmp_path):
    """Of the server that is there already; its tenant is dropped afterwards."""
    settings = DatabaseSettings(Secret(mongo_uri), None, tmp_path)
    yield settings
    async with open_deployment(settings) as cluster:
        for tenant in (TENANT, "bare"):
            await cluster.client.drop_database(cluster.tenant(tenant).raw.name)


async def test_a_tenant_has_the_schema_of_this_version(settings):
    async with open_tenant(settings) as database:
        assert database.name == TENANT
    async with open_deployment(settings) as cluster:
        assert await drift(cluster.tenant(TENANT), ALL_TYPES) == []


async def test_one_that_must_be_there_is_not_made(settings):
    with pytest.raises(DatabaseError, match="'bare': There is no such tenant"):
        async with open_tenant(settings, "bare", there=True):
            pass
    async with open_deployment(settings) as cluster:
        assert "bare" not in await cluster.tenants()


async def test_the_state_of_tenants_is_told_and_put_right(settings):
    async with open_deployment(settings) as cluster:
        await cluster.tenant("bare").raw.create_collection("stranger")
    before = await deployment_state(settings, ("bare",))
    assert before.version.startswith("6.")
    assert (before.tenants[0].pending, before.tenants[0].is_fit) == (("schema",), False)
    assert await migrate_tenants(settings, ("bare",)) == {"bare": 0}
    after = (await deployment_state(settings, ("bare",))).tenants[0]
    assert (after.pending, after.drift, after.is_fit) == ((), ("stranger: unexpected collection",), False)
    assert after.unused == ()


async def test_without_names_all_tenants_are_meant(settings, monkeypatch):
    async with open_tenant(settings, "bare"):
        pass

    async def two(cluster):
        return ["bare"]

    monkeypatch.setattr(schema.Cluster, "tenants", two)
    assert [tenant.tenant for tenant in (await deployment_state(settings)).tenants] == ["bare"]
    assert await migrate_tenants(settings) == {"bare": 0}


async def use(settings, note):
    async with open_deployment(settings) as cluster:
        note()
        assert await cluster.version()
        raise KeyError


async def test_a_private_server_is_started_beside_the_event_loop(tmp_path, monkeypatch):
    """And stopped with it, whatever happened inside."""
    ticks = 0

    async def tick():
        nonlocal ticks
        while True:
            ticks += 1
            await asyncio.sleep(0.005)

    ticking = asyncio.create_task(tick())
    seen = []
    with pytest.raises(KeyError):
        await use(DatabaseSettings(Secret(), None, tmp_path / "mongo"), lambda: seen.append(ticks))
    ticking.cancel()
    assert seen[0] > 20
    assert not (tmp_path / "mongo/running.json").exists()


async def test_nothing_is_left_when_there_is_no_server(tmp_path):
    with pytest.raises(DatabaseUnavailable):
        async with open_tenant(DatabaseSettings(Secret(), tmp_path / "none", tmp_path / "mongo")):
            pass


def test_every_type_of_document_is_listed_once():
    names = [kind.name for kind in ALL_TYPES]
    assert len(set(names)) == len(names) == len(DOCUMENT_TYPES) + 1
    assert in_order(MIGRATIONS) == MIGRATIONS
