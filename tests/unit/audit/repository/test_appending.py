import asyncio
import datetime as dt
import gc
from dataclasses import replace
from weakref import ref

import pytest
from tests.unit.audit.repository.trails import event

from shopwright.audit.chain import START, Link
from shopwright.audit.documents import AUDIT
from shopwright.audit.repository import appending
from shopwright.audit.repository.trail import AuditTrail
from shopwright.database.documents import Documents
from shopwright.database.slots import Slots
from shopwright.errors import AuditLogError, DatabaseError, DuplicateDocument


async def whole(trail, events):
    found = await trail.verify()
    assert (found.events, found.faults) == (events, ())
    return found


async def test_each_event_follows_the_one_before(tenant_database):
    trail = AuditTrail(tenant_database)
    assert await trail.end() == START
    links = [await trail.record(event(number)) for number in range(3)]
    assert [link.sequence for link in links] == [1, 2, 3]
    assert (await whole(trail, 3)).last == links[-1] == await trail.end()


async def test_a_burst_is_written_together_in_the_order_of_its_coming(tenant_database, monkeypatch):
    writes = []
    insert_all = Documents.insert_all

    async def counted(self, documents, **more):
        documents = list(documents)
        writes.append(len(documents))
        return await insert_all(self, documents, **more)

    monkeypatch.setattr(Documents, "insert_all", counted)
    trail = AuditTrail(tenant_database)
    links = await asyncio.gather(*(AuditTrail(tenant_database).record(event(number)) for number in range(250)))
    assert [link.sequence for link in links] == list(range(1, 251))
    assert sum(writes) == 250
    assert len(writes) <= 4
    assert max(writes) <= appending.MOST_TOGETHER
    counts = [document.line async for document in tenant_database.documents(AUDIT).stream(AUDIT.queries[0], {})]
    assert [f'"count":{number},' in line for number, line in enumerate(counts)] == [True] * 250
    await whole(trail, 250)


async def test_two_processes_write_one_chain(tenant_database):
    """Each has a queue of its own."""
    others = replace(tenant_database, slots=Slots(8))
    alike = [event(0) for _ in range(60)]
    work = [AuditTrail(database).record(one) for one in alike for database in (tenant_database, others)]
    links = await asyncio.gather(*work)
    assert sorted(link.sequence for link in links) == list(range(1, 121))
    await whole(AuditTrail(tenant_database), 120)


async def test_part_of_a_transaction_or_not_at_all(tenant_database):
    trail = AuditTrail(tenant_database)
    await trail.record(event(1))

    async def work(session):
        await trail.record(event(2), session=session)
        return await trail.record(event(3), session=session)

    assert (await tenant_database.transaction(work)).sequence == 3

    async def fails(session):
        await work(session)
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await tenant_database.transaction(fails)
    assert (await trail.record(event(4))).sequence == 4
    await whole(trail, 4)


async def test_transactions_and_single_events_at_once_leave_one_chain(tenant_database):
    trail = AuditTrail(tenant_database)
    await trail.record(event(0))

    async def change(number):
        return await tenant_database.transaction(lambda session: trail.record(event(number), session=session))

    links = await asyncio.gather(*(change(n) for n in range(12)), *(trail.record(event(n)) for n in range(40)))
    assert sorted(link.sequence for link in links) == list(range(2, 54))
    await whole(trail, 53)


async def test_inside_a_transaction_the_session_must_be_given(tenant_database):
    trail = AuditTrail(tenant_database)

    async def forgets(session):
        await trail.record(event(1))

    with pytest.raises(DatabaseError, match="must be given its session"):
        await tenant_database.transaction(forgets)
    assert await trail.end() == START


async def test_an_answer_that_was_lost_is_no_second_event(tenant_database, monkeypatch):
    trail, insert_all, lost = AuditTrail(tenant_database), Documents.insert_all, []

    async def loses(self, documents, **more):
        documents = list(documents)
        done = await insert_all(self, documents, **more)
        if not lost:
            lost.append(done)
            raise DuplicateDocument("as the driver's own second try finds it")
        return done

    monkeypatch.setattr(Documents, "insert_all", loses)
    links = await asyncio.gather(*(trail.record(event(number)) for number in range(3)))
    assert [link.sequence for link in links] == [1, 2, 3]
    await whole(trail, 3)


async def test_others_that_are_always_faster_are_given_up_on(tenant_database, monkeypatch):
    async def never(self, documents, **more):
        raise DuplicateDocument("another was faster")

    monkeypatch.setattr(Documents, "insert_all", never)
    monkeypatch.setattr(appending, "MOST_TRIES", 2)
    with pytest.raises(AuditLogError, match=r"others added to the trail each time\. Try again in a moment"):
        await AuditTrail(tenant_database).record(event(1))


async def test_nothing_follows_an_end_that_was_changed(tenant_database):
    trail = AuditTrail(tenant_database)
    await trail.record(event(1))
    await tenant_database.raw["audit"].update_one({"_id": 1}, {"$set": {"line": "{}"}})
    fresh = AuditTrail(replace(tenant_database, slots=Slots(8)))
    with pytest.raises(AuditLogError, match=r"event 1 of .*: the line is no record\. Look at the trail with"):
        await fresh.record(event(2))


async def test_who_gives_up_waiting_takes_nothing_from_the_others(tenant_database):
    trail = AuditTrail(tenant_database)
    tasks = [asyncio.create_task(trail.record(event(number))) for number in range(5)]
    await asyncio.sleep(0)
    tasks[0].cancel()
    links = await asyncio.gather(*tasks, return_exceptions=True)
    assert isinstance(links[0], asyncio.CancelledError)
    assert all(isinstance(link, Link) for link in links[1:])
    found = await trail.verify()
    assert (found.events in (4, 5), found.faults) == (True, ())


async def test_when_the_program_ends_nobody_waits_for_ever(tenant_database, monkeypatch):
    began = asyncio.Event()

    async def hangs(self, documents, **more):
        began.set()
        await asyncio.sleep(60)

    monkeypatch.setattr(Documents, "insert_all", hangs)
    trail = AuditTrail(tenant_database)
    first = asyncio.create_task(trail.record(event(1)))
    await began.wait()
    second = asyncio.create_task(trail.record(event(2)))
    await asyncio.sleep(0)
    for task in asyncio.all_tasks() - {asyncio.current_task()}:
        if "_write_all" in repr(task):
            task.cancel()
    assert all(
        isinstance(each, asyncio.CancelledError) for each in await asyncio.gather(first, second, return_exceptions=True)
    )


async def test_the_queue_goes_with_the_connection(tenant_database):
    database = replace(tenant_database, slots=Slots(8))
    await AuditTrail(database).record(event(1))
    gone = ref(database.slots)
    assert gone() in appending._QUEUES
    del database
    await asyncio.sleep(0)
    gc.collect()
    assert gone() is None


def test_the_time_of_an_event_is_kept_to_the_millisecond():
    at = dt.datetime(2026, 11, 23, 9, 30, 0, 123_999, dt.UTC)
    document, _ = appending._named("acme", replace(event(1), at=at)).chained(START)
    assert document.at == at.replace(microsecond=123_000)
    assert '"@timestamp":"2026-11-23T09:30:00.123Z"' in document.line
