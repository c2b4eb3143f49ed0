"""Every method of a tenant's audit trail, with the server's own account of how it answers each command."""

import datetime as dt

import pytest
from tests.unit.audit.repository.trails import AT, event

from shopwright.audit.repository.trail import AuditTrail
from shopwright.audit.search import Wanted

LATER = AT + dt.timedelta(minutes=20)


@pytest.fixture
async def trail(explained):
    """Sixty events of three actors."""
    trail = AuditTrail(explained.database)
    for number in range(60):
        await trail.record(event(number, actor=f"u{number % 3}", target=f"store/s{number % 2}"))
    return trail


async def test_adding_and_looking_at_the_end(explained, trail):
    async def work(session):
        return await trail.record(event(60), session=session)

    assert (await explained(explained.database.transaction(work))).sequence == 61
    assert (await explained(trail.end())).sequence == 61
    assert (await explained(trail.link(7))).sequence == 7


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(),
        Wanted(since=AT, until=LATER),
        Wanted(actor="u1"),
        Wanted(actor="u1", since=AT, until=LATER),
        Wanted(action="catalog.edit", until=LATER),
        Wanted(target="store/s1", since=LATER),
        Wanted(target="store/s1", actor="u2", action="catalog.edit"),
    ],
)
async def test_searching(explained, trail, wanted):
    page = await explained(trail.search(wanted, 3))
    assert len(page.events) == 3
    assert (await explained(trail.search(wanted, 3, page.after))).events


async def test_the_actions_of_a_subject(explained, trail):
    assert len((await explained(trail.search(Wanted(action="catalog"), 5))).events) == 5


async def test_reading_all_of_it(explained, trail):
    async def lines():
        return [line async for line in trail.lines(50)]

    assert len(await explained(lines())) == 10
    assert (await trail.verify()).events == 60
