from tests.unit.audit.repository.trails import event

from shopwright.audit.chain import START
from shopwright.audit.repository.trail import AuditTrail


async def test_the_place_of_an_event_by_its_number(tenant_database):
    trail = AuditTrail(tenant_database)
    links = [await trail.record(event(number)) for number in range(3)]
    assert [await trail.link(number) for number in range(5)] == [None, *links, None]
    await tenant_database.raw["audit"].update_one({"_id": 2}, {"$set": {"line": "{}"}})
    assert await trail.link(2) is None
    assert await AuditTrail(tenant_database).end() == links[-1] != START


async def test_the_lines_behind_a_number(tenant_database):
    trail = AuditTrail(tenant_database)
    for number in range(3):
        await trail.record(event(number))
    assert [
        f'"event.sequence":{number}' in line
        for number, line in zip((2, 3), [each async for each in trail.lines(1)], strict=True)
    ] == [
        True,
        True,
    ]
