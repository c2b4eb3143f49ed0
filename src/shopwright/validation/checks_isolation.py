"""The check of isolation by the database: a tenant's own connection, turned against another tenant on a real server."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from shopwright.bootstrap.control_types import CONTROL_TYPES
from shopwright.bootstrap.document_types import DOCUMENT_TYPES
from shopwright.bootstrap.platform import Platform, open_platform
from shopwright.database.isolation.probe import Probed, probe
from shopwright.settings import DatabaseSettings, Secret
from shopwright.validation.checkout import Checkout
from shopwright.validation.registry import Result, check

MINE, THEIRS = "isolation-mine", "isolation-theirs"


@check("M2")
def isolation(checkout: Checkout) -> Result:
    """With a tenant's connection, all checks of ours left out: read, write, copy, drop, listen, run code."""
    folder = checkout.work / "isolation"
    shutil.rmtree(folder, ignore_errors=True)
    found = asyncio.run(_probed(DatabaseSettings(uri=Secret(), mongod=None, folder=folder / "mongo")))
    told = f"; NOT refused: {', '.join(found.allowed[:5])}" if found.allowed else ""
    return Result(
        f"{found.refused} of {found.refused + len(found.allowed)} attempts on another tenant, the control database and "
        f"the audit trail are refused by the server; {found.own} of {len(DOCUMENT_TYPES)} collections of one's own can "
        f"be read{told}",
        passed=not found.allowed and found.own == len(DOCUMENT_TYPES),
    )


async def _probed(settings: DatabaseSettings) -> Probed:
    async with open_platform(settings) as platform, _two_tenants(platform), platform.tenants.tenant(MINE) as database:
        return await probe(database, THEIRS, DOCUMENT_TYPES, CONTROL_TYPES)


@asynccontextmanager
async def _two_tenants(platform: Platform) -> AsyncIterator[None]:
    for tenant in (MINE, THEIRS):
        await platform.provision(tenant)
    try:
        yield
    finally:
        for tenant in (MINE, THEIRS):
            await platform.withdraw(tenant, await platform.cell_of(tenant))
