import asyncio

from tests.unit.bootstrap.working import LUNA, PRETENDS, until, working

from shopwright.bootstrap.job_process import Processes
from shopwright.bootstrap.worker import worker_of


async def test_a_worker_does_what_is_asked_for_in_its_process_until_it_is_stopped(mongo_uri, tmp_path):
    async with working(mongo_uri, tmp_path) as other:
        tenant = await other.tenant()
        worker = worker_of(other.platform, other.place)
        worker.runner.processes = Processes(PRETENDS)
        stop = asyncio.Event()
        running = asyncio.create_task(worker.run_until(stop))
        async with other.inside(tenant) as inside:
            job = await worker.jobs.submit(inside, LUNA)

        async def published():
            return (await other.job(tenant, job.id)).state == "published"

        await until(published)
        stop.set()
        await running
