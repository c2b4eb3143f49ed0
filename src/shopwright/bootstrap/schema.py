"""The schema of every tenant's database: what it is, and bringing it to what this version expects."""

from dataclasses import dataclass

from shopwright.bootstrap.document_types import DOCUMENT_TYPES, MIGRATIONS
from shopwright.bootstrap.tenant import open_deployment
from shopwright.database.cluster import Cluster
from shopwright.database.explain.usage import unused_indexes
from shopwright.database.migrations.record import MIGRATIONS as RECORDS
from shopwright.database.migrations.run import migrate, pending
from shopwright.database.schema.drift import drift
from shopwright.settings import DatabaseSettings

ALL_TYPES = (*DOCUMENT_TYPES, RECORDS)
"""Every collection of a tenant's database: the record of its migrations is one, too."""


@dataclass(frozen=True, slots=True)
class SchemaState:
    """How a tenant's database compares with what this version expects."""

    tenant: str
    pending: tuple[str, ...]
    """Migrations that have not run, ``schema`` for validators and indexes."""

    drift: tuple[str, ...]
    """Differences between what the server has and what was installed."""

    unused: tuple[str, ...]
    """Indexes that answered nothing since the server started."""

    @property
    def is_fit(self) -> bool:
        """Whether nothing is to be done."""
        return not self.pending and not self.drift


@dataclass(frozen=True, slots=True)
class DeploymentState:
    """The server and its tenants."""

    version: str
    tenants: tuple[SchemaState, ...]


async def deployment_state(settings: DatabaseSettings, tenants: tuple[str, ...] = ()) -> DeploymentState:
    """The state of some tenants, or of all. Changes nothing. Raises ``DatabaseError``."""
    async with open_deployment(settings) as cluster:
        version = await cluster.version()
        states = [await _state(cluster, tenant) for tenant in tenants or await cluster.tenants()]
        return DeploymentState(version, tuple(states))


async def migrate_tenants(settings: DatabaseSettings, tenants: tuple[str, ...] = ()) -> dict[str, int]:
    """Bring some tenants, or all, to this version: how many documents were changed, by tenant. Raises as above."""
    async with open_deployment(settings) as cluster:
        names = tenants or await cluster.tenants()
        return {name: await migrate(cluster.tenant(name), DOCUMENT_TYPES, MIGRATIONS) for name in names}


async def _state(cluster: Cluster, tenant: str) -> SchemaState:
    database = cluster.tenant(tenant)
    return SchemaState(
        tenant,
        tuple(await pending(database, DOCUMENT_TYPES, MIGRATIONS)),
        tuple(map(str, await drift(database, ALL_TYPES))),
        tuple(await unused_indexes(database, ALL_TYPES)),
    )
