import asyncio
import datetime as dt

from shopwright.database.migrations.run import migrate
from shopwright.database.windows import WINDOWS, count_in_window


async def test_as_much_as_fits_is_counted_and_what_does_not_is_not(tenant_database):
    await migrate(tenant_database, (WINDOWS,))
    first = await count_in_window(tenant_database, "builds", "day", 2, 3)
    assert (first.used, first.fits, first.refused) == (2, True, 0)
    second = await count_in_window(tenant_database, "builds", "day", 2, 3)
    assert (second.used, second.fits, second.refused) == (2, False, 1)
    third = await count_in_window(tenant_database, "builds", "day", 1, 3)
    assert (third.used, third.fits, third.refused) == (3, True, 1)
    assert (await count_in_window(tenant_database, "other", "day", 0, 3)).used == 0


async def test_a_window_ends_with_its_span_of_utc(tenant_database):
    before = dt.datetime.now(dt.UTC)
    day = await count_in_window(tenant_database, "builds", "day", 1, 3)
    minute = await count_in_window(tenant_database, "calls", "minute", 1, 3)
    assert (day.until.hour, day.until.minute, day.until.second, day.until.tzinfo) == (0, 0, 0, dt.UTC)
    assert dt.timedelta(0) < day.until - before <= dt.timedelta(days=1, minutes=1)
    assert minute.until.second == 0
    assert dt.timedelta(0) < minute.until - before <= dt.timedelta(minutes=2)


async def test_a_new_window_begins_at_nothing(tenant_database):
    await count_in_window(tenant_database, "builds", "day", 3, 3)
    await count_in_window(tenant_database, "builds", "day", 1, 3)
    yesterday = dt.datetime.now(dt.UTC).replace(hour=0, minute=0, second=0, microsecond=0) - dt.timedelta(days=1)
    await tenant_database.documents(WINDOWS).update("builds", {"begun": yesterday})
    now = await count_in_window(tenant_database, "builds", "day", 1, 3)
    assert (now.used, now.fits, now.refused) == (1, True, 0)


async def test_of_many_at_once_exactly_as_many_fit_as_may(tenant_database):
    asked = (count_in_window(tenant_database, "builds", "day", 1, 7) for _ in range(20))
    counted = await asyncio.gather(*asked)
    assert sum(each.fits for each in counted) == 7
    assert max(each.used for each in counted) == 7
    assert max(each.refused for each in counted) == 13
