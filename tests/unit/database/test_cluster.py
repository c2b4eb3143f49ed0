import asyncio
import gc
import random
import socket
import threading
import time
import warnings

import pytest

from shopwright.database import cluster as module
from shopwright.database.backup.backups import connected
from shopwright.database.cluster import open_cluster
from shopwright.database.document import Document, DocumentType
from shopwright.database.server.folder import ServerFolder
from shopwright.database.server.process import Program, free_port, started
from shopwright.errors import DatabaseError, DatabaseUnavailable


class Thing(Document):
    id: int
    count: int = 0


THINGS = DocumentType("things", Thing)


async def test_it_is_asked_for_durable_writes_and_bounded_in_time(mongo_uri):
    async with open_cluster(mongo_uri, operations=7) as cluster:
        options = cluster.client.options
        assert cluster.client.write_concern.document == {"w": "majority", "j": True}
        assert options.read_concern.document == {"level": "majority"}
        assert (options.retry_writes, options.retry_reads) == (True, True)
        assert (options.pool_options.max_pool_size, cluster.slots.operations) == (64, 7)
        assert options.timeout == module.OPERATION_MILLISECONDS / 1_000
        assert await cluster.version() >= "6"


async def test_tenants_are_told_apart(mongo_uri):
    async with open_cluster(mongo_uri) as cluster:
        one, other = cluster.tenant("one-a"), cluster.tenant("one-b")
        await one.documents(THINGS).insert(Thing(id=1))
        assert await other.documents(THINGS).get(1) is None
        assert await cluster.control.documents(THINGS).get(1) is None
        assert [name for name in await cluster.tenants() if name.startswith("one-")] == ["one-a"]
        await cluster.client.drop_database(one.raw.name)


@pytest.mark.parametrize("name", ["", "A", "a.b", "a/b", "$a", "a b", "-a", "a" * 49, "a\0", "é"])
async def test_names_of_tenants_are_plain(mongo_uri, name):
    async with open_cluster(mongo_uri) as cluster:
        with pytest.raises(DatabaseError, match="no name of a tenant"):
            cluster.tenant(name)


async def refusal(uri):
    with pytest.raises(DatabaseError) as caught:
        async with open_cluster(uri):
            pass
    return caught.value


@pytest.mark.parametrize("uri", ["", "mongodb://", "postgres://x", "mongodb://a:b:c@d"])
async def test_a_uri_that_is_none(uri):
    error = await refusal(uri)
    assert error.where == "MONGODB_URI"


@pytest.mark.parametrize(
    "uri",
    [
        "mongodb://mara:secret@127.0.0.1:99999/",
        "mongodb://mara:sec/ret@127.0.0.1/",
        "mongodb://mara:se%cret@127.0.0.1/",
        "mongodb://mara:secret@127.0.0.1/?tls=true&tlsCAFile=/secret/nowhere",
        "mongodb://mara:secret@127.0.0.1/?tls=secret",
        "mongodb://mara:secret@127.0.0.1/?secret=1",
        "mongodb://mara:secret@127.0.0.1/?authMechanism=secret",
    ],
)
async def test_a_uri_that_cannot_be_used_is_explained_and_not_shown(uri, recwarn):
    """Also where the driver would warn and go on without the option: an encryption that was asked for, say."""
    error = await refusal(uri)
    with pytest.raises(DatabaseError) as backup, connected(uri):
        pass
    assert str(error) == str(backup.value)
    assert str(error).startswith("MONGODB_URI: The connection string cannot be used. It is mongodb://USER:PASSWORD@")
    assert "sec" not in str(error)
    assert not recwarn.list


async def test_nobody_there(monkeypatch):
    monkeypatch.setattr(module, "SELECT_SECONDS", 0.2)
    error = await refusal(f"mongodb://mara:secret@127.0.0.1:{free_port()}/?replicaSet=rs0")
    assert isinstance(error, DatabaseUnavailable)
    assert "did not answer" in str(error)
    assert "secret" not in str(error)


async def test_a_wrong_password_is_named_and_not_shown(mongo_uri):
    head, _, tail = mongo_uri.partition("@")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # the driver leaves a socket open
        error = await refusal(f"{head.rpartition(':')[0]}:secret@{tail}")
        assert str(error) == "MONGODB_URI: The database refuses this user. Correct the user in MONGODB_URI."
        del error
        gc.collect()


async def test_a_server_without_replica_set_is_told_how_to_become_one(tmp_path, monkeypatch):
    """A plain mongod, as many have."""
    folder = ServerFolder(tmp_path)
    folder.prepare()
    port = free_port()
    monkeypatch.setattr("shopwright.database.server.process._options", lambda *_: _plain(folder, port))
    with folder.lock() as lock, started(Program(), folder, port, lock):
        error = await refusal(f"mongodb://127.0.0.1:{port}/")
    assert "no member of a replica set" in str(error)
    assert "rs.initiate()" in error.remedy


def _plain(folder, port):
    return ["--dbpath", str(folder.data), "--port", str(port), "--bind_ip", "127.0.0.1", "--logpath", str(folder.log)]


async def test_an_old_server_is_refused(mongo_uri, monkeypatch):
    monkeypatch.setattr(module, "OLDEST", 99)
    error = await refusal(mongo_uri)
    assert str(error).startswith("MONGODB_URI: The server is MongoDB 6.")
    assert error.remedy == "Shopwright needs 99.0 or later."


async def test_waiting_is_fair(mongo_uri):
    """With ten times more callers than connections each gets about as many answers as any other."""
    async with open_cluster(mongo_uri, operations=4) as cluster:
        database = cluster.tenant(f"fair-{random.randrange(10**9)}")
        things = database.documents(THINGS)
        await things.insert(Thing(id=1))
        answers = [0] * 40
        ends = asyncio.Event()

        async def call(number):
            while not ends.is_set():
                await things.get(1)
                answers[number] += 1
                if sum(answers) >= 2_000:
                    ends.set()

        await asyncio.gather(*map(call, range(40)))
        await cluster.client.drop_database(database.raw.name)
    assert min(answers) >= 0.8 * max(answers), answers


async def test_nothing_blocks_the_event_loop(mongo_uri, monkeypatch):
    """In its thread nobody sleeps, asks for a name, or uses a socket that would wait."""
    here, blocked = threading.get_ident(), []

    def watch(owner, name, waits):
        real = getattr(owner, name)

        def watched(*arguments, **options):
            if threading.get_ident() == here and waits(arguments):
                blocked.append(name)
            return real(*arguments, **options)

        monkeypatch.setattr(owner, name, watched)

    for name in ("connect", "recv", "recv_into", "send", "sendall"):
        watch(socket.socket, name, lambda arguments: arguments[0].gettimeout() != 0)
    watch(time, "sleep", lambda _: True)
    watch(socket, "getaddrinfo", lambda _: True)
    async with open_cluster(mongo_uri) as cluster:
        database = cluster.tenant(f"calm-{random.randrange(10**9)}")
        things = database.documents(THINGS)
        await things.insert_all(Thing(id=number) for number in range(300))
        await asyncio.gather(*(things.get(number) for number in range(300)))
        await asyncio.gather(*(database.transaction(lambda session: _add(things, session)) for _ in range(3)))
        await cluster.client.drop_database(database.raw.name)
    assert blocked == []


async def _add(things, session):
    await things.update(1, {"count": 5}, session=session)
