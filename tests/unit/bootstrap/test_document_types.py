from shopwright.bootstrap.document_types import DOCUMENT_TYPES, MIGRATIONS
from shopwright.database.lease import Leases
from shopwright.database.migrations.run import migrate


async def test_a_lease_of_before_becomes_one_of_now(tenant_database):
    """Whoever held it then, and waited, still does."""
    async with Leases(tenant_database).hold("luna", "ana"):
        leases = tenant_database.raw["leases"]
        await leases.update_one({"_id": "luna"}, {"$set": {"fenced": 3}, "$unset": {"sessions": ""}})
        await migrate(tenant_database, DOCUMENT_TYPES, MIGRATIONS)
        standing = await Leases(tenant_database).standing("luna")
        assert (standing.owner, standing.held, standing.sessions) == ("ana", True, ())
