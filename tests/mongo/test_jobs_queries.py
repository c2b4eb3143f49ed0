"""Every method of the jobs' repository, with the server's own account of how it answers each command."""

import datetime as dt

from tests.unit.catalog.repository.stored import store_luna

from shopwright.jobs.repository import JobRepository, Order

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


async def test_every_method_uses_its_indexes(explained):
    await store_luna(explained.database)
    jobs = JobRepository(explained.database)
    for number in range(60):
        await jobs.ask(Order("luna", f"job-{number}", "build", most_attempts=2), NOW)
    await explained(jobs.ask(Order("luna", "another", "build"), NOW))
    taken = [await explained(jobs.take("luna", "worker", 60)) for _ in range(3)]
    assert await explained(jobs.get(taken[0].id))
    assert len(await explained(jobs.newest("luna", 5))) == 5
    await explained(jobs.report(taken[0], 60, done=1, of=2))
    await explained(jobs.finish(taken[0], {}, NOW))
    await explained(jobs.fail(taken[1], "no", NOW))
    await explained(jobs.fail(taken[2], "later", NOW, again=60))
