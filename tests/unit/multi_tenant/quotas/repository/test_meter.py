import asyncio

import pytest

from shopwright.database.document import Document, DocumentType, Query
from shopwright.errors import QuotaExceeded
from shopwright.multi_tenant.quotas.plan import MOST, Plan
from shopwright.multi_tenant.quotas.quota import Quota
from shopwright.multi_tenant.quotas.repository.meter import Meter


class Thing(Document):
    id: str


THINGS = DocumentType("things", Thing, (Query("every", sort=("id",)),))


async def things(database):
    return await database.documents(THINGS).count(THINGS.queries[0], {})


def meter_of(told=None, **limits):
    plan = Plan("test", {quota: limits.get(quota.value, MOST) for quota in Quota})

    async def plan_of(database):
        return plan

    async def tell(database, usage):
        told.append((usage.quota.value, usage.used, usage.refused))

    counts = {Quota.PRODUCTS: things}
    return Meter(plan_of, counts) if told is None else Meter(plan_of, counts, tell)


async def add(database, first, last):
    await database.documents(THINGS).insert_all(Thing(id=str(n)) for n in range(first, last))


async def test_what_is_spent_is_counted_up_to_the_limit(tenant_database):
    told = []
    meter = meter_of(told, generations=5)
    for _ in range(5):
        await meter.admit(tenant_database, Quota.GENERATIONS)
    for _ in range(3):
        with pytest.raises(QuotaExceeded) as caught:
            await meter.admit(tenant_database, Quota.GENERATIONS)
    assert (caught.value.status, caught.value.limit, caught.value.used) == (429, 5, 5)
    assert caught.value.resets_at.hour == 0
    assert told == [("generations", 4, 0), ("generations", 5, 1)]


async def test_of_many_at_once_one_tells_that_it_comes_near(tenant_database):
    told = []
    meter = meter_of(told, requests=10)
    asked = (meter.admit(tenant_database, Quota.REQUESTS) for _ in range(16))
    ended = await asyncio.gather(*asked, return_exceptions=True)
    assert sum(isinstance(each, QuotaExceeded) for each in ended) == 6
    assert sorted(told) == [("requests", 8, 0), ("requests", 10, 1)]


async def test_what_is_kept_is_counted_from_the_documents(tenant_database):
    told = []
    meter = meter_of(told, products=10)
    await add(tenant_database, 0, 7)
    await meter.admit(tenant_database, Quota.PRODUCTS, 3)
    with pytest.raises(QuotaExceeded) as caught:
        await meter.admit(tenant_database, Quota.PRODUCTS, 4)
    assert (caught.value.status, caught.value.used, caught.value.resets_at) == (403, 7, None)
    assert told == [("products", 10, 0), ("products", 7, 4)]


async def test_work_holds_its_room_until_what_it_adds_is_counted(tenant_database):
    meter = meter_of(products=10)
    async with meter.hold(tenant_database, {Quota.PRODUCTS: 6}) as is_limited:
        assert is_limited
        with pytest.raises(QuotaExceeded, match="6 of 10 products"):
            await meter.admit(tenant_database, Quota.PRODUCTS, 5)
        await meter.admit(tenant_database, Quota.PRODUCTS, 4)
        await add(tenant_database, 0, 6)
    with pytest.raises(QuotaExceeded):
        await meter.admit(tenant_database, Quota.PRODUCTS, 5)
    await meter.admit(tenant_database, Quota.PRODUCTS, 4)


async def test_work_that_fails_gives_its_room_back(tenant_database):
    meter = meter_of(products=10)
    with pytest.raises(ZeroDivisionError):
        async with meter.hold(tenant_database, {Quota.PRODUCTS: 10}):
            raise ZeroDivisionError
    await meter.admit(tenant_database, Quota.PRODUCTS, 10)


async def test_of_many_that_begin_at_once_no_more_than_have_room_together(tenant_database):
    meter, begun, decided = meter_of(jobs=3), [], asyncio.Barrier(8)

    async def job():
        try:
            async with meter.hold(tenant_database, {Quota.JOBS: 1}):
                begun.append(1)
                await decided.wait()
        except QuotaExceeded:
            await decided.wait()

    await asyncio.gather(*(job() for _ in range(8)))
    assert len(begun) == 3
    await meter.admit(tenant_database, Quota.JOBS)


async def test_when_one_of_several_has_no_room_none_is_held(tenant_database):
    meter = meter_of(jobs=2, memory=100)
    with pytest.raises(QuotaExceeded, match="bytes of memory"):
        async with meter.hold(tenant_database, {Quota.JOBS: 1, Quota.MEMORY: 200}):
            pass
    async with meter.hold(tenant_database, {Quota.JOBS: 2}):
        usage = {each.quota: each.used for each in await meter.usage(tenant_database)}
    assert (usage[Quota.JOBS], usage[Quota.MEMORY]) == (2, 0)


async def test_what_has_no_limit_costs_no_question(tenant_database):
    async with meter_of().hold(tenant_database, {Quota.PRODUCTS: 5, Quota.JOBS: 1}) as is_limited:
        assert not is_limited
    assert await tenant_database.raw.list_collection_names() == []


async def test_a_lower_limit_never_refuses_what_adds_nothing(tenant_database):
    await add(tenant_database, 0, 7)
    async with meter_of(products=3).hold(tenant_database, {Quota.PRODUCTS: -2, Quota.PICTURES: 0}):
        pass


async def test_the_usage_of_every_quota(tenant_database):
    meter = meter_of(products=10, generations=2)
    await add(tenant_database, 0, 9)
    await meter.admit(tenant_database, Quota.GENERATIONS)
    usage = {each.quota: each for each in await meter.usage(tenant_database)}
    assert list(usage) == list(Quota)
    assert (usage[Quota.PRODUCTS].used, usage[Quota.PRODUCTS].state) == (9, "near")
    assert (usage[Quota.GENERATIONS].used, usage[Quota.GENERATIONS].resets_at.minute) == (1, 0)
    assert usage[Quota.KEYS].used == 0


async def test_a_look_counts_and_tells_nothing(tenant_database):
    told = []
    await meter_of(told, requests=5).admit(tenant_database, Quota.REQUESTS, 5)
    lower = meter_of(told, requests=1)
    for _ in range(3):
        assert next(each for each in await lower.usage(tenant_database) if each.quota is Quota.REQUESTS).used == 5
    with pytest.raises(QuotaExceeded):
        await lower.admit(tenant_database, Quota.REQUESTS)
    assert told == [("requests", 5, 0), ("requests", 5, 1)]
