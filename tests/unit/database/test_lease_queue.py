from datetime import UTC, datetime

from shopwright.database.lease_queue import Waiter, position

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def test_a_position_is_how_many_stand_before():
    queue = [Waiter(ticket=ticket, owner="x", seen=NOW) for ticket in (4, 6, 9)]
    assert [position(queue, ticket) for ticket in (4, 6, 9, 5)] == [0, 1, 2, None]
