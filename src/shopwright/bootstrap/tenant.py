"""A tenant's database, joined from its parts: the deployment, the schema, a connection of the tenant's own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from shopwright.bootstrap.cells import refuse_unfinished_tenant
from shopwright.bootstrap.platform import Platform, open_platform
from shopwright.database.isolation.connection import unknown_tenant
from shopwright.database.tenant_database import TenantDatabase
from shopwright.settings import DatabaseSettings

TENANT = "local"
"""Who has one store and has not thought about tenants."""


@asynccontextmanager
async def open_tenant(
    settings: DatabaseSettings, tenant: str = TENANT, *, there: bool = False
) -> AsyncIterator[TenantDatabase]:
    """A tenant's database with the schema of this version: made, or brought up to it, where it is not.

    It is reached with the rights of the tenant's own user; the operator's are only used to make and migrate. Raises
    ``DatabaseError``, among others for a database that a newer version made, for a tenant that was deleted, and with
    ``there`` for one that would have to be made; ``BackupError`` for one that a restore left half.
    """
    async with open_platform(settings) as platform, tenant_of(platform, tenant, there=there) as database:
        yield database


@asynccontextmanager
async def tenant_of(platform: Platform, tenant: str, *, there: bool = False) -> AsyncIterator[TenantDatabase]:
    """The same of a platform that is open already."""
    if there and tenant not in await (await platform.cluster_of(tenant)).tenants():
        raise unknown_tenant(tenant)
    await refuse_unfinished_tenant(platform.control, tenant)
    await platform.provision(tenant)
    async with platform.tenants.tenant(tenant) as database:
        yield database
