"""The bounded number of connections, with connections that only say what was done with them."""

import asyncio
from contextlib import asynccontextmanager

import pytest

from shopwright.database.isolation import clients as module
from shopwright.database.isolation.clients import TenantClients
from shopwright.errors import DatabaseError, DatabaseUnavailable


class World:
    """Where tenants live, and which of their connections are open."""

    def __init__(self):
        self.places, self.open, self.log, self.most_open = {}, set(), [], 0
        self.fails, self.pause, self.lookups = set(), 0.0, 0

    async def locate(self, name):
        self.lookups += 1
        if name in self.fails:
            raise DatabaseError("gone")
        return self.places.get(name, "main")

    @asynccontextmanager
    async def connect(self, name, place):
        await asyncio.sleep(self.pause)
        if place == "broken":
            raise DatabaseUnavailable("broken")
        connection = (name, place, len(self.log))
        self.log.append(f"{name}@{place}")
        self.open.add(connection)
        self.most_open = max(self.most_open, len(self.open))
        try:
            yield connection
        finally:
            await asyncio.sleep(0)
            self.open.remove(connection)


@pytest.fixture
def world():
    return World()


@pytest.fixture
async def clients(world):
    clients = TenantClients(world.locate, world.connect, most=2)
    yield clients
    await clients.close()
    assert world.open == set()


async def use(clients, name, seconds=0.0):
    async with clients.tenant(name) as database:
        await asyncio.sleep(seconds)
        return database


async def test_one_connection_serves_many(clients, world):
    world.pause = 0.01
    found = await asyncio.gather(*(use(clients, "luna") for _ in range(20)))
    assert len(set(found)) == 1
    assert world.log == ["luna@main"]
    assert await use(clients, "luna") == found[0]


async def test_the_one_unused_longest_gives_way(clients, world):
    for name in ("luna", "sol", "luna", "terra"):
        await use(clients, name)
    assert clients.names == ("luna", "terra")
    await use(clients, "luna")
    assert world.log == ["luna@main", "sol@main", "terra@main"]
    assert world.most_open <= 2


async def test_never_more_than_allowed_and_everybody_served(clients, world):
    names = [f"t{number % 7}" for number in range(70)]
    await asyncio.gather(*(use(clients, name, 0.001) for name in names))
    assert world.most_open == 2
    assert {line.partition("@")[0] for line in world.log} == set(names)


async def test_who_gets_none_in_time_is_told(clients, monkeypatch):
    monkeypatch.setattr(module, "PATIENCE", 0.02)
    async with clients.tenant("luna"), clients.tenant("sol"):
        with pytest.raises(DatabaseUnavailable, match=r"2 other tenants are at work\. Try again"):
            await use(clients, "terra")
    await use(clients, "terra")


async def test_who_waits_gets_the_first_that_is_given_back(clients, world):
    async with clients.tenant("luna"):
        async with clients.tenant("sol"):
            waiting = asyncio.create_task(use(clients, "terra"))
            await asyncio.sleep(0.01)
            assert not waiting.done()
        assert (await waiting)[0] == "terra"
    assert clients.names == ("luna", "terra")


async def test_a_tenant_that_was_moved_is_followed(clients, world, monkeypatch):
    async with clients.tenant("luna") as before:
        world.places["luna"] = "other"
        assert await use(clients, "luna") == before
        monkeypatch.setattr(module, "SETTLED_SECONDS", 0)
        after = await use(clients, "luna")
        assert (before[1], after[1]) == ("main", "other")
        assert before in world.open
    await asyncio.sleep(0.01)
    assert world.open == {after}


async def test_a_place_is_looked_up_once_in_a_while(clients, world, monkeypatch):
    for _ in range(10):
        await use(clients, "luna")
    assert world.lookups == 1
    monkeypatch.setattr(module, "SETTLED_SECONDS", 0)
    await use(clients, "luna")
    assert world.lookups == 2


async def test_who_cannot_be_found_any_more_is_not_served(clients, world, monkeypatch):
    await use(clients, "luna")
    monkeypatch.setattr(module, "SETTLED_SECONDS", 0)
    world.fails.add("luna")
    for _ in range(2):
        with pytest.raises(DatabaseError, match="gone"):
            await use(clients, "luna")
    world.fails.clear()
    assert (await use(clients, "luna"))[0] == "luna"


@pytest.mark.parametrize("trouble", ["unknown", "broken"])
async def test_what_could_not_be_opened_takes_no_place(clients, world, trouble):
    if trouble == "unknown":
        world.fails.add("luna")
    else:
        world.places["luna"] = "broken"
    for _ in range(5):
        with pytest.raises(DatabaseError):
            await use(clients, "luna")
    assert clients.names == ()
    world.fails.clear()
    world.places.clear()
    async with clients.tenant("luna"), clients.tenant("sol"):
        assert len(world.open) == 2


async def test_a_caller_that_gives_up_disturbs_nobody(clients, world):
    world.pause = 0.02
    impatient, patient = asyncio.create_task(use(clients, "luna")), asyncio.create_task(use(clients, "luna"))
    await asyncio.sleep(0.005)
    impatient.cancel()
    assert (await patient)[0] == "luna"
    assert world.log == ["luna@main"]
    with pytest.raises(asyncio.CancelledError):
        await impatient


async def test_one_that_was_given_up_is_closed_for_another(clients, world):
    world.pause = 0.01
    for name in ("luna", "sol"):
        given_up = asyncio.create_task(use(clients, name))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        given_up.cancel()
        await asyncio.wait([given_up])
    await asyncio.sleep(0.03)
    assert (await use(clients, "terra"))[0] == "terra"
    assert world.most_open == 2


async def test_one_can_be_forgotten(clients, world):
    await use(clients, "luna")
    await clients.forget("luna")
    assert (world.open, clients.names) == (set(), ())
    async with clients.tenant("luna") as mine:
        await clients.forget("luna")
        assert mine in world.open
        assert await use(clients, "luna") != mine
    await clients.forget("nobody")
    await asyncio.sleep(0.01)
    assert len(world.open) == 1


async def test_what_is_in_use_is_closed_at_the_end_too(world):
    clients = TenantClients(world.locate, world.connect)
    async with clients.tenant("luna"):
        world.pause = 1
        opening = asyncio.create_task(use(clients, "sol"))
        await asyncio.sleep(0.01)
        await clients.close()
        assert world.open == set()
    with pytest.raises(asyncio.CancelledError):
        await opening


async def test_who_was_forgotten_in_use_is_closed_at_the_end(world):
    """Found by a client that nobody closed: its last user came back after the end."""
    clients = TenantClients(world.locate, world.connect)
    async with clients.tenant("luna"):
        await clients.forget("luna")
        assert len(world.open) == 1
        await clients.close()
        assert world.open == set()


async def test_who_was_forgotten_while_it_was_opened_is_closed_at_the_end(world):
    clients = TenantClients(world.locate, world.connect)
    world.pause = 0.01
    given_up = asyncio.create_task(use(clients, "luna"))
    await asyncio.sleep(0.005)
    given_up.cancel()
    await clients.forget("luna")
    await asyncio.sleep(0.02)
    assert len(world.open) == 1
    await clients.close()
    assert world.open == set()


async def test_after_the_end_nothing_is_opened(world, monkeypatch):
    clients = TenantClients(world.locate, world.connect)
    await use(clients, "luna")
    monkeypatch.setattr(module, "SETTLED_SECONDS", 0)
    late = asyncio.create_task(use(clients, "luna"))
    await clients.close()
    for who in (late, use(clients, "sol")):
        with pytest.raises(DatabaseUnavailable, match="connections of tenants are closed"):
            await who
    assert world.open == set()


@pytest.mark.parametrize("name", ["control", "admin", "A", "", "a.b"])
async def test_only_tenants_have_one(clients, name):
    with pytest.raises(DatabaseError, match="no name of a tenant"):
        await use(clients, name)
