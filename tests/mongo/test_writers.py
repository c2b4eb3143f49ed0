"""Many at once on one store: no switch is lost, nobody fails, the transaction of each is tried about once."""

import asyncio
import datetime as dt
import time

import pytest
from tests.unit.catalog.repository.stored import store_luna

from shopwright.bootstrap.document_types import GRAPH
from shopwright.database.document import Document, DocumentType
from shopwright.database.lease import Lease, Leases
from shopwright.generation.repository import Change, NewRelease, ReleaseRepository

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


class Counter(Document):
    id: str
    count: int


COUNTERS = DocumentType("counters", Counter)


@pytest.fixture
def attempts(monkeypatch):
    """How many transactions were begun under leases."""
    tried = []
    fence = Lease.fence

    async def counting(self, session):
        tried.append(self.token)
        await fence(self, session)

    monkeypatch.setattr(Lease, "fence", counting)
    return tried


async def publish(database, number):
    async with Leases(database).hold("luna", f"publish {number}") as lease:
        new = NewRelease(f"{number:020x}", f"{number:064x}", files=1, bytes=1)
        return await ReleaseRepository(database, GRAPH).publish(lease, new, Change(f"p{number}", "ana", NOW))


async def roll_back(database, number):
    async with Leases(database).hold("luna", f"rollback {number}") as lease:
        return await ReleaseRepository(database, GRAPH).roll_back(lease, Change(f"r{number}", "ben", NOW))


async def test_publishers_and_rollbacks_at_once(tenant_database, attempts):
    """As many switches as were asked for, whatever their order."""
    await store_luna(tenant_database)
    for number in (1, 2):
        await publish(tenant_database, number)
    both = [publish(tenant_database, 3 + number) for number in range(4)]
    done = await asyncio.gather(*both, *(roll_back(tenant_database, number) for number in range(4)))
    assert sorted(live.sequence for live in done) == list(range(3, 11))
    live = await ReleaseRepository(tenant_database, GRAPH).live("luna")
    assert sorted((live.release, *live.before)) == [f"{number:020x}" for number in range(1, 7)]
    assert len(attempts) <= 3 * 10


@pytest.mark.parametrize("writers", [8, 32])
async def test_writers_wait_for_their_turn(tenant_database, attempts, writers, record_property):
    """Each in the order of asking; a transaction is seldom tried again, since nobody is in its way."""
    await store_luna(tenant_database)
    waits = []

    async def write(number):
        began = time.perf_counter()
        live = await publish(tenant_database, number)
        waits.append(time.perf_counter() - began)
        return live.sequence

    sequences = await asyncio.gather(*(write(number) for number in range(1, writers + 1)))
    assert sorted(sequences) == list(range(1, writers + 1))
    assert len(attempts) <= 3 * writers
    assert attempts == sorted(attempts)
    record_property("attempts", len(attempts))
    record_property("longest wait, s", max(waits))
    print(f"{writers} writers: {len(attempts)} transactions, longest wait {max(waits):.2f} s")


async def test_without_the_lease_nothing_is_lost_either(tenant_database):
    """The transaction is the safety net: it is tried again until it is right, which costs more than waiting."""
    counters, tries = tenant_database.documents(COUNTERS), 0
    await counters.insert(Counter(id="luna", count=0))

    async def add(session):
        nonlocal tries
        tries += 1
        found = await counters.get("luna", session=session)
        await counters.replace(Counter(id="luna", count=found.count + 1), session=session)

    await asyncio.gather(*(tenant_database.transaction(add) for _ in range(32)))
    assert (await counters.get("luna")).count == 32
    assert tries > 32
    print(f"32 writers without lease: {tries} transactions")
