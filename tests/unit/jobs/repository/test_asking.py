import asyncio
import datetime as dt

import pytest
from tests.unit.catalog.repository.stored import store_luna
from tests.unit.jobs.made import NOW

from shopwright.bootstrap.document_types import DOCUMENT_TYPES
from shopwright.database.migrations.run import migrate
from shopwright.errors import DuplicateDocument, JobError, NoSuchJob, ReferenceRefused
from shopwright.jobs.documents import BLOCKED, Order
from shopwright.jobs.repository.asking import Asking, JobRepository
from shopwright.jobs.repository.working import JobWork

LUNA = Order(store="luna")
ASKING = Asking("ann", NOW)


@pytest.fixture
async def jobs(tenant_database):
    await migrate(tenant_database, DOCUMENT_TYPES)
    await store_luna(tenant_database)
    return JobRepository(tenant_database)


@pytest.fixture
def work(jobs):
    return JobWork(jobs.database)


async def published(jobs, work, order=LUNA, revision=3):
    """A store that a job published; its release is not told."""
    job = await jobs.submit(order, ASKING)
    job = await work.audited(await work.read(await work.take("w", 30, NOW), revision, NOW), {}, NOW)
    await jobs.database.transaction(lambda session: work.published(job, None, "", NOW, session))


async def test_the_same_key_is_the_same_job(jobs):
    asking = Asking("ann", NOW, key="once")
    first = await jobs.submit(LUNA, asking)
    assert (first.state, first.by, first.cause, first.due, first.last) == ("queued", "ann", "request", NOW, 1)
    assert await jobs.submit(LUNA, Asking("ann", NOW + dt.timedelta(hours=1), key="once")) == first
    with pytest.raises(DuplicateDocument, match="Something else was asked for under this key before"):
        await jobs.submit(Order(store="luna", complete=True), asking)
    with pytest.raises(ReferenceRefused, match=r"jobs\.store"):
        await jobs.submit(Order(store="mars"), ASKING)


async def test_what_is_asked_for_while_one_waits_is_folded_into_it(jobs):
    first = await jobs.submit(Order(store="luna", revision=3), ASKING)
    again = await jobs.submit(Order(store="luna", revision=7), ASKING)
    assert (again.id, again.order.revision, again.last) == (first.id, 7, 2)
    assert [job.id for job in await jobs.listed()] == [first.id]


async def test_many_that_ask_at_once_get_one_job(jobs):
    asked = await asyncio.gather(*(jobs.submit(LUNA, Asking("ann", NOW, key=str(each))) for each in range(6)))
    assert len({job.id for job in asked}) == 1
    assert (await jobs.get(asked[0].id)).last == 6


async def test_what_is_asked_for_while_one_runs_waits_for_its_end_as_one(jobs, work):
    first = await jobs.submit(LUNA, ASKING)
    running = await work.take("w", 30, NOW)
    later = [await jobs.submit(LUNA, ASKING) for _ in range(3)]
    assert {job.id for job in later} == {later[0].id} != {first.id}
    assert later[0].due == BLOCKED
    assert await work.take("w", 30, NOW) is None
    await work.end(running, "failed", _reason(), NOW)
    assert (await work.take("w", 30, NOW)).id == later[0].id


async def test_jobs_are_listed_the_newest_first_a_page_at_a_time(jobs, work):
    made = []
    for minute in range(3):
        job = await jobs.submit(LUNA, Asking("ann", NOW + dt.timedelta(minutes=minute)))
        made.insert(0, (await jobs.cancel(job.id, ASKING)).id)
    assert [job.id for job in await jobs.listed()] == made
    assert [job.id for job in await jobs.listed(limit=2)] == made[:2]
    assert [job.id for job in await jobs.listed(after=made[1])] == made[2:]


async def test_a_job_that_waits_is_cancelled_at_once_and_can_be_asked_for_again(jobs, work):
    job = await jobs.submit(LUNA, ASKING)
    cancelled = await jobs.cancel(job.id, ASKING)
    assert (cancelled.state, cancelled.open, cancelled.reason.what) == ("cancelled", False, "It was cancelled.")
    with pytest.raises(JobError, match="The job is cancelled already"):
        await jobs.cancel(job.id, ASKING)
    assert await work.take("w", 30, NOW) is None
    again = await jobs.retry(job.id, ASKING)
    assert (again.id, again.state, again.attempts, again.reason) == (job.id, "queued", 0, None)
    with pytest.raises(JobError, match="The job is queued: it does not need to be repeated"):
        await jobs.retry(job.id, ASKING)
    assert (await work.take("w", 30, NOW)).id == job.id


async def test_a_job_at_work_is_to_be_cancelled_by_its_worker(jobs, work):
    job = await jobs.submit(LUNA, ASKING)
    await work.take("w", 30, NOW)
    asked = await jobs.cancel(job.id, ASKING)
    assert (asked.state, asked.cancelling) == ("running", True)
    assert await jobs.cancel(job.id, ASKING) == asked


async def test_a_job_asked_for_again_waits_for_the_one_at_work_or_is_the_one_that_waits(jobs, work):
    first = await jobs.submit(LUNA, ASKING)
    await jobs.cancel(first.id, ASKING)
    second = await jobs.submit(LUNA, ASKING)
    assert (await jobs.retry(first.id, ASKING)).id == second.id
    await work.take("w", 30, NOW)
    assert (await jobs.retry(first.id, ASKING)).due == BLOCKED


async def test_a_job_that_is_not_there_is_an_error(jobs):
    for asked in (
        jobs.get("f" * 32),
        jobs.cancel("f" * 32, ASKING),
        jobs.retry("f" * 32, ASKING),
        jobs.listed("f" * 32),
    ):
        with pytest.raises(NoSuchJob, match=r"There is no such job\. List the jobs"):
            await asked


async def test_events_are_told_from_a_number_on(jobs, work):
    job = await jobs.submit(LUNA, ASKING)
    running = await work.take("worker 1", 30, NOW)
    await work.tell(running, 30, "pages", 7, NOW)
    told = [(event.number, event.state, event.stage, event.done, event.note) for event in await jobs.events(job.id)]
    assert told == [
        (1, "queued", "", 0, ""),
        (2, "running", "", 0, "Attempt 1 of 5 by worker 1."),
        (3, "running", "pages", 7, ""),
    ]
    assert [event.number for event in await jobs.events(job.id, after=2)] == [3]


async def test_a_changed_catalogue_is_followed_where_a_job_published_the_store(jobs, work):
    assert await jobs.follow("luna", 4, NOW) is None
    await published(jobs, work, Order(store="luna", site_url="https://luna.example"), revision=3)
    assert await jobs.follow("luna", 3, NOW) is None
    job = await jobs.follow("luna", 4, NOW)
    assert (job.cause, job.by, job.order) == ("change", "", Order(store="luna", site_url="https://luna.example"))
    running = await work.read(await work.take("w", 30, NOW), 4, NOW)
    assert await jobs.follow("luna", 4, NOW) is None
    assert (await jobs.follow("luna", 5, NOW)).id != running.id


async def test_a_store_published_at_a_named_revision_stays_there(jobs, work):
    await published(jobs, work, Order(store="luna", revision=3))
    assert await jobs.follow("luna", 9, NOW) is None


def _reason():
    from shopwright.jobs.documents import Reason

    return Reason(error="BuildError", what="no")


async def test_what_failed_is_not_asked_for_again_by_itself_before_something_changes(jobs, work):
    await published(jobs, work)
    await jobs.follow("luna", 4, NOW)
    running = await work.read(await work.take("w", 30, NOW), 4, NOW)
    await work.end(running, "failed", _reason(), NOW)
    assert await jobs.follow("luna", 4, NOW) is None
    waiting = await jobs.follow("luna", 5, NOW)
    assert await jobs.follow("luna", 6, NOW) == waiting
    await jobs.submit(Order(store="luna", revision=4), Asking("ann", NOW))
    assert (await jobs.get(waiting.id)).order.revision is None
    await jobs.cancel(waiting.id, ASKING)
    await jobs.submit(Order(store="luna", revision=4), Asking("ann", NOW))
    assert await jobs.follow("luna", 6, NOW) is None


async def test_what_was_made_live_by_hand_is_not_replaced_for_a_new_day(jobs, work):
    await published(jobs, work)
    tomorrow = NOW + dt.timedelta(days=1)
    assert await jobs.follow("luna", 3, tomorrow, since=NOW) is None
    assert await jobs.follow("luna", 3, tomorrow, since=tomorrow) is None
    assert (await jobs.follow("luna", 4, tomorrow, since=tomorrow)).cause == "change"
