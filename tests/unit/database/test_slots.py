import asyncio

import pytest

from shopwright.database.slots import Slots
from shopwright.errors import DatabaseError


async def test_as_many_as_there_are_places_in_the_order_of_their_coming():
    slots, order, at_work, most = Slots(3), [], 0, 0

    async def operation(number):
        nonlocal at_work, most
        async with slots.taken():
            order.append(number)
            at_work += 1
            most = max(most, at_work)
            await asyncio.sleep(0)
            at_work -= 1

    await asyncio.gather(*map(operation, range(20)))
    assert order == list(range(20))
    assert most == 3


async def test_a_transaction_has_one_place_for_everything():
    slots = Slots(1)
    async with slots.taken_by_transaction(), slots.taken(in_transaction=True), slots.taken(in_transaction=True):
        pass
    async with slots.taken():
        pass


async def test_what_is_no_part_of_a_transaction_is_refused_inside_it():
    slots = Slots(5)
    async with slots.taken_by_transaction():
        with pytest.raises(DatabaseError, match="must be given its session"):
            async with slots.taken():
                pass
        with pytest.raises(DatabaseError, match="must be given its session"):
            async with slots.taken_by_transaction():
                pass


async def test_others_are_not_inside_it():
    slots, inside, done = Slots(5), asyncio.Event(), asyncio.Event()

    async def transaction():
        async with slots.taken_by_transaction():
            inside.set()
            await done.wait()

    async def other():
        await inside.wait()
        async with slots.taken():
            done.set()

    await asyncio.gather(transaction(), other())


async def test_a_place_is_given_back_whatever_happens():
    slots = Slots(1)
    for _ in range(3):
        with pytest.raises(KeyError):
            async with slots.taken_by_transaction():
                raise KeyError
    waiting = asyncio.create_task(_hold(slots))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    async with slots.taken():
        pass


async def _hold(slots):
    async with slots.taken():
        await asyncio.sleep(60)


async def test_it_counts_who_works_and_who_waits():
    slots, counts = Slots(2), []

    async def operation():
        async with slots.taken():
            await asyncio.sleep(0)
            counts.append((slots.working, slots.waiting))

    given_up = asyncio.create_task(operation())
    others = [asyncio.create_task(operation()) for _ in range(3)]
    await asyncio.sleep(0)
    assert (slots.working, slots.waiting) == (2, 2)
    others[-1].cancel()
    await asyncio.gather(given_up, *others, return_exceptions=True)
    assert (slots.working, slots.waiting) == (0, 0)
    assert len(counts) == 3


async def test_who_has_much_to_do_waits_for_itself():
    """Of four shared places a tenant of two takes two: another is served at once."""
    shared = Slots(4)
    busy, other, order = Slots(2, shared), Slots(2, shared), []

    async def operation(slots, name):
        async with slots.taken():
            order.append(name)
            await asyncio.sleep(0.001)

    await asyncio.gather(*(operation(busy, "busy") for _ in range(20)), operation(other, "other"))
    assert order.index("other") == 2
    assert (shared.working, shared.waiting, busy.working, busy.waiting) == (0, 0, 0, 0)


async def test_a_transaction_takes_one_of_the_shared_places():
    shared = Slots(1)
    async with Slots(2, shared).taken_by_transaction():
        assert shared.working == 1
    assert shared.working == 0
