"""A tenant's database, joined from its parts: the deployment, the connection, the schema."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from shopwright.bootstrap.deployment import deployment
from shopwright.bootstrap.document_types import DOCUMENT_TYPES, MIGRATIONS
from shopwright.database.backup.mark import refuse_unfinished
from shopwright.database.cluster import Cluster, open_cluster
from shopwright.database.migrations.run import migrate
from shopwright.database.tenant_database import TenantDatabase
from shopwright.errors import DatabaseError
from shopwright.settings import DatabaseSettings

TENANT = "local"
"""Who has one store and has not thought about tenants."""


@asynccontextmanager
async def open_deployment(settings: DatabaseSettings) -> AsyncIterator[Cluster]:
    """The cluster of the settings; a private server is started without holding up the event loop.

    Raises ``DatabaseError``.
    """
    server = deployment(settings)
    uri = await asyncio.to_thread(server.__enter__)
    try:
        async with open_cluster(uri) as cluster:
            yield cluster
    finally:
        await asyncio.shield(asyncio.to_thread(server.__exit__, None, None, None))


@asynccontextmanager
async def open_tenant(
    settings: DatabaseSettings, tenant: str = TENANT, *, there: bool = False
) -> AsyncIterator[TenantDatabase]:
    """A tenant's database with the schema of this version: made, or brought up to it, where it is not.

    Raises ``DatabaseError``, among others for a database that a newer version made, and with ``there`` for one that
    would have to be made; ``BackupError`` for one that a restore left half.
    """
    async with open_deployment(settings) as cluster:
        database = cluster.tenant(tenant)
        if there and tenant not in await cluster.tenants():
            remedy = "`shopwright db status` lists those there are."
            raise DatabaseError("There is no such tenant", where=repr(tenant), remedy=remedy)
        await refuse_unfinished(database)
        await migrate(database, DOCUMENT_TYPES, MIGRATIONS)
        yield database
