"""Every method of the jobs' repositories, with the server's own account of how it answers each command."""

import datetime as dt

from tests.unit.catalog.repository.stored import store_luna

from shopwright.catalog.documents import STORES, StoreDocument
from shopwright.jobs.documents import JOBS, Order, Reason
from shopwright.jobs.repository.asking import Asking, JobRepository
from shopwright.jobs.repository.working import JobWork

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
ANN = Asking("ann", NOW)
LUNA = Order(store="luna")
NO = Reason(error="StorageError", what="no")


async def test_every_method_uses_its_indexes(explained):
    await store_luna(explained.database)
    await explained.database.documents(STORES).insert(StoreDocument(id="mars", revision=1, kept=0))
    jobs, work = JobRepository(explained.database), JobWork(explained.database)
    for number in range(60):
        job = await jobs.submit(LUNA, Asking("ann", NOW + dt.timedelta(seconds=number)))
        await jobs.cancel(job.id, ANN)
    job = await explained(jobs.submit(LUNA, Asking("ann", NOW, key="once")))
    await explained(jobs.submit(Order(store="luna", complete=True), ANN))
    assert await explained(jobs.get(job.id))
    assert len(await explained(jobs.listed(limit=5))) == 5
    assert await explained(jobs.events(job.id))
    await explained(jobs.cancel(job.id, ANN))
    await explained(jobs.retry(job.id, ANN))
    assert await explained(work.due())
    taken = await explained(work.take("worker", 60, NOW))
    taken = await explained(work.tell(taken, 60, "pages", 1, NOW))
    await explained(work.again(taken, NO, 0, NOW, free=True))
    taken = await work.read(await work.take("worker", 60, NOW), 1, NOW)
    await explained(work.look(taken))
    await explained(work.fresh(taken))
    taken = await explained(work.audited(taken, {}, NOW))
    await explained.database.transaction(lambda session: work.published(taken, None, "", NOW, session))
    assert await explained(work.ledger("luna", "none")) == ""
    assert await explained(jobs.follow("luna", 2, NOW))
    await explained(work.end(await work.take("worker", 60, NOW), "failed", NO, NOW))
    assert (await explained.database.documents(JOBS).get(job.id)).state == "published"
