import asyncio
import datetime as dt

from shopwright.database.holders import HOLDERS, MOST_HOLDERS, HolderPart, Holders, HoldersDocument
from shopwright.database.migrations.run import migrate


async def test_who_comes_later_sees_what_those_before_hold(tenant_database):
    await migrate(tenant_database, (HOLDERS,))
    line = Holders(tenant_database, "jobs")
    async with line.hold(2) as first:
        async with line.hold(3) as second:
            assert (first.before, second.before) == (0, 2)
            assert await line.held() == 5
        assert await line.held() == 2
    assert await line.held() == 0


async def test_of_many_at_once_each_has_a_place_of_its_own(tenant_database):
    line, seen, all_there = Holders(tenant_database, "jobs"), [], asyncio.Barrier(8)

    async def work():
        async with line.hold(1) as place:
            seen.append(place.before)
            await all_there.wait()

    await asyncio.gather(*(work() for _ in range(8)))
    assert sorted(seen) == list(range(8))


async def test_who_is_not_heard_of_any_more_counts_for_nothing(tenant_database):
    past = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
    gone = HolderPart(id="0" * 32, amount=5, expires=past)
    await tenant_database.documents(HOLDERS).insert(HoldersDocument(id="jobs", holders=(gone,)))
    async with Holders(tenant_database, "jobs").hold(1) as place:
        assert place.before == 0


async def test_who_works_on_stays_in_the_line(tenant_database):
    async def expires():
        return (await tenant_database.documents(HOLDERS).get("jobs")).holders[0].expires

    async with Holders(tenant_database, "jobs", seconds=0.9).hold(5):
        first = await expires()
        while await expires() <= first:  # noqa: ASYNC110 - the line is in the server
            await asyncio.sleep(0.01)
        assert await Holders(tenant_database, "jobs").held() == 5


async def test_a_line_is_no_longer_than_it_may_be(tenant_database):
    far = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)
    others = tuple(HolderPart(id=f"{n:032x}", amount=0, expires=far) for n in range(MOST_HOLDERS))
    await tenant_database.documents(HOLDERS).insert(HoldersDocument(id="jobs", holders=others))
    async with Holders(tenant_database, "jobs").hold(1) as place:
        assert place.before is None
