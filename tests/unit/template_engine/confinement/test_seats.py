import asyncio
import os

import psutil
import pytest
from tests.security.confined import EDITIONS, theme_of

from shopwright.errors import RenderLimitHit, ThemeError
from shopwright.template_engine.confinement import seats as seats_module
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


class Clock:
    """A worker that has used so much processor time, each time it is asked."""

    def __init__(self, worker, *seconds):
        self.pid, self.kill, self.close, self._seconds = worker.pid, worker.kill, worker.close, list(seconds)
        self.worker = worker

    def cpu_seconds(self):
        return self._seconds.pop(0) if self._seconds[1:] else self._seconds[0]


def asked(zygotes, *cpu_seconds):
    """What comes of a page that takes 0.25 s, of 0.1 s it may take, by the processor time that is told."""

    async def use(seats):
        seat = await seats.take(("a", "x"), SETUP)
        seat.worker = Clock(seat.worker, *cpu_seconds)
        seat.line.ask = lambda data: None

        async def answer(seconds):
            await asyncio.sleep(min(seconds, 0.15))
            return b"late" if seconds > 0.15 else None

        seat.line.answer = answer
        data = await seat.answer(b"", 0.1)
        nice = os.getpriority(os.PRIO_PROCESS, seat.worker.pid)
        seat.worker = seat.worker.worker
        await seats.give_back(seat)
        return data, nice, seat.worn

    return seated(zygotes, 2, use)


def test_a_page_that_computes_has_its_time_and_no_more(zygotes):
    assert asked(zygotes, 1.0, 1.02) == (None, 0, False)


def test_a_page_on_a_busy_machine_has_more_time(zygotes):
    assert asked(zygotes, 1.0, 1.001) == (b"late", 0, False)


def test_a_page_that_computes_for_long_lets_others_go_first(zygotes, monkeypatch):
    monkeypatch.setattr(seats_module, "_LOOK", 0.01)
    assert asked(zygotes, 1.0, 1.0, 9.0) == (None, 10, True)


def test_a_worker_that_is_gone_cannot_be_lowered(zygotes):
    async def use(seats):
        seat = await seats.take(("a", "x"), SETUP)
        await seats.end(seat)
        await seat._lower(0.0)
        return seat.worn

    assert seated(zygotes, 2, use)


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
