import asyncio
import os

import psutil
import pytest
from tests.security.confined import EDITIONS, theme_of

from shopwright.errors import RenderLimitHit, ThemeError
from shopwright.template_engine.confinement.bounds import RETIREMENT_MS
from shopwright.template_engine.confinement.messages import Failed, Rendered, Setup
from shopwright.template_engine.confinement.seats import Seats
from shopwright.template_engine.confinement.spawn import Zygotes

SETUP = Setup.of(theme_of(page=""), EDITIONS)


@pytest.fixture(scope="module")
def zygotes():
    with Zygotes() as made:
        yield made


def seated(zygotes, most, use):
    """Run ``use(seats)`` in a loop."""

    async def run():
        seats = Seats(zygotes, most)
        try:
            return await use(seats)
        finally:
            await seats.close()

    return asyncio.run(run())


def test_a_worker_is_kept_for_its_owner(zygotes):
    async def use(seats):
        first = await seats.take(("a", "x"), SETUP)
        assert first.unsent == SETUP.packed
        await seats.give_back(first)
        again = await seats.take(("a", "x"), SETUP)
        await seats.give_back(again)
        other = await seats.take(("b", "x"), SETUP)
        third = await seats.take(("a", "y"), SETUP)
        await seats.give_back(other)
        await seats.give_back(third)
        return first is again, len({first.worker.pid, other.worker.pid, third.worker.pid})

    assert seated(zygotes, 3, use) == (True, 3)


def test_the_one_idle_longest_gives_its_place(zygotes):
    async def use(seats):
        held = [await seats.take((name, "x"), SETUP) for name in "ab"]
        for seat in held:
            await seats.give_back(seat)
        third = await seats.take(("c", "x"), SETUP)
        alive = [psutil.pid_exists(seat.worker.pid) for seat in held]
        await seats.give_back(third)
        return alive

    assert seated(zygotes, 2, use) == [False, True]


def test_a_worn_worker_is_replaced(zygotes):
    async def use(seats):
        used = await seats.take(("a", "x"), SETUP)
        used.spend(Rendered("", 0, RETIREMENT_MS, 0))
        assert not used.worn
        used.spend(Rendered("", 0, 1.0, 0))
        await seats.give_back(used)
        spent = await seats.take(("a", "x"), SETUP)
        spent.spend(Failed(ThemeError("x"), spent=False))
        assert not spent.worn
        spent.spend(Failed(RenderLimitHit("x"), spent=True))
        await seats.give_back(spent)
        return psutil.pid_exists(used.worker.pid), psutil.pid_exists(spent.worker.pid)

    assert seated(zygotes, 2, use) == (False, False)


def test_a_lowered_worker_lets_others_go_first(zygotes):
    async def use(seats):
        seat = await seats.take(("a", "x"), SETUP)
        seat.lower()
        nice = os.getpriority(os.PRIO_PROCESS, seat.worker.pid)
        await seats.give_back(seat)
        seat.lower()
        return nice, seat.worn

    assert seated(zygotes, 2, use) == (19, True)


def test_busy_workers_can_be_killed(zygotes):
    async def use(seats):
        seat = await seats.take(("a", "x"), SETUP)
        seats.kill_busy()
        return await seats.end(seat)

    assert seated(zygotes, 2, use) == -9


def test_a_place_is_not_lost_when_no_worker_starts():
    class Missing(Zygotes):
        program = "shopwright.no_such_program"

    async def use(seats):
        with pytest.raises(ThemeError):
            await seats.take(("a", "x"), SETUP)
        return seats._count

    with Missing() as zygotes:
        assert seated(zygotes, 2, use) == 0
