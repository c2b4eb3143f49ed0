"""A worker as a process of its own, to be killed: it counts as dead after two seconds instead of thirty."""

import asyncio
import sys
from pathlib import Path

from tests.unit.bootstrap.lives import settings
from tests.unit.bootstrap.working import place

from shopwright.bootstrap import job_held, job_runner
from shopwright.bootstrap.platform import open_platform
from shopwright.bootstrap.worker import worker_of

SECONDS = 2.0


async def main(uri, folder):
    job_held.LEASE_SECONDS = job_runner.LEASE_SECONDS = SECONDS
    async with open_platform(settings(Path(folder), uri)) as platform:
        await worker_of(platform, place(Path(folder))).run_until(asyncio.Event())


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
