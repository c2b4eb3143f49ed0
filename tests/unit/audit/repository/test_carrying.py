from dataclasses import replace

import pytest
from tests.unit.audit.repository.trails import event

from shopwright.audit.repository.carrying import carry
from shopwright.audit.repository.trail import AuditTrail
from shopwright.database.slots import Slots
from shopwright.errors import AuditLogError


async def trail_of(database, count, actor="u7"):
    trail = AuditTrail(database)
    for number in range(count):
        await trail.record(event(number, actor=actor))
    return [line async for line in trail.lines()]


async def test_what_comes_after_the_end_is_added_as_it_was(tenant_database):
    lines = await trail_of(tenant_database, 5)
    await tenant_database.raw["audit"].delete_many({"_id": {"$gt": 2}})
    assert await carry(tenant_database, lines) == 3
    trail = AuditTrail(replace(tenant_database, slots=Slots(8)))
    assert [line async for line in trail.lines()] == lines
    assert (await trail.verify()).faults == ()
    assert await carry(tenant_database, lines) == 0


async def test_what_does_not_follow_is_another_trail(tenant_database):
    lines = await trail_of(tenant_database, 5)
    await tenant_database.raw["audit"].delete_many({})
    other = replace(tenant_database, slots=Slots(8))
    await trail_of(other, 2, actor="u8")
    with pytest.raises(AuditLogError, match="event 3 does not follow what was restored"):
        await carry(other, lines)
    assert (await AuditTrail(other).verify()).events == 2
