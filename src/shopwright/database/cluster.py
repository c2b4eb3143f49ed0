"""The connection to a MongoDB deployment, shared by every tenant's database."""

import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pymongo
from pymongo import AsyncMongoClient
from pymongo.monitoring import CommandListener

from shopwright.database.encoding import CODEC
from shopwright.database.failures import answered, reading_uri
from shopwright.database.slots import Slots
from shopwright.database.tenant_database import TenantDatabase
from shopwright.errors import DatabaseError

OPERATIONS = 8
"""At work at once in one process: as many as keep it and a near server busy. More only take the processor from one
another (1 million products, 1,000 callers: 84 % of the peak with 8, 68 % with 32 in each of two processes)."""

CONNECTIONS = 64
"""Of one process: those beside the operations listen for changes, or read for backups."""

OLDEST = 6
SELECT_SECONDS = 10
OPERATION_MILLISECONDS = 30_000

CONTROL = "control"
_PREFIX = "t_"
_TENANT = re.compile(r"[a-z0-9][a-z0-9-]{0,47}")
RESERVED = frozenset({CONTROL, "admin"})
"""What no tenant can be called: tokens of operators and MongoDB's own database bear these names."""

_HOW_TO = (
    "Start mongod with `--replSet rs0` and run `rs.initiate()` once in mongosh; "
    "one member is enough. Or leave MONGODB_URI empty: Shopwright then runs a server of its own."
)


@dataclass(frozen=True, slots=True)
class Cluster:
    """A deployment that was found fit."""

    client: AsyncMongoClient[dict[str, Any]]
    """The driver's own, for the rooms inside ``database`` only."""

    slots: Slots
    uri: str = field(repr=False)
    """The connection string, credentials included."""

    @property
    def control(self) -> TenantDatabase:
        """What belongs to no tenant."""
        return TenantDatabase(CONTROL, self.client[CONTROL], self.slots)

    def named(self, name: str) -> TenantDatabase:
        """The control database by its name, or a tenant's. Raises ``DatabaseError``."""
        return self.control if name == CONTROL else self.tenant(name)

    def tenant(self, name: str) -> TenantDatabase:
        """The database of a tenant: ``name`` is of small letters, digits and hyphens. Raises ``DatabaseError``."""
        refuse_no_tenant(name)
        return TenantDatabase(name, self.client[database_name(name)], self.slots)

    async def version(self) -> str:
        """The server's version, such as ``6.0.5``. Raises ``DatabaseUnavailable``."""
        with answered("MONGODB_URI"):
            return await _version(self.client)

    async def tenants(self) -> list[str]:
        """The names of the tenants that have a database. Raises ``DatabaseUnavailable``."""
        with answered("MONGODB_URI"):
            names = await self.client.list_database_names()
        return sorted(name.removeprefix(_PREFIX) for name in names if name.startswith(_PREFIX))


@asynccontextmanager
async def open_cluster(
    uri: str, *, operations: int = OPERATIONS, listeners: Sequence[CommandListener] = ()
) -> AsyncIterator[Cluster]:
    """Connect to a replica set, sharded cluster or Atlas of MongoDB 6 or later; ``operations`` may be at work at once.

    Raises ``DatabaseUnavailable`` when it does not answer, ``DatabaseError`` when it is not fit.
    """
    client = new_client(uri, maxPoolSize=max(operations, CONNECTIONS), event_listeners=list(listeners))
    try:
        with answered("MONGODB_URI"), pymongo.timeout(SELECT_SECONDS):
            await _refuse_unfit(client)
        yield Cluster(client, Slots(operations), uri)
    finally:
        await client.close()


def refuse_no_tenant(name: str) -> None:
    """Raise ``DatabaseError`` for what no tenant can be called."""
    if not _TENANT.fullmatch(name) or name in RESERVED:
        raise DatabaseError(
            f"{name[:80]!a} is no name of a tenant",
            remedy=f"Use 1 to 48 small letters, digits and hyphens; {' and '.join(sorted(RESERVED))} are taken.",
        )


def database_name(name: str) -> str:
    """What the server calls the control database (by that name), or a tenant's."""
    return CONTROL if name == CONTROL else f"{_PREFIX}{name}"


def tenant_name(database: str) -> str:
    """The tenant, or the control database, that the server calls so."""
    return database.removeprefix(_PREFIX)


def new_client(uri: str, **options: Any) -> AsyncMongoClient[dict[str, Any]]:  # noqa: ANN401 - the driver's
    """A client of the driver with what we ask of every one, whatever the connection string says; not connected yet.

    Raises ``DatabaseError`` for a connection string that cannot be used.
    """
    with reading_uri():
        return AsyncMongoClient(
            uri,
            timeoutMS=OPERATION_MILLISECONDS,
            w="majority",
            journal=True,
            retryWrites=True,
            retryReads=True,
            readConcernLevel="majority",
            appname="shopwright",
            tz_aware=CODEC.tz_aware,
            tzinfo=CODEC.tzinfo,
            **options,
        )


async def _version(client: AsyncMongoClient[dict[str, Any]]) -> str:
    return str((await client.admin.command("buildInfo"))["version"])


async def _refuse_unfit(client: AsyncMongoClient[dict[str, Any]]) -> None:
    hello = await client.admin.command("hello")
    if "setName" not in hello and hello.get("msg") != "isdbgrid":
        raise DatabaseError(
            "The server is no member of a replica set, so it has no transactions", where="MONGODB_URI", remedy=_HOW_TO
        )
    version = await _version(client)
    if int(version.partition(".")[0]) < OLDEST:
        raise DatabaseError(
            f"The server is MongoDB {version}", where="MONGODB_URI", remedy=f"Shopwright needs {OLDEST}.0 or later."
        )
