import datetime as dt

import pytest
from tests.stores.small import product, write_source
from tests.unit.catalog.repository.shops import ANN

from shopwright.access.actions import Action
from shopwright.access.documents import SERVICE_KEYS, ServiceKeyDocument
from shopwright.audit.repository.trail import AuditTrail
from shopwright.bootstrap.document_types import DOCUMENT_TYPES
from shopwright.bootstrap.quotas import COUNTS, MEMORY_OF_BUILD, generating, publishing, room_in, tell
from shopwright.catalog.faults import Report
from shopwright.catalog.picture_files import PictureFiles
from shopwright.catalog.repository.catalog import CatalogRepository
from shopwright.catalog.repository.kept import Kept
from shopwright.catalog.source import open_source
from shopwright.database.migrations.run import migrate
from shopwright.errors import QuotaExceeded
from shopwright.multi_tenant.quotas.plan import Plan
from shopwright.multi_tenant.quotas.quota import Quota
from shopwright.multi_tenant.quotas.repository.meter import Meter
from shopwright.multi_tenant.quotas.usage import Usage

NOW = dt.datetime.now(dt.UTC)


def meter_of(most=5, **limits):
    async def plan_of(database):
        return Plan("test", {quota: limits.get(quota.value, most) for quota in Quota})

    return Meter(plan_of, COUNTS, tell)


@pytest.fixture
async def database(tenant_database):
    await migrate(tenant_database, DOCUMENT_TYPES)
    return tenant_database


async def trail(database):
    return [event async for event in told(database)]


async def told(database):
    import orjson

    async for line in AuditTrail(database).lines():
        event = orjson.loads(line)
        yield event["event.action"], event["event.outcome"], event["quota.name"], event["quota.used"]


async def test_a_catalogue_has_the_room_its_tenant_has(database, tmp_path):
    meter = meter_of(storage=10**9)
    kept = Kept(database, "luna", PictureFiles(tmp_path / "files"), room=room_in(meter, database))
    catalog = CatalogRepository(kept)
    products = [product(name) for name in "abcd"]
    await catalog.bring_in(open_source(write_source(tmp_path / "source", products)), ANN, Report())
    more = [product(name) for name in "abcdefg"]
    with pytest.raises(QuotaExceeded) as caught:
        await catalog.bring_in(open_source(write_source(tmp_path / "more", more)), ANN, Report())
    assert (caught.value.limit, caught.value.used, caught.value.status) == (5, 4, 403)
    assert await trail(database) == [
        ("quota.warn", "success", "products", 4),
        ("quota.refuse", "failure", "products", 4),
    ]
    usage = {each.quota: each.used for each in await meter.usage(database)}
    assert (usage[Quota.PRODUCTS], usage[Quota.PICTURES]) == (4, 1)
    assert usage[Quota.STORAGE] > 0


async def test_keys_that_are_over_do_not_count(database):
    for number, ends in enumerate((NOW - dt.timedelta(1), NOW + dt.timedelta(1))):
        await database.documents(SERVICE_KEYS).insert(service_key(number, ends))
    assert await COUNTS[Quota.KEYS](database) == 1


def service_key(number, ends):
    return ServiceKeyDocument(
        id=f"{number:032x}",
        digest="0" * 64,
        name="shop",
        maker="0" * 32,
        scopes=(Action.CATALOG_READ,),
        created=NOW,
        ends=ends,
        used=None,
    )


async def test_a_build_holds_its_place_and_counts_for_the_day(database):
    meter = meter_of(most=2, memory=2 * MEMORY_OF_BUILD)
    async with generating(meter, database) as is_limited:
        assert is_limited
        usage = {each.quota: each.used for each in await meter.usage(database)}
        assert (usage[Quota.JOBS], usage[Quota.MEMORY], usage[Quota.GENERATIONS]) == (1, MEMORY_OF_BUILD, 1)
        async with publishing(meter, database):
            with pytest.raises(QuotaExceeded, match="jobs at once"):
                async with generating(meter, database):
                    pass
    async with generating(meter, database):
        pass
    with pytest.raises(QuotaExceeded, match="generations per day"):
        async with generating(meter, database):
            pass
    assert sum(event[0] == "quota.refuse" for event in await trail(database)) == 2


async def test_the_trail_says_what_was_asked_for(database):
    await tell(database, Usage(Quota.KEYS, 5, 5).refusing(2))
    assert await trail(database) == [("quota.refuse", "failure", "keys", 5)]
