import gc
import warnings

import pytest
from pymongo.errors import OperationFailure
from tests.unit.database.isolation.notes import NOTES, SECRET, Note

from shopwright.database.isolation import connection as module
from shopwright.database.isolation.connection import CONNECTIONS, open_as
from shopwright.database.isolation.provision import provision
from shopwright.database.isolation.user_secret import UserSecret
from shopwright.database.server.process import free_port
from shopwright.database.slots import Slots
from shopwright.errors import DatabaseError, DatabaseUnavailable


async def refusal(uri, name, login):
    with pytest.raises(DatabaseError) as caught:
        async with open_as(uri, name, login, Slots(1)):
            pass
    return caught.value


async def test_it_bears_the_tenants_user_and_is_small(cluster, tenant, mongo_uri):
    login, slots = await provision(cluster, tenant, (NOTES,), SECRET), Slots(3)
    async with open_as(mongo_uri, tenant, login, slots) as database:
        told = (await database.raw.client.admin.command("connectionStatus"))["authInfo"]["authenticatedUsers"]
        assert told == [{"user": login.user, "db": login.database}]
        assert (database.name, database.raw.name, database.slots) == (tenant, login.database, slots)
        options = database.raw.client.options
        assert options.pool_options.max_pool_size == CONNECTIONS
        assert options.pool_options.max_idle_time_seconds == 60
        assert database.raw.client.write_concern.document == {"w": "majority", "j": True}
        await database.documents(NOTES).insert(Note(id="a"))
        assert await database.documents(NOTES).get("a") == Note(id="a")


async def test_a_tenant_without_a_user_is_none(mongo_uri):
    error = await refusal(mongo_uri, "nobody", UserSecret(1, bytes(32)).login("nobody"))
    assert str(error) == "'nobody': There is no such tenant. `shopwright db status` lists those there are."


async def test_a_server_that_is_not_there(monkeypatch):
    monkeypatch.setattr(module, "SELECT_SECONDS", 0.2)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # the driver leaves a socket open that could not connect
        error = await refusal(f"mongodb://127.0.0.1:{free_port()}/", "luna", SECRET.login("luna"))
        assert isinstance(error, DatabaseUnavailable)
        del error
        gc.collect()


async def test_a_server_without_access_control_is_refused(mongo_uri, monkeypatch):
    """The user of the tests may read everything, as everybody may there."""
    real = module.new_client

    def unguarded(uri, **options):
        login = {"username", "password", "authSource", "authMechanism"}
        return real(uri, **{name: value for name, value in options.items() if name not in login})

    monkeypatch.setattr(module, "new_client", unguarded)
    error = await refusal(mongo_uri, "luna", SECRET.login("luna"))
    assert str(error).startswith("MONGODB_URI: The server lets everybody read everything")


async def test_another_answer_is_told_as_it_is(mongo_uri, monkeypatch):
    async def fail(*_):
        raise OperationFailure("secret", 8, {"codeName": "UnknownError"})

    monkeypatch.setattr("pymongo.asynchronous.collection.AsyncCollection.find_one", fail)
    error = await refusal(mongo_uri, "luna", SECRET.login("luna"))
    assert str(error) == "luna: The database refused this (UnknownError, code 8)."
