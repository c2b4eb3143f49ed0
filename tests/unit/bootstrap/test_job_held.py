import asyncio

import pytest
from tests.unit.jobs.made import made

from shopwright.bootstrap import job_held
from shopwright.bootstrap.job_held import HeldJob
from shopwright.errors import BuildError, DatabaseUnavailable, LeaseLost


class Work:
    """What is said of a job, kept in a list; the next answers may be errors."""

    def __init__(self):
        self.told = []
        self.errors = []

    def _answer(self):
        if self.errors:
            raise self.errors.pop(0)

    async def tell(self, job, seconds, stage, done, at):
        self.told.append((stage, done))
        self._answer()
        return job.model_copy(update={"last": job.last + 1})

    async def renew(self, job, seconds):
        self.told.append("renewed")
        self._answer()
        return job

    async def look(self, job):
        self.told.append("looked")
        self._answer()


@pytest.fixture
def work():
    return Work()


@pytest.fixture
def held(work):
    return HeldJob(work, made(), beat=0.01)


async def forever():
    await asyncio.sleep(600)


async def test_progress_is_written_at_the_next_beat_or_change_once(held, work):
    held.tell("pages", 1)
    held.tell("pages", 7)

    async def change(job):
        return job.model_copy(update={"revision": 3})

    job = await held.change(change)
    assert (job.last, job.revision, held.job) == (2, 3, job)
    await held.during(asyncio.sleep(0.05))
    assert work.told[0] == ("pages", 7)
    assert set(work.told[1:]) == {"looked"}


async def test_a_lease_is_renewed_in_time(held, work, monkeypatch):
    monkeypatch.setattr(job_held, "LEASE_SECONDS", 0.03)
    await held.during(asyncio.sleep(0.1))
    assert "renewed" in work.told


async def test_what_is_done_is_ended_when_the_job_is_lost(held, work):
    ended = []

    async def doing():
        try:
            await forever()
        finally:
            ended.append(True)

    work.errors = [DatabaseUnavailable("later"), LeaseLost("gone")]
    with pytest.raises(LeaseLost, match="gone"):
        await held.during(doing())
    assert ended == [True]


async def test_an_error_of_what_is_done_is_raised_and_a_result_given(held):
    async def fails():
        raise BuildError("no")

    async def gives():
        return 7

    with pytest.raises(BuildError, match="no"):
        await held.during(fails())
    assert await held.during(gives()) == 7


async def test_who_is_cancelled_ends_what_is_done(held):
    doing = asyncio.ensure_future(forever())
    during = asyncio.create_task(held.during(doing))
    await asyncio.sleep(0.02)
    during.cancel()
    with pytest.raises(asyncio.CancelledError):
        await during
    assert doing.cancelled()
