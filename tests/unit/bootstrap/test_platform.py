"""The platform on a real server: who acts for whom, as which user, in which cell; also `tenant_connections`."""

import datetime as dt
import json
from uuid import uuid4

import pytest
from pymongo.errors import OperationFailure

from shopwright.bootstrap.cells import MAIN
from shopwright.bootstrap.control_types import CONTROL_TYPES
from shopwright.bootstrap.platform import open_platform
from shopwright.bootstrap.tenant import open_tenant
from shopwright.bootstrap.tenant_connections import ALL_OPERATIONS, OPERATIONS
from shopwright.bootstrap.user_rotation import retire_users, rotate_users
from shopwright.catalog.documents import STORES, StoreDocument
from shopwright.database.cluster import CONTROL
from shopwright.database.isolation import clients
from shopwright.database.isolation.provision import Traces, differences
from shopwright.database.isolation.user_secret import UserSecretFile
from shopwright.errors import BackupError, DatabaseError, SettingsError
from shopwright.multi_tenant.documents import TENANTS, TenantDocument
from shopwright.settings import DatabaseSettings, Secret

NOW = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
STORE = StoreDocument(id="luna", revision=1, kept=0)


@pytest.fixture
def settings(mongo_uri, tmp_path):
    """Two cells that are one server, so that a tenant "moves" without its data."""
    file = tmp_path / "cells.json"
    file.write_text(json.dumps({"other": mongo_uri}))
    file.chmod(0o600)
    return DatabaseSettings(Secret(mongo_uri), None, tmp_path / "mongo", cells=file)


@pytest.fixture
async def platform(settings):
    async with open_platform(settings) as platform:
        yield platform


@pytest.fixture
async def tenant(platform):
    name = f"test-{uuid4().hex}"
    await platform.provision(name)
    yield name
    await platform.withdraw(name, MAIN)
    await platform.cluster.control.documents(TENANTS).delete(name)


def recorded(tenant, state="active", cell=MAIN):
    return TenantDocument(id=tenant, title="Luna", state=state, cell=cell, plan="free", created=NOW, changed=NOW)


async def user_of(database):
    told = await database.raw.client.admin.command("connectionStatus")
    return told["authInfo"]["authenticatedUsers"]


async def test_each_database_is_reached_as_its_own_user(platform, tenant, settings):
    user = UserSecretFile(settings.user_secret_file).current().user
    async with platform.database(tenant) as database:
        assert await user_of(database) == [{"user": user, "db": f"t_{tenant}"}]
        await database.documents(STORES).insert(STORE)
        assert await database.documents(STORES).get("luna") == STORE
        assert (database.slots.operations, database.slots.within.operations) == (OPERATIONS, ALL_OPERATIONS)
    async with platform.database(CONTROL) as control:
        assert control is platform.control
        assert await user_of(control) == [{"user": user, "db": CONTROL}]
        await control.documents(TENANTS).put(recorded(tenant))
    assert await differences(
        platform.cluster, CONTROL, CONTROL_TYPES, UserSecretFile(settings.user_secret_file).known()
    ) == []  # fmt: skip


async def test_neither_reaches_the_other(platform, tenant):
    async with platform.tenants.tenant(tenant) as database:
        for client, foreign in ((platform.control.raw.client, f"t_{tenant}"), (database.raw.client, CONTROL)):
            with pytest.raises(OperationFailure) as caught:
                await client[foreign].tenants.find_one({})
            assert caught.value.code == 13


async def test_a_tenant_is_looked_for_where_the_control_database_says(platform, tenant, monkeypatch):
    monkeypatch.setattr(clients, "SETTLED_SECONDS", 0)
    assert await platform.cell_of(tenant) == MAIN
    async with platform.tenants.tenant(tenant) as before:
        await platform.control.documents(TENANTS).put(recorded(tenant, cell="other"))
        assert await platform.cell_of(tenant) == "other"
        assert await platform.cluster_of(tenant) is await platform.cells.cluster("other")
        async with platform.tenants.tenant(tenant) as after:
            assert after.raw.client is not before.raw.client
    await platform.control.documents(TENANTS).put(recorded(tenant, cell="third"))
    with pytest.raises(SettingsError, match="No cell is called 'third'"):
        async with platform.tenants.tenant(tenant):
            pass


async def test_a_deleted_tenant_is_none_and_an_unfinished_one_is_not_opened(platform, tenant, settings):
    await platform.control.documents(TENANTS).put(recorded(tenant, "deleted"))
    with pytest.raises(DatabaseError, match="There is no such tenant"):
        async with platform.tenants.tenant(tenant):
            pass
    with pytest.raises(DatabaseError, match="There is no such tenant"):
        async with open_tenant(settings, tenant):
            pass
    for state in ("creating", "deleting"):
        await platform.control.documents(TENANTS).put(recorded(tenant, state))
        with pytest.raises(DatabaseError, match=f"The tenant is {state}. `shopwright tenant show {tenant}`"):
            async with open_tenant(settings, tenant):
                pass
    await platform.control.documents(TENANTS).put(recorded(tenant, "suspended"))
    async with open_tenant(settings, tenant) as database:
        assert database.name == tenant


async def test_what_was_never_made_is_not_made_by_looking(platform):
    with pytest.raises(DatabaseError, match="There is no such tenant"):
        async with platform.tenants.tenant("never"):
            pass
    assert await platform.traces("never", MAIN) == Traces(database=False, users=0, roles=0)


async def test_all_of_a_tenant_is_made_and_taken_away(platform, tenant):
    await platform.provision(tenant, MAIN)
    assert await platform.traces(tenant, MAIN) == Traces(database=True, users=1, roles=1)
    async with platform.tenants.tenant(tenant):
        pass
    await platform.withdraw(tenant, MAIN)
    assert not await platform.traces(tenant, MAIN)
    with pytest.raises(DatabaseError, match="There is no such tenant"):
        async with platform.tenants.tenant(tenant):
            pass


async def test_half_a_database_is_not_provisioned(platform, tenant):
    await platform.cluster.tenant(tenant).raw.create_collection("restore_unfinished_1")
    with pytest.raises(BackupError, match="a restore of this database was interrupted"):
        await platform.provision(tenant)


async def test_another_secret_is_followed_by_who_is_at_work(platform, tenant, settings, monkeypatch):
    monkeypatch.setattr(clients, "SETTLED_SECONDS", 0)
    async with platform.tenants.tenant(tenant) as before:
        assert await rotate_users(settings) >= 2
        assert await before.documents(STORES).get("luna") is None
        async with platform.tenants.tenant(tenant) as after:
            assert [(await user_of(each))[0]["user"][:6] for each in (before, after)] == ["app-1-", "app-2-"]
    assert await retire_users(settings) >= 2
    assert (await platform.traces(tenant, MAIN)).users == 1
    with pytest.raises(DatabaseError, match="refuses this user"):
        await platform.cell_of(tenant)  # its connection to the control database is older
    async with open_platform(settings) as restarted, restarted.tenants.tenant(tenant) as database:
        assert await database.documents(STORES).get("luna") is None


@pytest.fixture
def without_users(settings):
    return DatabaseSettings(settings.uri, None, settings.folder, tenant_users=False)


async def test_where_nobody_can_make_users_the_operator_acts_for_all(platform, tenant, without_users):
    async with open_platform(without_users) as other:
        async with other.database(tenant) as database:
            await database.documents(STORES).insert(STORE)
            assert (await user_of(database))[0]["db"] == "admin"
            assert (database.name, database.slots.operations) == (tenant, OPERATIONS)
        assert await user_of(other.control) == await user_of(database)
        with pytest.raises(DatabaseError, match="There is no such tenant"):
            async with other.database("never"):
                pass
    for change in (rotate_users, retire_users):
        with pytest.raises(SettingsError, match="SHOPWRIGHT_TENANT_USERS: Tenants have no database users of their own"):
            await change(without_users)
