"""How long requests wait, and what they cost: `python -m benchmarks.api`.

One API process and its clients in this process, over a private database, on loopback; the load of the machine is named.
"""

import asyncio
import os
import tempfile
from pathlib import Path

from shopwright.settings import Secret
from shopwright.validation.api_load import TENANT, Served, asked, served

READS = {
    "health, no database": "/health/live",
    "stores of a tenant": f"/v1/tenants/{TENANT}/stores",
    "a tenant of others (404)": "/v1/tenants/other/stores",
}


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with served(Path(folder), Secret()) as where:
            for at_once in (1, 100, 400):
                for name, path in READS.items():
                    await _measure(where, name, path, at_once)


async def _measure(where: Served, name: str, path: str, at_once: int) -> None:
    each = max(1, 400 // at_once)
    load = await asked(where, path, at_once=at_once, each=each)
    count = len(load.seconds)
    times = "  ".join(f"p{share:g} {load.percentile(share / 100) * 1e3:7.1f} ms" for share in (50, 95, 99))
    cpu = load.cpu_seconds / count * 1e3
    print(f"{at_once:4} at once  {name:26} {times}  {cpu:5.2f} ms CPU each, clients included  {dict(load.statuses)}")


if __name__ == "__main__":
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    asyncio.run(main())
