import datetime as dt

import pytest
from tests.unit.audit.repository.trails import AT, event

from shopwright.audit.repository import searching
from shopwright.audit.repository.trail import AuditTrail
from shopwright.audit.search import Wanted


@pytest.fixture
async def trail(tenant_database):
    """Twelve events: of two actors in turn, every third a release of another store."""
    trail = AuditTrail(tenant_database)
    for number in range(12):
        release = {"action": "release.publish", "target": "store/mars"} if number % 3 == 0 else {}
        await trail.record(made(number, actor=f"u{number % 2}", **release))
    return trail


def made(number, action="catalog.edit", **more):
    return type(event(0))(
        action, details={"count": number}, at=AT + dt.timedelta(minutes=number), **{"target": "store/luna", **more}
    )


async def numbers(trail, **wanted):
    found = await trail.search(Wanted(**wanted), 100)
    assert found.after is None
    return [one["count"] for one in found.events]


async def test_everything_the_newest_first(trail):
    assert await numbers(trail) == list(range(11, -1, -1))


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"actor": "u1"}, [11, 9, 7, 5, 3, 1]),
        ({"action": "release.publish"}, [9, 6, 3, 0]),
        ({"action": "release"}, [9, 6, 3, 0]),
        ({"action": "catalog", "actor": "u0"}, [10, 8, 4, 2]),
        ({"target": "store/mars", "actor": "u1"}, [9, 3]),
        ({"target": "store/mars", "action": "catalog"}, []),
        ({"since": AT + dt.timedelta(minutes=3), "until": AT + dt.timedelta(minutes=5)}, [4, 3]),
        ({"actor": "u1", "since": AT + dt.timedelta(minutes=8)}, [11, 9]),
        ({"actor": "nobody"}, []),
    ],
)
async def test_by_what_is_wanted(trail, wanted, found):
    assert await numbers(trail, **wanted) == found


async def test_in_pages(trail):
    pages, after = [], None
    while True:
        found = await trail.search(Wanted(action="catalog"), 3, after)
        pages.append([one["count"] for one in found.events])
        if (after := found.after) is None:
            break
    assert pages == [[11, 10, 8], [7, 5, 4], [2, 1]]


async def test_a_page_costs_no_more_than_its_bound(trail, monkeypatch):
    monkeypatch.setattr(searching, "MOST_LOOKED_AT", 4)
    found = await trail.search(Wanted(actor="u0", action="release"), 10)
    assert [one["count"] for one in found.events] == [6]
    found = await trail.search(Wanted(actor="u0", action="release"), 10, found.after)
    assert [one["count"] for one in found.events] == [0]
