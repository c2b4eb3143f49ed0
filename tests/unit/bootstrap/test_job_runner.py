import asyncio
import datetime as dt
import os
from contextlib import asynccontextmanager

import orjson
import pytest
from tests.stores.small import product
from tests.unit.bootstrap.working import LUNA, alive, until, working

from shopwright.audit.repository.trail import AuditTrail
from shopwright.audit.search import Wanted
from shopwright.bootstrap.catalog import catalog_of
from shopwright.bootstrap.job_held import utc_now
from shopwright.bootstrap.usage import TenantUsage
from shopwright.catalog.versions.revision import Author, Kind
from shopwright.database.tickets import TICKETS, Tickets
from shopwright.errors import JobError, Overloaded
from shopwright.generation.repository import ReleaseRepository
from shopwright.jobs.documents import JOBS
from shopwright.jobs.repository.working import JobWork
from shopwright.multi_tenant.documents import TENANTS, TenantDocument
from shopwright.multi_tenant.quotas.quota import Quota


def to(how, **changes):
    return LUNA.model_copy(update={"site_url": f"https://{how}.example", **changes})


@pytest.fixture
async def worker(mongo_uri, tmp_path):
    async with working(mongo_uri, tmp_path) as made:
        yield made


async def reason(worker, tenant, job):
    job = await worker.job(tenant, job.id)
    return job.state, job.reason.error, job.reason.what


async def sleeping(worker, tenant):
    """The processes of a build that sleeps."""
    file = worker.place.site(tenant, "luna") / "pid"

    async def there():
        return file.exists()

    await until(there)
    return [int(pid) for pid in file.read_text().split()]


async def ticket_of(worker, tenant):
    return await worker.platform.control.documents(TICKETS).get(tenant)


async def test_a_store_is_built_audited_published_and_recorded_and_a_change_follows_by_the_smallest_step(worker):
    worker.really()
    tenant = await worker.tenant(product("a"), product("b"))
    job = await worker.submit(tenant)
    assert await worker.runner.turn()
    done = await worker.job(tenant, job.id)
    assert (done.state, done.reason, done.revision, done.attempts) == ("published", None, 1, 1)
    assert [event.state for event in done.events if not event.stage] == ["queued", "running", "audited", "published"]
    assert "Small Shop" in (worker.live(tenant) / "index.html").read_text()
    assert await ticket_of(worker, tenant) is None
    async with worker.inside(tenant) as inside:
        assert (await ReleaseRepository(inside.database, None).live("luna")).release == done.release[5:]
        catalog = catalog_of(worker.platform, inside.database, worker.place.settings.state, "luna")
        patch = {"title": "Moved", "previous_handles": ["old-a"]}
        await catalog.patch(Kind.PRODUCT, ["a"], patch, Author("ann", utc_now()))
        following = await worker.jobs.follow(inside, "luna", 2)
    assert (following.cause, following.order) == ("change", LUNA)
    assert await worker.runner.turn()
    second = await worker.job(tenant, following.id)
    assert (second.state, second.revision) == ("published", 2)
    assert "Moved" in (worker.live(tenant) / "products" / "a" / "index.html").read_text()
    first, later = orjson.loads(done.report), orjson.loads(second.report)
    assert later["reused"] > later["written"] > 0
    assert first["reused"] == 0
    ledgers = list((worker.folder / "releases" / tenant / "luna" / "ledgers").iterdir())
    assert {path.name for path in ledgers} == {done.ledger, second.ledger}
    assert list((worker.place.site(tenant, "luna").parent.parent / "jobs").iterdir()) == []


async def test_jobs_of_tenants_are_done_in_turns(worker):
    many, few = await worker.tenant(), await worker.tenant()
    for store in ("b", "c", "d"):
        await worker.stock(many, product("a"), store=store)
    jobs = [await worker.submit(many, LUNA.model_copy(update={"store": store})) for store in ("b", "c", "d")]
    jobs.insert(1, await worker.submit(few))
    for _ in jobs:
        assert await worker.runner.turn()
    done = [await worker.job(few if number == 1 else many, job.id) for number, job in enumerate(jobs)]
    assert {job.state for job in done} == {"published"}
    assert sorted(done, key=lambda job: job.ended) == done
    assert not await worker.runner.turn()


async def test_a_report_counts_faults_and_progress_is_told(worker):
    tenant = await worker.tenant()
    job = await worker.submit(tenant)
    await worker.runner.turn()
    done = await worker.job(tenant, job.id)
    assert orjson.loads(done.report) == {
        "pages": 3,
        "faults": [{"code": "no-alt", "message": "no text 0", "count": 3}],
    }
    assert ("pages", 3) in [(event.stage, event.done) for event in done.events]
    async with worker.inside(tenant) as inside:
        told = [event.number async for event in worker.jobs.events(inside, job.id, after=1)]
        (event, *_) = (await AuditTrail(inside.database).search(Wanted(action="release.publish"), 5)).events
    assert told == list(range(2, done.last + 1))
    assert event["release.id"] == done.release[5:]


async def test_a_job_that_cannot_be_done_fails_with_the_reason_and_the_trail_is_told(worker):
    tenant = await worker.tenant()
    job = await worker.submit(tenant, to("breaks"))
    await worker.runner.turn()
    assert await reason(worker, tenant, job) == ("failed", "AuditFailed", "a page breaks a rule.")
    missing = await worker.submit(tenant, LUNA.model_copy(update={"revision": 99}))
    await worker.runner.turn()
    assert await reason(worker, tenant, missing) == ("failed", "NotKept", "it is not kept.")
    assert not worker.live(tenant).exists()
    async with worker.inside(tenant) as inside:
        found = (await AuditTrail(inside.database).search(Wanted(action="job.end"), 5)).events
    assert [(event["event.outcome"], event["job.id"]) for event in found] == [
        ("failure", missing.id),
        ("failure", job.id),
    ]


async def test_what_may_pass_is_tried_again_after_a_pause(worker):
    tenant = await worker.tenant()
    job = await worker.submit(tenant, to("unreachable"))
    await worker.runner.turn()
    assert await reason(worker, tenant, job) == ("queued", "StorageError", "it does not answer.")
    waiting = await worker.job(tenant, job.id)
    assert waiting.due > utc_now()
    assert (await ticket_of(worker, tenant)).due == waiting.due
    assert not await worker.runner.turn()


async def test_after_the_last_attempt_it_has_failed(worker):
    tenant = await worker.tenant()
    job = await worker.submit(tenant, to("dies"))
    async with worker.inside(tenant) as inside:
        for _ in range(job.most_attempts):
            await worker.runner.turn()
            await inside.database.documents(JOBS).update(job.id, {"due": utc_now() - dt.timedelta(minutes=1)})
            await Tickets(worker.platform.control).offer(tenant)
    state, error, what = await reason(worker, tenant, job)
    assert (state, error, what) == ("failed", "BuildLost", "the process of the build ended with status -9.")


async def test_a_build_whose_process_died_is_built_by_the_next(worker):
    tenant = await worker.tenant()
    job = await worker.submit(tenant, to("stumbles"))
    await worker.runner.turn()
    assert (await worker.job(tenant, job.id)).state == "queued"

    async def published():
        await worker.runner.turn()
        return (await worker.job(tenant, job.id)).state == "published"

    await until(published)
    assert (await worker.job(tenant, job.id)).attempts == 2


async def test_a_cancelled_job_ends_within_moments_with_all_its_processes(worker):
    tenant = await worker.tenant()
    job = await worker.submit(tenant, to("sleeps"))
    turn = asyncio.create_task(worker.runner.turn())
    pids = await sleeping(worker, tenant)
    async with worker.inside(tenant) as inside:
        assert (await worker.jobs.cancel(inside, job.id)).cancelling
    await turn
    assert await reason(worker, tenant, job) == ("cancelled", "JobCancelled", "It was cancelled.")
    assert [pid for pid in pids if alive(pid)] == []
    assert not worker.live(tenant).exists()
    async with worker.inside(tenant) as inside:
        assert (await worker.jobs.retry(inside, job.id)).state == "queued"


async def test_what_is_being_published_is_not_cancelled_any_more(worker):
    tenant = await worker.tenant()
    job = await worker.submit(tenant, to("lingers"))
    turn = asyncio.create_task(worker.runner.turn())
    pids = await sleeping(worker, tenant)
    async with worker.inside(tenant) as inside:
        with pytest.raises(JobError, match="The job is being published"):
            await worker.jobs.cancel(inside, job.id)
    os.kill(pids[0], 9)
    await turn
    assert (await worker.job(tenant, job.id)).reason.error == "BuildLost"
    assert [pid for pid in pids if alive(pid)] == []


async def test_a_worker_that_ends_hands_back_what_it_was_at(worker):
    tenant = await worker.tenant()
    job = await worker.submit(tenant, to("sleeps"))
    stop = asyncio.Event()
    running = asyncio.create_task(worker.runner.run_until(stop))
    pids = await sleeping(worker, tenant)
    stop.set()
    await running
    handed = await worker.job(tenant, job.id)
    assert (handed.state, handed.attempts, handed.cancelling) == ("queued", 0, False)
    assert [pid for pid in pids if alive(pid)] == []
    assert (await ticket_of(worker, tenant)).busy == 0


async def test_a_runner_does_what_comes_until_it_is_stopped(worker):
    tenant = await worker.tenant()
    stop = asyncio.Event()
    running = asyncio.create_task(worker.runner.run_until(stop))
    job = await worker.submit(tenant)

    async def published():
        return (await worker.job(tenant, job.id)).state == "published"

    await until(published)
    stop.set()
    await running


async def test_a_job_whose_worker_was_lost_is_taken_over(worker):
    tenant = await worker.tenant()
    job = await worker.submit(tenant)
    async with worker.inside(tenant) as inside:
        await JobWork(inside.database).take("lost", 0, utc_now())
    await worker.runner.turn()
    done = await worker.job(tenant, job.id)
    assert (done.state, done.attempts, done.worker) == ("published", 2, "worker 1")


async def test_a_worker_that_was_overtaken_ends_its_build_and_says_nothing(worker):
    tenant = await worker.tenant()
    job = await worker.submit(tenant, to("sleeps"))
    turn = asyncio.create_task(worker.runner.turn())
    pids = await sleeping(worker, tenant)
    async with worker.inside(tenant) as inside:
        await inside.database.documents(JOBS).update(job.id, {"taken": 7})
    await turn
    assert (await worker.job(tenant, job.id)).state == "running"
    assert [pid for pid in pids if alive(pid)] == []


async def test_a_tenant_that_used_its_generations_waits_for_the_next_day(worker):
    tenant = await worker.tenant()
    await TenantUsage(worker.platform, tenant, "ann").limit({Quota.GENERATIONS: 1})
    await worker.submit(tenant)
    await worker.runner.turn()
    job = await worker.submit(tenant)
    await worker.runner.turn()
    waiting = await worker.job(tenant, job.id)
    assert (waiting.state, waiting.attempts, waiting.reason.error) == ("queued", 0, "QuotaExceeded")
    assert waiting.due.date() > dt.datetime.now(dt.UTC).date()


async def test_a_suspended_tenant_waits_and_a_deleted_one_is_forgotten(worker):
    tenant = await worker.tenant()
    job = await worker.submit(tenant)
    now = utc_now()
    document = TenantDocument(
        id=tenant, title="T", state="suspended", cell="main", plan="own", created=now, changed=now
    )
    tenants = worker.platform.control.documents(TENANTS)
    await tenants.insert(document)
    try:
        await worker.runner.turn()
        assert (await worker.job(tenant, job.id)).state == "queued"
        assert (await ticket_of(worker, tenant)).due > now
        await tenants.update(tenant, {"state": "deleted"})
        await Tickets(worker.platform.control).offer(tenant)
        await worker.runner.turn()
        assert await ticket_of(worker, tenant) is None
    finally:
        await tenants.delete(tenant)


async def test_a_job_that_takes_longer_than_it_may_fails(mongo_uri, tmp_path):
    async with working(mongo_uri, tmp_path, job_time=dt.timedelta(seconds=1)) as worker:
        tenant = await worker.tenant()
        job = await worker.submit(tenant, to("sleeps"))
        await worker.runner.turn()
        assert await reason(worker, tenant, job) == ("failed", "BuildError", "the job takes longer than it may.")


async def test_an_error_of_ours_ends_the_job_and_not_the_worker(worker, monkeypatch):
    tenant = await worker.tenant()
    job = await worker.submit(tenant)
    monkeypatch.setattr("shopwright.bootstrap.job_generation.dress", lambda *_: 1 // 0)
    await worker.runner.turn()
    assert await reason(worker, tenant, job) == ("failed", "JobError", "It met an error of ours: ZeroDivisionError")


async def test_without_room_on_the_machine_nothing_is_begun(worker):
    tenant = await worker.tenant()
    job = await worker.submit(tenant)

    @asynccontextmanager
    async def full(memory, cpus, name):
        assert (memory, cpus, name) == (500_000_000, 1.0, tenant)
        raise Overloaded("no room")
        yield

    worker.runner.room = full
    await worker.runner.turn()
    assert (await worker.job(tenant, job.id)).attempts == 0
    assert (await ticket_of(worker, tenant)).due > utc_now()


async def test_a_tenant_that_cannot_be_opened_is_tried_later(worker):
    await Tickets(worker.platform.control).offer("nobody-is-called-so")
    await worker.runner.turn()
    assert (await ticket_of(worker, "nobody-is-called-so")).due > utc_now()
    await worker.platform.control.documents(TICKETS).delete("nobody-is-called-so")
