"""Every method of the leases, with the server's own account of how it answers each command."""

from shopwright.database.lease import Leases


async def test_every_method_uses_its_indexes(explained):
    leases = Leases(explained.database)
    for number in range(60):
        async with leases.hold(f"store{number}", "ana"):
            pass

    async def hold():
        async with leases.hold("luna", "ana"):
            return [each async for each in leases.overdue()]

    assert await explained(hold()) == []
    assert not await explained(leases.is_held("luna"))
    standing = await explained(leases.standing("luna"))
    assert not await explained(leases.end_overdue(standing))
