import asyncio
import datetime as dt
from contextlib import asynccontextmanager

import pytest
from tests.unit.bootstrap.working import LUNA, until, working

from shopwright.bootstrap import job_following
from shopwright.bootstrap.catalog import catalog_of
from shopwright.bootstrap.job_following import JobFollower
from shopwright.bootstrap.job_held import utc_now
from shopwright.catalog.versions.revision import Author, Kind
from shopwright.database.lease import Leases
from shopwright.database.tickets import TICKETS
from shopwright.errors import DatabaseUnavailable

ALWAYS_NEW = LUNA.model_copy(update={"date": None})


@pytest.fixture
async def worker(mongo_uri, tmp_path):
    async with working(mongo_uri, tmp_path) as made:
        yield made


def follower(worker, **changes):
    return JobFollower(worker.platform, worker.jobs, "follower", **changes)


@asynccontextmanager
async def following(follower):
    stop = asyncio.Event()
    task = asyncio.create_task(follower.run_until(stop))
    try:
        yield task
    finally:
        stop.set()
        await task


async def published(worker, order=LUNA):
    tenant = await worker.tenant()
    await worker.submit(tenant, order)
    await worker.runner.turn()
    return tenant


async def patched(worker, tenant, title):
    async with worker.inside(tenant) as inside:
        catalog = catalog_of(worker.platform, inside.database, worker.place.settings.state, "luna")
        await catalog.patch(Kind.PRODUCT, ["a"], {"title": title}, Author("ann", utc_now()))


async def listed(worker, tenant):
    async with worker.inside(tenant) as inside:
        return await worker.jobs.list(inside)


async def test_changes_lead_to_one_job_that_waits_and_none_where_nothing_was_published(worker):
    tenant, other = await published(worker), await worker.tenant()

    async def waits():
        return len(await listed(worker, tenant)) == 2

    async with following(follower(worker)):
        for title in ("One", "Two", "Three"):
            await patched(worker, tenant, title)
        await patched(worker, other, "One")
        await until(waits)
    (job, _) = await listed(worker, tenant)
    assert (job.cause, job.by, job.state) == ("change", "", "queued")
    assert await listed(worker, other) == ()
    await worker.runner.turn()
    assert (await worker.job(tenant, job.id)).revision == 4
    await follower(worker).sweep()
    assert len(await listed(worker, tenant)) == 2


async def test_a_sweep_finds_what_nobody_listened_to_and_lost_tickets(worker):
    tenant = await published(worker)
    await patched(worker, tenant, "Unheard")
    await follower(worker).sweep()
    assert [job.cause for job in await listed(worker, tenant)] == ["change", "request"]
    tickets = worker.platform.control.documents(TICKETS)
    await tickets.delete(tenant)
    await follower(worker).sweep()
    assert await tickets.get(tenant)


async def test_stores_are_built_for_a_new_day_unless_they_have_a_day_of_their_own(worker):
    new, fixed = await published(worker, ALWAYS_NEW), await published(worker)
    refreshed = follower(worker, refresh_at=dt.time(tzinfo=dt.UTC))
    await refreshed.sweep()
    assert len(await listed(worker, new)) == 1
    at = utc_now()
    object.__setattr__(worker.jobs, "now", lambda: at + dt.timedelta(days=1))
    await refreshed.sweep()
    assert [job.cause for job in await listed(worker, new)] == ["schedule", "request"]
    assert len(await listed(worker, fixed)) == 1


def test_when_the_last_refresh_was_and_the_next_will_be(worker):
    object.__setattr__(worker.jobs, "now", lambda: dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC))
    before, after = (follower(worker, refresh_at=dt.time(hour, tzinfo=dt.UTC)) for hour in (9, 15))
    assert (before._refreshed().isoformat(), before._until_refresh()) == ("2026-11-23T09:00:00+00:00", 21 * 3600 + 1)
    assert (after._refreshed().isoformat(), after._until_refresh()) == ("2026-11-22T15:00:00+00:00", 3 * 3600 + 1)
    assert follower(worker)._until_refresh() == job_following.SWEEP_SECONDS


async def test_who_cannot_follow_begins_anew_and_an_error_of_ours_is_not_hidden(worker, monkeypatch):
    monkeypatch.setattr(job_following, "PAUSE_SECONDS", 0.01)
    one, tried = follower(worker), []

    async def fails():
        tried.append(1)
        if len(tried) > 2:
            raise ZeroDivisionError
        raise DatabaseUnavailable("later")

    monkeypatch.setattr(JobFollower, "_follow", lambda _: fails())
    with pytest.raises(ZeroDivisionError):
        await one.run_until(asyncio.Event())
    assert len(tried) == 3


async def test_one_follows_and_the_others_wait(worker):
    leases = Leases(worker.platform.control)

    async def held():
        return await leases.is_held("jobs")

    async with following(follower(worker)):
        await until(held)
        async with following(follower(worker)):
            await asyncio.sleep(0.05)
    assert not await held()
