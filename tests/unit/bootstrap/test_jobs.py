import asyncio

import pytest
from tests.unit.bootstrap.working import LUNA, working

from shopwright.audit.repository.trail import AuditTrail
from shopwright.audit.search import Wanted
from shopwright.bootstrap.job_held import utc_now
from shopwright.database.tickets import TICKETS
from shopwright.errors import NoSuchJob
from shopwright.jobs.repository.working import JobWork


@pytest.fixture
async def worker(mongo_uri, tmp_path):
    async with working(mongo_uri, tmp_path) as made:
        yield made


async def test_what_is_asked_for_is_offered_folded_cancelled_and_asked_for_again_and_the_trail_knows(worker):
    tenant = await worker.tenant()
    job = await worker.submit(tenant, key="once")
    assert worker.runner._woken.is_set()
    assert (await worker.platform.control.documents(TICKETS).get(tenant)).due <= utc_now()
    assert await worker.submit(tenant, key="once") == job
    assert (await worker.submit(tenant)).id == job.id
    async with worker.inside(tenant) as inside:
        assert [each.id for each in await worker.jobs.list(inside)] == [job.id]
        assert await worker.jobs.list(inside, after=job.id) == ()
        assert (await worker.jobs.cancel(inside, job.id)).state == "cancelled"
        assert (await worker.jobs.retry(inside, job.id)).state == "queued"
        with pytest.raises(NoSuchJob):
            await worker.jobs.get(inside, "0" * 32)
        events = (await AuditTrail(inside.database).search(Wanted(action="job"), 9)).events
    assert [(each["event.action"], each["user.id"], each["job.id"]) for each in events] == [
        (action, "ann", job.id) for action in ("job.start", "job.cancel", "job.start", "job.start")
    ]


async def test_events_are_told_as_they_come_and_again_from_a_number_on(worker):
    tenant = await worker.tenant()
    job = await worker.submit(tenant)
    async with worker.inside(tenant) as inside:
        events = worker.jobs.events(inside, job.id)
        assert (await anext(events)).state == "queued"
        waiting = asyncio.ensure_future(anext(events))
        await asyncio.sleep(0)
        assert not waiting.done()
        await JobWork(inside.database).take("w", 30, utc_now())
        assert (await waiting).number == 2
        await events.aclose()
        again = worker.jobs.events(inside, job.id, after=1)
        assert (await anext(again)).number == 2
        await again.aclose()


async def test_only_what_was_published_is_followed(worker):
    tenant = await worker.tenant()
    async with worker.inside(tenant) as inside:
        assert await worker.jobs.follow(inside, "luna", 7) is None
    await worker.submit(tenant, LUNA)
    await worker.runner.turn()
    async with worker.inside(tenant) as inside:
        assert (await worker.jobs.follow(inside, "luna", 7)).cause == "change"
