"""The check of quotas: a tenant at its limits on a real server."""

import asyncio
import datetime as dt
import shutil
from dataclasses import dataclass
from pathlib import Path

import orjson

from shopwright.bootstrap.catalog import catalog_of
from shopwright.bootstrap.platform import Platform, open_platform
from shopwright.bootstrap.quotas import allowances_of, platform_meter
from shopwright.bootstrap.tenant import tenant_of
from shopwright.catalog.faults import Report
from shopwright.catalog.repository.amounts import Amounts
from shopwright.catalog.source import open_source
from shopwright.catalog.versions.revision import Author
from shopwright.database.tenant_database import TenantDatabase
from shopwright.errors import QuotaExceeded
from shopwright.multi_tenant.quotas.quota import Quota
from shopwright.multi_tenant.quotas.repository.meter import Meter
from shopwright.settings import DatabaseSettings, Secret
from shopwright.validation.checkout import Checkout
from shopwright.validation.registry import Result, check

TENANT = "quotas"
_AUTHOR = Author("validate", dt.datetime(2026, 1, 1, tzinfo=dt.UTC))


@dataclass(slots=True)
class Found:
    """Quotas that refuse at their limit; whether a refused import left nothing; quotas whose use is shown."""

    refusing: int = 0
    is_whole: bool = False
    shown: int = 0


@check("M6")
def quotas(checkout: Checkout) -> Result:
    """Use each quota up to its limit, then ask for more; import more products than there is room for."""
    folder = checkout.work / "quotas"
    shutil.rmtree(folder, ignore_errors=True)
    found = asyncio.run(_found(folder))
    number = len(Quota)
    left = "left nothing" if found.is_whole else "was NOT refused whole"
    return Result(
        f"{found.refusing} of {number} quotas refuse more than their limit, and let in what has room; an "
        f"import with too many products {left}; the use of {found.shown} is shown",
        passed=found == Found(number, is_whole=True, shown=number),
    )


async def _found(folder: Path) -> Found:
    settings, found = DatabaseSettings(uri=Secret(), mongod=None, folder=folder / "mongo"), Found()
    async with open_platform(settings) as platform, tenant_of(platform, TENANT) as database:
        await allowances_of(platform.control, None).limit(TENANT, dict.fromkeys(Quota, 2))
        meter = platform_meter(platform.control, None)
        found.is_whole = await _import_is_whole(platform, database, folder)
        for quota in Quota:
            found.refusing += await _refuses(meter, database, quota)
        found.shown = sum(usage.limit == 2 for usage in await meter.usage(database))
    return found


async def _refuses(meter: Meter, database: TenantDatabase, quota: Quota) -> bool:
    await meter.admit(database, quota, 2)
    try:
        await meter.admit(database, quota, 3)
    except QuotaExceeded as error:
        return error.limit == 2 and (error.resets_at is not None) == (quota.measure == "spent")
    return False


async def _import_is_whole(platform: Platform, database: TenantDatabase, folder: Path) -> bool:
    source = folder / "source"
    source.mkdir(parents=True)
    (source / "store.yaml").write_text("name: Luna\n")
    lines = (orjson.dumps({"handle": f"p{number}", "title": "Product"}) for number in range(3))
    (source / "products.jsonl").write_bytes(b"\n".join(lines))
    catalog = catalog_of(platform, database, folder, "luna")
    try:
        await catalog.bring_in(open_source(source), _AUTHOR, Report())
    except QuotaExceeded:
        return not (folder / "tenants").exists() and await Amounts(database).products() == 0
    return False
