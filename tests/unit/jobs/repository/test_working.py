import asyncio
import datetime as dt

import pytest
from tests.unit.jobs.made import NOW

from shopwright.bootstrap.document_types import DOCUMENT_TYPES
from shopwright.catalog.documents import STORES, StoreDocument
from shopwright.database.migrations.run import migrate
from shopwright.errors import DatabaseError, JobCancelled, LeaseLost, ReferenceRefused
from shopwright.jobs.documents import Order, Reason
from shopwright.jobs.repository.asking import Asking, JobRepository
from shopwright.jobs.repository.working import JobWork

LUNA = Order(store="luna")
NO = Reason(error="StorageError", what="no network")


@pytest.fixture
async def work(tenant_database):
    await migrate(tenant_database, DOCUMENT_TYPES)
    for store in ("luna", "mars", "sol"):
        await tenant_database.documents(STORES).insert(StoreDocument(id=store, revision=1, kept=0))
    return JobWork(tenant_database)


@pytest.fixture
def jobs(work):
    return JobRepository(work.database)


async def ask(jobs, store="luna", second=0):
    return await jobs.submit(Order(store=store), Asking("ann", NOW + dt.timedelta(seconds=second)))


async def test_a_job_is_taken_told_of_and_published(jobs, work):
    await ask(jobs)
    job = await work.take("worker 1", 30, NOW)
    assert (job.state, job.attempts, job.worker, job.slot) == ("running", 1, "worker 1", "running")
    job = await work.tell(await work.read(job, 4, NOW), 60, "pages", 3, NOW)
    assert job.due > dt.datetime.now(dt.UTC) + dt.timedelta(seconds=50)
    job = await work.audited(job, {"pages": 10, "faults": [1]}, NOW)
    await work.database.transaction(lambda session: work.published(job, None, "", NOW, session))
    done = await jobs.get(job.id)
    assert (done.state, done.open, done.ended, done.revision) == ("published", False, NOW, 4)
    assert done.report == '{"faults":[1],"pages":10}'
    assert [event.state for event in done.events if not event.stage] == ["queued", "running", "audited", "published"]


async def test_who_waited_longest_comes_first_and_each_worker_gets_another(jobs, work):
    asked = [(await ask(jobs, store, second)).id for second, store in enumerate(("sol", "luna", "mars"))]
    assert (await work.take("w", 30, NOW)).id == asked[0]
    taken = await asyncio.gather(*(work.take(f"w{number}", 30, NOW) for number in range(4)))
    assert sorted(job.id for job in taken if job) == sorted(asked[1:])


async def test_when_the_next_is_due(jobs, work):
    assert await work.due() is None
    await ask(jobs, "luna", 5)
    await ask(jobs, "sol", 3)
    assert await work.due() == NOW + dt.timedelta(seconds=3)


async def test_a_failed_attempt_is_due_again_after_a_pause(jobs, work):
    await ask(jobs)
    await work.again(await work.take("w", 30, NOW), NO, 0.1, NOW, free=False)
    waiting = (await jobs.listed())[0]
    assert (waiting.state, waiting.reason, waiting.attempts) == ("queued", NO, 1)
    assert await work.take("w", 30, NOW) is None
    await asyncio.sleep(0.12)
    again = await work.take("w", 30, NOW)
    assert again.attempts == 2
    await work.again(again, NO, 0, NOW, free=True)
    assert (await jobs.get(again.id)).attempts == 1


async def test_a_job_put_off_while_another_waits_gives_way_to_it(jobs, work):
    await ask(jobs)
    running = await work.take("w", 30, NOW)
    later = await ask(jobs)
    await work.again(running, NO, 0, NOW, free=False)
    gone = await jobs.get(running.id)
    assert (gone.state, gone.events[-1].note) == ("cancelled", "A later request takes its place.")
    assert (await work.take("w", 30, NOW)).id == later.id


async def test_a_worker_that_slept_past_its_time_can_change_nothing(jobs, work):
    await ask(jobs)
    asleep = await work.take("asleep", 0, NOW)
    awake = await work.take("awake", 30, NOW)
    assert awake.attempts == 2
    for late in (
        work.tell(asleep, 30, "pages", 1, NOW),
        work.renew(asleep, 30),
        work.read(asleep, 1, NOW),
        work.audited(asleep, {}, NOW),
        work.end(asleep, "failed", NO, NOW),
        work.again(asleep, NO, 1, NOW, free=False),
    ):
        with pytest.raises(LeaseLost, match="Attempt 1 took longer than it had said"):
            await late
    job = await work.audited(await work.renew(awake, 30), {}, NOW)
    stale = job.model_copy(update={"taken": 1})
    with pytest.raises(LeaseLost):
        await work.database.transaction(lambda session: work.published(stale, None, "", NOW, session))


async def test_a_job_that_kills_its_workers_fails_in_the_end(jobs, work):
    job = await ask(jobs)
    assert [(await work.take("w", 0, NOW)).attempts for _ in range(5)] == [1, 2, 3, 4, 5]
    assert await work.take("w", 0, NOW) is None
    failed = await jobs.get(job.id)
    assert (failed.state, failed.reason.what) == ("failed", "Its workers died or lost it, each time.")


async def test_a_worker_hears_that_its_job_was_cancelled(jobs, work):
    await ask(jobs)
    running = await work.take("w", 30, NOW)
    await jobs.cancel(running.id, Asking("ann", NOW))
    for change in (work.renew(running, 30), work.tell(running, 30, "pages", 1, NOW), work.audited(running, {}, NOW)):
        with pytest.raises(JobCancelled, match="The job was cancelled"):
            await change


async def test_a_cancelled_job_whose_worker_died_is_not_begun_again(jobs, work):
    await ask(jobs)
    running = await work.take("w", 0, NOW)
    await jobs.cancel(running.id, Asking("ann", NOW))
    assert await work.take("w", 30, NOW) is None
    assert (await jobs.get(running.id)).state == "cancelled"


async def test_publishing_is_part_of_a_transaction_or_did_not_happen(jobs, work):
    await ask(jobs)
    job = await work.audited(await work.take("w", 30, NOW), {}, NOW)

    async def fails(session):
        await work.published(job, None, "", NOW, session)
        raise DatabaseError("no")

    with pytest.raises(DatabaseError, match="no"):
        await work.database.transaction(fails)
    assert (await jobs.get(job.id)).state == "audited"
    with pytest.raises(ReferenceRefused, match=r"jobs\.release"):
        await work.database.transaction(lambda session: work.published(job, "luna/" + "0" * 20, "", NOW, session))


async def test_a_report_that_is_too_long_is_kept_without_its_faults(jobs, work):
    await ask(jobs)
    job = await work.audited(await work.take("w", 30, NOW), {"pages": 1, "faults": ["x" * 70_000]}, NOW)
    assert job.report == '{"pages":1,"faults":[]}'
