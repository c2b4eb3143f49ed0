import asyncio
import datetime as dt

import pytest

from shopwright.bootstrap.control_types import CONTROL_TYPES
from shopwright.database.migrations.run import migrate
from shopwright.database.tickets import TICKETS, Tickets

LATER = dt.datetime(2999, 1, 1, tzinfo=dt.UTC)


@pytest.fixture
async def tickets(tenant_database):
    await migrate(tenant_database, (TICKETS,))
    return Tickets(tenant_database)


async def served(tickets, work):
    """Take tickets one after the other and do one piece of work each, until there is none: whose it was."""
    order = []
    while ticket := await tickets.take():
        order.append(ticket.name)
        work[ticket.name] -= 1
        await tickets.give_back(ticket, dt.datetime.now(dt.UTC) if work[ticket.name] else None)
        await asyncio.sleep(0.002)  # the server's clock has milliseconds
    return order


async def test_a_name_with_a_thousand_pieces_of_work_does_not_delay_the_first_of_another(tickets):
    work = {"ann": 1_000, "bob": 1, "cid": 2}
    await tickets.offer("ann")
    first = await tickets.take()
    await tickets.offer("bob")
    await tickets.offer("cid")
    order = ["bob", "cid", "ann", "cid", "ann", "ann"]
    taken = []
    for _ in order:
        ticket = await tickets.take()
        taken.append(ticket.name)
        work[ticket.name] -= 1
        await tickets.give_back(ticket, dt.datetime(2000, 1, 1, tzinfo=dt.UTC) if work[ticket.name] else None)
        if ticket.name == "cid" and first:
            await tickets.give_back(first, dt.datetime(2000, 1, 1, tzinfo=dt.UTC))
            first = None
        await asyncio.sleep(0.002)
    assert taken == order


async def test_names_take_turns(tickets):
    for name in ("ann", "bob", "cid"):
        await tickets.offer(name)
        await asyncio.sleep(0.002)
    assert await served(tickets, {"ann": 4, "bob": 1, "cid": 2}) == ["ann", "bob", "cid", "ann", "cid", "ann", "ann"]
    assert await tickets.database.documents(TICKETS).get("ann") is None


async def test_who_has_fewest_at_work_comes_first(tickets):
    await tickets.offer("ann")
    assert [(await tickets.take()).name for _ in range(2)] == ["ann", "ann"]
    await tickets.offer("bob")
    assert [(await tickets.take()).name for _ in range(5)] == ["bob", "bob", "ann", "bob", "ann"]


async def test_what_is_offered_while_somebody_works_is_not_forgotten(tickets):
    await tickets.offer("ann")
    ticket = await tickets.take()
    await tickets.offer("ann")
    await tickets.give_back(ticket, None)
    again = await tickets.take()
    assert again.name == "ann"
    await tickets.give_back(again, None)
    assert await tickets.take() is None


async def test_work_is_taken_when_it_is_due(tickets):
    await tickets.offer("ann", LATER)
    assert await tickets.take() is None
    await tickets.offer("ann")
    ticket = await tickets.take()
    await tickets.give_back(ticket, LATER)
    assert await tickets.take() is None


async def test_a_turn_that_is_not_renewed_is_over(tickets):
    short = Tickets(tickets.database, seconds=0.1)
    await short.offer("ann")
    lost = await short.take()
    kept = await tickets.take()
    await asyncio.sleep(0.12)
    await tickets.offer("bob")
    await tickets.take()
    ticket = await tickets.database.documents(TICKETS).get("ann")
    assert ([turn.id for turn in ticket.turns], ticket.busy) == ([kept.turn], 1)
    await tickets.renew(kept)
    await tickets.give_back(lost, LATER)
    assert (await tickets.database.documents(TICKETS).get("ann")).busy == 1


async def test_many_workers_at_once_each_have_a_turn(tickets):
    for name in ("ann", "bob"):
        await tickets.offer(name)
    at_once = await asyncio.gather(*(tickets.take() for _ in range(6)))
    assert {ticket.name for ticket in at_once} == {"ann", "bob"}
    taken = [*at_once, *[await tickets.take() for _ in range(6)]]
    assert len({ticket.turn for ticket in taken}) == 12
    assert sorted(ticket.name for ticket in taken) == ["ann"] * 6 + ["bob"] * 6


def test_tickets_stand_in_the_control_database():
    assert TICKETS in CONTROL_TYPES


async def test_of_two_that_give_a_turn_back_the_earlier_time_counts_whoever_comes_last(tickets):
    soon, late = (dt.datetime.now(dt.UTC) + dt.timedelta(hours=hours) for hours in (1, 2))
    for first, second in ((soon, late), (late, soon), (None, soon), (soon, None)):
        await tickets.offer("ann")
        one, other = await tickets.take(), await tickets.take()
        await tickets.give_back(one, first)
        await tickets.give_back(other, second)
        assert abs((await tickets.database.documents(TICKETS).get("ann")).due - soon) < dt.timedelta(milliseconds=2)
        await tickets.database.documents(TICKETS).delete("ann")
