"""A tenant that may only be read for a moment, kept so by the server itself: while its last writes move elsewhere.

Its role loses every action that changes something, which counts from the next command on; what is at work already is
ended and waited for. The role ``frozen`` says that this is meant, so that nobody who opens the tenant puts it right.
"""

import asyncio
import time
from collections.abc import Iterable
from typing import Any

from pymongo.asynchronous.database import AsyncDatabase
from pymongo.read_concern import ReadConcern

from shopwright.database.cluster import Cluster
from shopwright.database.document import DocumentType
from shopwright.database.failures import answered
from shopwright.database.isolation.role import FROZEN, ROLE, reading
from shopwright.errors import DatabaseError

WAIT_SECONDS = 10.0
"""For what was at work when the tenant was frozen."""

_PAUSE = 0.01


async def freeze(cluster: Cluster, tenant: str, kinds: Iterable[DocumentType[Any]]) -> None:
    """From the end of this on, nothing of the tenant is changed with its own users. May be called again.

    Raises ``DatabaseError`` when something is still at work after ``WAIT_SECONDS``, or the operator may not do it.
    """
    database = cluster.tenant(tenant).raw
    with answered(tenant):
        if not (await database.command("rolesInfo", FROZEN))["roles"]:
            await database.command("createRole", FROZEN, privileges=[], roles=[])
        await database.command("updateRole", ROLE, privileges=reading(database.name, kinds), roles=[])
        users = (await database.command("usersInfo", 1))["users"]
        named = [{"user": user["user"], "db": database.name} for user in users]
        if named:
            await database.client.admin.command("killAllSessions", named)
        await _wait_for(database, await _at_work(database), time.monotonic() + WAIT_SECONDS)


async def thaw(cluster: Cluster, tenant: str) -> None:
    """Take the mark away: whoever provisions the tenant from now on gives its role everything back."""
    database = cluster.tenant(tenant).raw
    with answered(tenant):
        if (await database.command("rolesInfo", FROZEN))["roles"]:
            await database.command("dropRole", FROZEN)


async def _wait_for(database: AsyncDatabase[dict[str, Any]], before: set[object], until: float) -> None:
    while before & await _at_work(database):
        if time.monotonic() > until:
            remedy = "Try again when less is at work."
            raise DatabaseError("Something is still at work that may write", where=database.name, remedy=remedy)
        await asyncio.sleep(_PAUSE)


async def _at_work(database: AsyncDatabase[dict[str, Any]]) -> set[object]:
    """The numbers of operations of the tenant's users that are at work now."""
    mine = {"active": True, "effectiveUsers.db": database.name}
    admin = database.client.get_database("admin", read_concern=ReadConcern("local"))
    cursor = await admin.aggregate([{"$currentOp": {"allUsers": True}}, {"$match": mine}, {"$project": {"opid": 1}}])
    return {found["opid"] async for found in cursor}
