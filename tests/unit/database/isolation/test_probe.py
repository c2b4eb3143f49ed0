from tests.unit.database.isolation.notes import EVENTS, NOTES, SECRET

from shopwright.database.isolation.connection import open_as
from shopwright.database.isolation.probe import probe
from shopwright.database.isolation.provision import provision
from shopwright.database.slots import Slots

KINDS = (NOTES, EVENTS)


async def test_all_is_refused_but_ones_own(cluster, tenant, mongo_uri):
    login = await provision(cluster, tenant, KINDS, SECRET)
    async with open_as(mongo_uri, tenant, login, Slots(4)) as database:
        found = await probe(database, "another", KINDS, (NOTES,))
    assert (found.refused, found.allowed, found.own) == (33, (), 2)


async def test_what_is_not_refused_is_named(cluster, tenant, mongo_uri):
    """With rights that are too wide."""
    login = await provision(cluster, tenant, KINDS, SECRET)
    await cluster.tenant(tenant).raw.command("grantRolesToUser", login.user, roles=["dbAdmin"])
    async with open_as(mongo_uri, tenant, login, Slots(4)) as database:
        found = await probe(database, "another", KINDS, (NOTES,))
    assert set(found.allowed) == {"drop events", "drop one's own", "make a collection", "take the validator away"}
