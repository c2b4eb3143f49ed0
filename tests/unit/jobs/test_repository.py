import asyncio
import datetime as dt

import pytest
from tests.unit.catalog.repository.stored import store_luna

from shopwright.bootstrap.document_types import DOCUMENT_TYPES
from shopwright.database.schema.installation import install_collections
from shopwright.errors import DatabaseError, DuplicateDocument, LeaseLost, ReferenceRefused
from shopwright.jobs.repository import JobRepository, Order, job_id

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


@pytest.fixture
async def jobs(tenant_database):
    await store_luna(tenant_database)
    return JobRepository(tenant_database)


async def test_asking_again_is_the_same_job(jobs):
    order = Order("luna", "publish-1", "publish", {"target": "s3://b", "again": True})
    first = await jobs.ask(order, NOW)
    assert first.id == job_id("luna", "publish-1")
    assert await jobs.ask(order, NOW + dt.timedelta(hours=1)) == first
    assert await jobs.get(first.id) == first
    with pytest.raises(DuplicateDocument, match="Another job was asked for under this key"):
        await jobs.ask(Order("luna", "publish-1", "publish", {"target": "elsewhere"}), NOW)
    with pytest.raises(ReferenceRefused, match=r"jobs\.store"):
        await jobs.ask(Order("mars", "publish-1", "publish"), NOW)


async def test_a_job_is_taken_done_and_over(jobs):
    await jobs.ask(Order("luna", "one", "build", {"source": "a"}), NOW)
    taken = await jobs.take("luna", "worker 1", 30)
    assert (taken.kind, taken.work, taken.attempt) == ("build", {"source": "a"}, 1)
    assert await jobs.take("luna", "worker 2", 30) is None
    await jobs.report(taken, 60, done=3, of=10, note="pages")
    running = await jobs.get(taken.id)
    assert (running.state, running.done, running.of, running.note, running.worker) == (
        "running",
        3,
        10,
        "pages",
        "worker 1",
    )
    assert running.due > dt.datetime.now(dt.UTC) + dt.timedelta(seconds=50)
    await jobs.finish(taken, {"pages": 10}, NOW)
    done = await jobs.get(taken.id)
    assert (done.state, done.open, done.result, done.ended) == ("done", False, '{"pages":10}', NOW)
    assert await jobs.take("luna", "worker 2", 30) is None


async def test_who_waited_longest_comes_first_and_each_worker_gets_another(jobs):
    for number in range(6):
        await jobs.ask(Order("luna", str(number), "build"), NOW + dt.timedelta(seconds=number - 60))
    first = await jobs.take("luna", "early", 30)
    assert first.id == "luna/0"
    taken = await asyncio.gather(*(jobs.take("luna", f"w{number}", 30) for number in range(8)))
    assert sorted(each.id for each in taken if each) == [f"luna/{number}" for number in range(1, 6)]
    assert [job.id for job in await jobs.newest("luna", 2)] == ["luna/5", "luna/4"]


async def test_what_is_not_due_by_the_servers_clock_is_not_taken(jobs):
    await jobs.ask(Order("luna", "later", "build"), dt.datetime.now(dt.UTC) + dt.timedelta(hours=1))
    assert await jobs.take("luna", "worker", 30) is None


async def test_a_failed_attempt_is_due_again_after_the_time_that_was_given(jobs):
    await jobs.ask(Order("luna", "one", "build", most_attempts=2), NOW)
    taken = await jobs.take("luna", "worker", 30)
    await jobs.fail(taken, "no network", NOW, again=0.05)
    assert (await jobs.get(taken.id)).state == "queued"
    assert await jobs.take("luna", "worker", 30) is None
    await asyncio.sleep(0.06)
    again = await jobs.take("luna", "worker", 30)
    assert again.attempt == 2
    await jobs.fail(again, "no network", NOW, again=0.05)
    failed = await jobs.get(taken.id)
    assert (failed.state, failed.open, failed.error) == ("failed", False, "no network")


async def test_a_hopeless_job_fails_at_once(jobs):
    await jobs.ask(Order("luna", "one", "build"), NOW)
    await jobs.fail(await jobs.take("luna", "worker", 30), "x" * 5_000, NOW)
    failed = await jobs.get("luna/one")
    assert (failed.state, len(failed.error)) == ("failed", 2_000)


async def test_a_worker_that_slept_past_its_time_can_report_nothing(jobs):
    await jobs.ask(Order("luna", "one", "build"), NOW)
    asleep = await jobs.take("luna", "asleep", 0)
    awake = await jobs.take("luna", "awake", 30)
    assert awake.attempt == 2
    for late in (
        jobs.finish(asleep, {}, NOW),
        jobs.fail(asleep, "no", NOW),
        jobs.fail(asleep, "no", NOW, again=1),
        jobs.report(asleep, 30, done=1, of=1),
    ):
        with pytest.raises(LeaseLost, match="luna/one: Attempt 1 took longer than it had said"):
            await late
    await jobs.finish(awake, {}, NOW)


async def test_a_job_that_kills_its_workers_is_not_taken_for_ever(jobs):
    await jobs.ask(Order("luna", "one", "build", most_attempts=2), NOW)
    assert [(await jobs.take("luna", "worker", 0)).attempt for _ in range(2)] == [1, 2]
    assert await jobs.take("luna", "worker", 0) is None
    failed = await jobs.get("luna/one")
    assert (failed.state, failed.error) == ("failed", "Its workers died or lost it, each time.")


async def test_finishing_can_be_part_of_the_transaction_that_does_the_work(jobs):
    await jobs.ask(Order("luna", "one", "publish"), NOW)
    taken = await jobs.take("luna", "worker", 30)

    async def fails(session):
        await jobs.finish(taken, {"release": "r"}, NOW, session=session)
        raise DatabaseError("no")

    with pytest.raises(DatabaseError, match="no"):
        await jobs.database.transaction(fails)
    assert (await jobs.get(taken.id)).state == "running"


async def test_a_job_names_only_releases_that_are_there(jobs):
    await jobs.ask(Order("luna", "one", "publish"), NOW)
    taken = await jobs.take("luna", "worker", 30)
    with pytest.raises(ReferenceRefused, match=r"jobs\.release"):
        await jobs.finish(taken, {}, NOW, release="luna/" + "0" * 20)


async def test_what_a_job_says_is_bounded(jobs):
    with pytest.raises(DatabaseError, match="more than 65,536 characters"):
        await jobs.ask(Order("luna", "one", "build", {"x": "y" * 65_536}), NOW)


async def test_jobs_keep_the_schema_of_the_server(jobs):
    await install_collections(jobs.database.raw, DOCUMENT_TYPES)
    await jobs.ask(Order("luna", "one", "build"), NOW)
    taken = await jobs.take("luna", "worker", 30)
    await jobs.report(taken, 30, done=1, of=2)
    await jobs.fail(taken, "no", NOW, again=0)
    await jobs.finish(await jobs.take("luna", "worker", 30), {}, NOW)
