"""Two workers do jobs while one of them, or the process of a build, is killed again and again at random moments.

Every job ends published or failed with a reason; every published store is the one that is built without faults.
"""

import asyncio
import random
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
from tests.stores.small import product
from tests.unit.bootstrap.working import LUNA, ended, until, working

from shopwright.jobs.transitions import OVER

ROOT = Path(__file__).parents[2]
LONGEST = 300


def tree(folder):
    """Every file below a folder, with its bytes; links followed."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class Pair:
    """Two worker processes."""

    def __init__(self, uri, folder):
        self._command = [sys.executable, "-m", "tests.mongo.job_worker", uri, str(folder)]
        self.workers = [self._start(), self._start()]

    def _start(self):
        return psutil.Popen(self._command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def kill(self, draw):
        """Kill a worker or what it started; all processes that must end by that."""
        number = draw.randrange(2)
        worker = self.workers[number]
        below = worker.children(recursive=True)
        if below and draw.random() < 0.4:
            one = draw.choice(below)
            one.kill()
            return [one.pid]
        worker.kill()
        worker.wait()
        self.workers[number] = self._start()
        return [each.pid for each in below]

    def end(self):
        for worker in self.workers:
            below = worker.children(recursive=True)
            for each in (worker, *below):
                each.kill()
            worker.wait()


@contextmanager
def pair(uri, folder):
    made = Pair(uri, folder)
    try:
        yield made
    finally:
        made.end()


async def over(worker, tenant, job):
    """The job when it is over."""
    until_ = time.monotonic() + LONGEST
    while time.monotonic() < until_:
        found = await worker.job(tenant, job.id)
        if found.state in OVER:
            return found
        await asyncio.sleep(0.1)
    pytest.fail(f"not over: {found}")


async def killed_again_and_again(uri, folder, kills, seed):
    draw = random.Random(seed)
    async with working(uri, folder) as worker:
        worker.really()
        tenants = [await worker.tenant(product("a"), product("b")) for _ in range(2)]
        await worker.submit(tenants[0])
        await worker.runner.turn()
        faultless = tree(worker.live(tenants[0]).resolve())
        assert len(faultless) > 10
        states = []
        with pair(uri, folder) as workers:
            for number in range(kills):
                store = f"s{number}"
                for tenant in tenants:
                    await worker.stock(tenant, product("a"), product("b"), store=store)
                order = LUNA.model_copy(update={"store": store})
                jobs = [(tenant, await worker.submit(tenant, order)) for tenant in tenants]
                await asyncio.sleep(draw.uniform(0, 3))
                for pid in workers.kill(draw):
                    await until(ended(pid))
                for tenant, job in jobs:
                    found = await over(worker, tenant, job)
                    states.append(found.state)
                    if found.state == "published":
                        assert tree(worker.live(tenant, store).resolve()) == faultless, (seed, number)
                    else:
                        assert found.state == "failed", (seed, number)
                        assert found.reason.what, (seed, number)
        return states


async def test_a_few_kills(mongo_uri, tmp_path):
    assert await killed_again_and_again(mongo_uri, tmp_path, 2, 7) == ["published"] * 4


@pytest.mark.proof
@pytest.mark.timeout(3_600)
async def test_fifty_kills(mongo_uri, tmp_path):
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    states = await killed_again_and_again(mongo_uri, tmp_path, 50, seed)
    print({state: states.count(state) for state in set(states)})
    assert states.count("published") >= 90
