"""Checks of the API: how many are answered at once."""

import asyncio
import shutil
from pathlib import Path

from shopwright.settings import Secret
from shopwright.validation.api_load import TENANT, asked, served
from shopwright.validation.checkout import Checkout
from shopwright.validation.registry import Result, check

AT_ONCE = 150
EACH = 4
MOST_SECONDS = 10.0
"""For the slowest of them, on a machine that may do other work."""


@check("P4")
def simultaneous(checkout: Checkout) -> Result:
    """150 clients ask the served API at once, over a real database: each gets its answer."""
    folder = checkout.work / "api"
    shutil.rmtree(folder, ignore_errors=True)
    return asyncio.run(_asked(folder))


async def _asked(folder: Path) -> Result:
    async with served(folder, Secret()) as where:
        load = await asked(where, f"/v1/tenants/{TENANT}/stores", at_once=AT_ONCE, each=EACH)
    requests = AT_ONCE * EACH
    return Result(
        f"{load.statuses[200]} of {requests} requests of {AT_ONCE} clients at once answered; p50 "
        f"{load.percentile(0.5) * 1e3:.0f} ms, p99 {load.percentile(0.99) * 1e3:.0f} ms, "
        f"{load.cpu_seconds / requests * 1e3:.1f} ms of processor time each",
        passed=load.statuses[200] == requests and load.seconds[-1] < MOST_SECONDS,
    )
