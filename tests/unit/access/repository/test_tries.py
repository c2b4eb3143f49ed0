import asyncio
import datetime as dt

import pytest

from shopwright.access.lockout import Rule
from shopwright.access.repository.tries import Place, TryRepository
from shopwright.errors import SignInRefused

NOW = dt.datetime(2036, 11, 23, 12, tzinfo=dt.UTC)
RULE = Rule("test", 3, dt.timedelta(seconds=2), dt.timedelta(seconds=10), dt.timedelta(hours=1))
PLACE = Place(RULE, ("luna", "canary@example.org"))


def after(seconds):
    return NOW + dt.timedelta(seconds=seconds)


async def test_no_more_are_let_through_at_once_than_one_by_one(people):
    tries = TryRepository(people)
    done = await asyncio.gather(*(tries.admit(PLACE, NOW) for _ in range(40)), return_exceptions=True)
    assert done.count(None) == 3
    refused = next(each for each in done if each)
    assert (str(refused), refused.retry_after) == ("Too many tries. Try again in 2 seconds.", 2)


async def test_the_next_is_let_through_when_its_time_has_come(people):
    tries = TryRepository(people)
    for seconds in (0, 0, 0, 2, 6):
        await tries.admit(PLACE, after(seconds))
    with pytest.raises(SignInRefused) as refused:
        await tries.admit(PLACE, after(7))
    assert refused.value.retry_after == 7
    await tries.admit(PLACE, after(3_607))


async def test_the_right_proof_is_taken_back_or_forgets_all(people):
    tries = TryRepository(people)
    for _ in range(3):
        await tries.admit(PLACE, NOW)
    await tries.take_back(PLACE, NOW)
    await tries.admit(PLACE, NOW)
    with pytest.raises(SignInRefused):
        await tries.admit(PLACE, NOW)
    await tries.forget(PLACE)
    await tries.admit(PLACE, NOW)
    await tries.take_back(Place(RULE, ("nobody",)), NOW)


async def test_places_are_apart_and_do_not_say_whom_they_concern(people):
    tries = TryRepository(people)
    for place in (PLACE, Place(RULE, ("luna", "other")), Place(RULE, ("luna", "canary", "@example.org"))):
        for _ in range(3):
            await tries.admit(place, NOW)
    found = [each async for each in people.raw["tries"].find()]
    assert len(found) == 3
    assert "canary" not in repr(found)
