"""Roles and users on a real server. `tests/security/test_tenant_isolation.py` attacks what is made here."""

import asyncio

import pytest
from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import OperationFailure
from tests.unit.database.isolation.notes import EVENTS, NOTES, SECRET, Note

from shopwright.database.cluster import CONTROL, open_cluster
from shopwright.database.isolation.connection import open_as
from shopwright.database.isolation.provision import Traces, differences, provision, retire, traces, withdraw
from shopwright.database.isolation.user_secret import UserSecret
from shopwright.database.slots import Slots
from shopwright.errors import DatabaseError


async def test_a_database_is_given_its_user_once(cluster, tenant):
    assert await differences(cluster, tenant, (NOTES,), SECRET) == ["role app: missing", "database user: missing"]
    assert await differences(cluster, tenant, (NOTES,), None) == ["role app: missing", "database user: missing"]
    login = await provision(cluster, tenant, (NOTES,), SECRET)
    assert login == SECRET.login(tenant)
    assert await differences(cluster, tenant, (NOTES,), SECRET) == []
    sent = cluster.tenant(tenant).raw
    before = (await sent.command("usersInfo", login.user, showCredentials=True))["users"]
    await provision(cluster, tenant, (NOTES,), SECRET)
    assert (await sent.command("usersInfo", login.user, showCredentials=True))["users"] == before
    assert list(before[0]["credentials"]) == ["SCRAM-SHA-256"]


async def test_two_at_once_do_no_harm(cluster, tenant):
    await asyncio.gather(*(provision(cluster, tenant, (NOTES,), SECRET) for _ in range(6)))
    assert await traces(cluster, tenant) == Traces(database=False, users=1, roles=1)
    assert await differences(cluster, tenant, (NOTES,), SECRET) == []


async def test_what_somebody_changed_is_put_right(cluster, tenant):
    login = await provision(cluster, tenant, (NOTES,), SECRET)
    raw = cluster.tenant(tenant).raw
    assert await differences(cluster, tenant, (NOTES, EVENTS), SECRET) == ["role app: another than expected"]
    await provision(cluster, tenant, (NOTES, EVENTS), SECRET)
    await raw.command("grantRolesToRole", "app", roles=["readWrite"])
    await raw.command("grantRolesToUser", login.user, roles=["dbOwner"])
    told = await differences(cluster, tenant, (NOTES, EVENTS), SECRET)
    assert told == ["role app: another than expected", "database user: another than expected"]
    await provision(cluster, tenant, (NOTES, EVENTS), SECRET)
    assert await differences(cluster, tenant, (NOTES, EVENTS), SECRET) == []


async def test_a_new_secret_stands_beside_the_old_one_until_that_is_retired(cluster, tenant, mongo_uri):
    old, new = await provision(cluster, tenant, (NOTES,), SECRET), UserSecret(2, bytes(32))
    await provision(cluster, tenant, (NOTES,), new)
    later = open_as(mongo_uri, tenant, new.login(tenant), Slots(1))
    async with open_as(mongo_uri, tenant, old, Slots(1)) as before, later as after:
        await after.documents(NOTES).insert(Note(id="a"))
        assert await before.documents(NOTES).get("a") == Note(id="a")
        assert await retire(cluster, tenant, new) == 1
        assert await retire(cluster, tenant, new) == 0
        assert await after.documents(NOTES).get("a") == Note(id="a")
        with pytest.raises(DatabaseError):
            await before.documents(NOTES).get("a")


async def test_nothing_is_left_of_a_tenant(cluster, tenant, mongo_uri):
    """Also where somebody is still connected: they cannot make the database anew."""
    login = await provision(cluster, tenant, (NOTES,), SECRET)
    async with open_as(mongo_uri, tenant, login, Slots(1)) as database:
        await database.documents(NOTES).insert(Note(id="a"))
        assert await traces(cluster, tenant) == Traces(database=True, users=1, roles=1)
        assert await traces(cluster, tenant)
        await withdraw(cluster, tenant)
        with pytest.raises(DatabaseError):
            await database.documents(NOTES).insert(Note(id="b"))
    assert not await traces(cluster, tenant)
    await withdraw(cluster, tenant)


async def test_two_that_retire_the_same_users_do_no_harm(cluster, tenant):
    for generation in range(1, 6):
        await provision(cluster, tenant, (NOTES,), UserSecret(generation, bytes(32)))
    last = UserSecret(5, bytes(32))
    assert sum(await asyncio.gather(*(retire(cluster, tenant, last) for _ in range(4)))) >= 4
    assert await traces(cluster, tenant) == Traces(database=False, users=1, roles=1)


@pytest.mark.parametrize("name", [CONTROL, "admin", "a.b", ""])
async def test_only_a_tenant_can_be_taken_away(cluster, name):
    with pytest.raises(DatabaseError, match="no name of a tenant"):
        await withdraw(cluster, name)


async def test_an_operator_without_the_rights_is_told_which(cluster, tenant, mongo_uri):
    login = await provision(cluster, tenant, (NOTES,), SECRET)
    weak = mongo_uri.replace(mongo_uri.partition("//")[2].partition("@")[0], f"{login.user}:{login.password}")
    async with open_cluster(weak.replace("authSource=admin", f"authSource={login.database}")) as other:
        for attempt, words in ((provision, ((NOTES,), SECRET)), (traces, ()), (withdraw, ())):
            with pytest.raises(DatabaseError) as caught:
                await attempt(other, "another", *words)
            assert str(caught.value).startswith("MONGODB_URI: The user in it may not make the users and roles")
            assert "userAdminAnyDatabase" in str(caught.value)
            assert "SHOPWRIGHT_TENANT_USERS=no" in str(caught.value)
            assert login.password not in str(caught.value)


@pytest.mark.parametrize("command", ["rolesInfo", "createRole", "createUser"])
async def test_what_else_goes_wrong_is_told_as_it_is(cluster, tenant, monkeypatch, command):
    real = AsyncDatabase.command

    async def fail(database, name, *arguments, **options):
        if name == command:
            raise OperationFailure("secret", 8, {"codeName": "UnknownError"})
        return await real(database, name, *arguments, **options)

    monkeypatch.setattr("pymongo.asynchronous.database.AsyncDatabase.command", fail)
    with pytest.raises(DatabaseError, match=r"MONGODB_URI: The database refused this \(UnknownError, code 8\)"):
        await provision(cluster, tenant, (NOTES,), SECRET)
    monkeypatch.undo()
