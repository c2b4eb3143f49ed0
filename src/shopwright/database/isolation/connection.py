"""A connection that bears a tenant's user: the server lets it reach that tenant's collections and nothing else."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pymongo
from pymongo import AsyncMongoClient
from pymongo.errors import OperationFailure

from shopwright.database.cluster import SELECT_SECONDS, new_client
from shopwright.database.failures import answered
from shopwright.database.isolation.user_secret import Login
from shopwright.database.slots import Slots
from shopwright.database.tenant_database import TenantDatabase
from shopwright.errors import DatabaseError

CONNECTIONS = 8
"""Of one tenant in one process: half of them for operations, the others listen for changes."""

IDLE_MILLISECONDS = 60_000
"""After which a connection that nothing was sent on is closed."""

_UNAUTHORIZED, _UNKNOWN_USER = 13, 18

_FOREIGN = ("admin", "system.users")
"""What no user of a tenant or of the control database may ever read."""


@asynccontextmanager
async def open_as(uri: str, name: str, login: Login, slots: Slots) -> AsyncIterator[TenantDatabase]:
    """The database of a tenant (or ``control``), with the rights of its own user.

    Raises ``DatabaseUnavailable``; ``DatabaseError`` for a tenant whose user is not there, and for a server that lets
    that user read what is not its own: then nothing is kept apart.
    """
    client = new_client(
        uri,
        username=login.user,
        password=login.password,
        authSource=login.database,
        authMechanism="SCRAM-SHA-256",
        maxPoolSize=CONNECTIONS,
        maxIdleTimeMS=IDLE_MILLISECONDS,
        serverMonitoringMode="poll",
    )
    try:
        with answered(name), pymongo.timeout(SELECT_SECONDS):
            await _refuse_unguarded(client, name)
        yield TenantDatabase(name, client[login.database], slots)
    finally:
        await client.close()


async def _refuse_unguarded(client: AsyncMongoClient[dict[str, Any]], name: str) -> None:
    """Log in, and be refused what is foreign."""
    database, collection = _FOREIGN
    try:
        await client[database][collection].find_one({})
    except OperationFailure as error:
        if error.code == _UNAUTHORIZED:
            return
        if error.code == _UNKNOWN_USER:
            raise unknown_tenant(name) from None
        raise
    raise DatabaseError(
        "The server lets everybody read everything: it runs without access control",
        where="MONGODB_URI",
        remedy="Start mongod with --auth or --keyFile. SHOPWRIGHT_TENANT_USERS=no does without.",
    )


def unknown_tenant(name: str) -> DatabaseError:
    """What is said of a tenant that is not there."""
    return DatabaseError(
        "There is no such tenant", where=repr(name[:80]), remedy="`shopwright db status` lists those there are."
    )
