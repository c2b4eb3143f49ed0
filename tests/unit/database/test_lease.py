import asyncio
import contextlib
import datetime as dt
import statistics

import pytest
from pymongo.errors import PyMongoError

from shopwright.database import fence, lease, lease_queue
from shopwright.database.document import Document, DocumentType
from shopwright.database.documents import Session
from shopwright.database.fence import FENCES
from shopwright.database.lease import Leases
from shopwright.database.server.process import TRANSACTION_SECONDS
from shopwright.errors import DatabaseError, DatabaseUnavailable, DuplicateDocument, LeaseLost, StoreBusy


class Page(Document):
    id: str
    by: int


PAGES = DocumentType("pages", Page)

PATIENCE = TRANSACTION_SECONDS / 2
"""Enough on any machine, and too little for whom the server itself has to help."""


@pytest.fixture
def leases(tenant_database):
    return Leases(tenant_database)


async def write(database, held, number):
    async def work(session):
        await held.fence(session)
        await database.documents(PAGES).put(Page(id="front", by=number), session=session)

    await database.transaction(work)


async def test_a_free_store_is_held_at_once_and_let_go_at_the_end(leases):
    async with leases.hold("luna", "publish of ana") as held:
        standing = await leases.standing("luna")
        assert (standing.held, standing.owner, standing.token) == (True, "publish of ana", held.token)
        assert standing.expires - standing.since == dt.timedelta(seconds=lease.SECONDS)
    assert not (await leases.standing("luna")).held
    async with leases.hold("luna", "ben") as later:
        assert later.token > held.token
    assert await leases.standing("mars") is None


async def test_stores_do_not_wait_for_each_other(leases):
    async with leases.hold("luna", "ana"), leases.hold("mars", "ben", patience=0):
        assert (await leases.standing("mars")).owner == "ben"


async def test_two_at_once_work_one_after_the_other(leases):
    running, most, order = 0, 0, []

    async def work(number):
        nonlocal running, most
        async with leases.hold("luna", f"worker {number}") as held:
            running, order[:] = running + 1, [*order, held.token]
            most = max(most, running)
            await write(leases.database, held, number)
            running -= 1

    await asyncio.gather(*(work(number) for number in range(8)))
    assert most == 1
    assert order == sorted(order)
    assert (await leases.database.documents(FENCES).get("luna")).passed == 8


async def test_who_is_tired_of_waiting_is_told_who_works_there_since_when(leases):
    async with leases.hold("luna", "publish by ana"):
        since = (await leases.standing("luna")).since.isoformat(timespec="seconds")
        with pytest.raises(StoreBusy) as busy:
            async with leases.hold("luna", "ben", patience=0.1):
                pass
    assert str(busy.value) == (
        f"luna: publish by ana works on it since {since}, 1 wait. "
        "Wait for its end; a worker that died is followed within a minute."
    )
    assert (await leases.standing("luna")).queue == ()


async def test_first_come_first_served(leases):
    """The last of the queue waits little longer than those before it, each for as long as the work takes."""
    order, waits = [], []

    async def work(number):
        started = asyncio.get_running_loop().time()
        async with leases.hold("luna", str(number)):
            waits.append(asyncio.get_running_loop().time() - started)
            order.append(number)

    async with leases.hold("luna", "first"):
        waiting = []
        for number in range(6):
            waiting.append(asyncio.create_task(work(number)))
            await _until(leases, number + 1)
    await asyncio.gather(*waiting)
    assert order == list(range(6))
    assert statistics.median(waits) <= max(waits)


async def _until(leases, waiting):
    while len((await leases.standing("luna")).queue) < waiting:  # noqa: ASYNC110 - the queue is in the server
        await asyncio.sleep(0.005)


async def _renewed(leases):
    """Wait until a lease lasts longer than it does now: however busy the machine is."""
    first = (await leases.standing("luna")).expires
    while (await leases.standing("luna")).expires <= first:  # noqa: ASYNC110 - the lease is in the server
        await asyncio.sleep(0.01)


async def test_work_that_lasts_renews_its_lease(tenant_database):
    leases = Leases(tenant_database, seconds=0.3)
    async with leases.hold("luna", "ana") as held:
        for _ in range(3):
            await _renewed(leases)
        await write(tenant_database, held, 1)


async def test_a_worker_that_died_is_followed_and_can_write_no_more(tenant_database, monkeypatch):
    """The first renews nothing; the second takes over when its time is over; the first then wakes up."""
    monkeypatch.setattr(Leases, "_keep", lambda self, *_: asyncio.sleep(3_600))
    leases = Leases(tenant_database, seconds=0.2)
    async with leases.hold("luna", "dead") as dead:
        await write(tenant_database, dead, 1)
        async with leases.hold("luna", "alive", patience=PATIENCE) as alive:
            await write(tenant_database, alive, 2)
            with pytest.raises(LeaseLost, match="luna: The work of dead took longer than its lease, and somebody else"):
                await write(tenant_database, dead, 3)
        assert (await tenant_database.documents(PAGES).get("front")).by == 2
    standing = await leases.standing("luna")
    assert (standing.owner, standing.held) == ("alive", False)


async def test_a_takeover_during_a_transaction_undoes_it(leases):
    """The token is checked by a write, so the server sees the conflict; the retry finds another token."""
    database = leases.database
    tries = 0
    async with leases.hold("luna", "slow") as slow:

        async def work(session):
            nonlocal tries
            tries += 1
            await database.documents(PAGES).get("front", session=session)
            if tries == 1:  # somebody takes over after this transaction's snapshot
                await database.raw[FENCES.name].update_one({"_id": "luna"}, {"$inc": {"token": 1}})
            await slow.fence(session)
            await database.documents(PAGES).put(Page(id="front", by=0), session=session)

        with pytest.raises(LeaseLost):
            await database.transaction(work)
    assert tries == 2
    assert await database.documents(PAGES).get("front") is None


async def test_who_died_in_the_queue_is_passed_over(leases, monkeypatch):
    monkeypatch.setattr(lease_queue, "STALE", 0.2)
    async with leases.hold("luna", "ana"):
        await leases._join("luna", "dead")  # a ticket nobody asks for again
        waiting = asyncio.create_task(_held(leases, "ben"))
        await _until(leases, 2)
    assert await waiting == "ben"


async def _held(leases, owner, **options):
    async with leases.hold("luna", owner, **options):
        return (await leases.standing("luna")).owner


async def test_who_was_not_heard_of_for_long_stands_at_the_end(leases, monkeypatch):
    """A client that slept: it draws a new number."""
    async with leases.hold("luna", "ana"):
        sleepy = asyncio.create_task(_held(leases, "sleepy"))
        await _until(leases, 1)
        ticket = (await leases.standing("luna")).last
        await leases._ask({"_id": "luna"}, lease_queue.leave(ticket))
        await _until(leases, 1)
        assert (await leases.standing("luna")).queue[0].ticket > ticket
    assert await sleepy == "sleepy"


async def test_who_is_cancelled_leaves_the_queue(leases):
    async with leases.hold("luna", "ana"):
        waiting = asyncio.create_task(_held(leases, "ben"))
        await _until(leases, 1)
        waiting.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await waiting
        assert (await leases.standing("luna")).queue == ()


async def test_the_queue_is_bounded(leases, monkeypatch):
    monkeypatch.setattr(lease, "MOST_WAITING", 2)
    async with leases.hold("luna", "ana"):
        await leases._join("luna", "one")
        await leases._join("luna", "two")
        with pytest.raises(StoreBusy, match="2 others wait for the store"):
            await leases._join("luna", "three")


async def test_owners_are_text_and_handles_are_bounded(leases):
    async with leases.hold("luna", "$$ROOT"):
        assert (await leases.standing("luna")).owner == "$$ROOT"
    for store in ("", "x" * 151):
        with pytest.raises(DatabaseError, match="is no handle of a store"):
            async with leases.hold(store, "ana"):
                pass


async def test_a_renewal_that_is_not_answered_is_tried_again(tenant_database, monkeypatch):
    leases, failures = Leases(tenant_database, seconds=0.15), 0
    ask = Leases._ask

    async def failing(self, which, update, **options):
        nonlocal failures
        if update == lease_queue.renew(0.15) and failures < 2:
            failures += 1
            raise DatabaseUnavailable("no answer")
        return await ask(self, which, update, **options)

    monkeypatch.setattr(Leases, "_ask", failing)
    async with leases.hold("luna", "ana") as held:
        await _renewed(leases)
        await write(tenant_database, held, 1)
    assert failures == 2


async def test_a_long_transaction_keeps_nobody_from_the_lease(tenant_database):
    """It is renewed, and others stand in the queue, while a transaction of the work is open."""
    leases, is_enough = Leases(tenant_database, seconds=1.5), asyncio.Event()
    async with leases.hold("luna", "ana") as held:

        async def work(session):
            await held.fence(session)
            await is_enough.wait()
            await tenant_database.documents(PAGES).put(Page(id="front", by=1), session=session)

        writing = asyncio.create_task(tenant_database.transaction(work))
        with pytest.raises(StoreBusy):
            await _held(leases, "ben", patience=0.2)
        await _renewed(leases)
        is_enough.set()
        await writing
    assert (await tenant_database.documents(PAGES).get("front")).by == 1


async def _left_open(database, held):
    """What a client that was killed leaves: a transaction nobody ends. Its session, so that it stays open."""
    session = database.raw.client.start_session()
    await session.start_transaction()
    await held.fence(Session(session))
    await database.documents(PAGES).put(Page(id="front", by=0), session=Session(session))
    return session


@pytest.mark.parametrize("released", [False, True], ids=["taken over", "released by a repair"])
async def test_the_open_transaction_of_who_died_is_undone_by_who_takes_over(tenant_database, monkeypatch, released):
    """Without that, the server keeps fence and page from everybody for half a minute and more."""
    await tenant_database.documents(PAGES).insert(Page(id="front", by=9))
    monkeypatch.setattr(Leases, "_keep", lambda self, *_: asyncio.sleep(3_600))
    leases = Leases(tenant_database, seconds=0.2)
    async with leases.hold("luna", "dead") as dead:
        session = await _left_open(tenant_database, dead)
        if released:
            await asyncio.sleep(0.3)
            assert [await leases.end_overdue(found) async for found in leases.overdue()] == [True]
        async with leases.hold("luna", "alive", patience=PATIENCE) as alive:
            await write(tenant_database, alive, 2)
        with pytest.raises(PyMongoError):
            await session.commit_transaction()
        await session.end_session()
    assert (await tenant_database.documents(PAGES).get("front")).by == 2
    assert (await leases.standing("luna")).sessions == ()


async def test_where_sessions_may_not_be_ended_the_fence_is_tried_again(tenant_database, monkeypatch):
    """The server itself ends the transaction some time later."""
    monkeypatch.setattr(fence, "_SECONDS", 0.2)
    monkeypatch.setattr(lease, "end_sessions", lambda *_: asyncio.sleep(0))
    monkeypatch.setattr(Leases, "_keep", lambda self, *_: asyncio.sleep(3_600))
    leases = Leases(tenant_database, seconds=0.2)
    async with leases.hold("luna", "dead") as dead:
        session = await _left_open(tenant_database, dead)
        later = asyncio.create_task(_held(leases, "alive", patience=PATIENCE))
        await asyncio.sleep(1.5)
        await session.abort_transaction()
        assert await later == "alive"
        await session.end_session()


async def test_the_first_of_a_new_store_may_come_together(leases, monkeypatch):
    """Several make its document at the same moment: the one that comes second has its place all the same."""
    ask, waiting = Leases._ask, asyncio.Event()

    async def late(self, which, update, *, upsert=False):
        if upsert and not waiting.is_set():
            waiting.set()
            await leases._join("luna", "first")
            raise DuplicateDocument("Another document has the same _id")
        return await ask(self, which, update, upsert=upsert)

    monkeypatch.setattr(Leases, "_ask", late)
    await leases._join("luna", "second")
    assert [each.owner for each in (await leases.standing("luna")).queue] == ["second"]
    assert (await leases.standing("luna")).owner == "first"
