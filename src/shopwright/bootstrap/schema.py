"""The schema of every tenant's database: what it is, and bringing it to what this version expects."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from shopwright.bootstrap.cells import Cells, cell_of
from shopwright.bootstrap.deployment import open_deployment
from shopwright.bootstrap.document_types import DOCUMENT_TYPES, MIGRATIONS
from shopwright.bootstrap.platform import bring_up_to_date
from shopwright.database.cluster import Cluster
from shopwright.database.explain.usage import unused_indexes
from shopwright.database.isolation.provision import differences
from shopwright.database.isolation.user_secret import UserSecretFile
from shopwright.database.migrations.record import MIGRATIONS as RECORDS
from shopwright.database.migrations.run import pending, put_right
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
    separated: bool
    """Whether each tenant has a database user of its own."""

    cells: tuple[str, ...]


async def deployment_state(settings: DatabaseSettings, tenants: tuple[str, ...] = ()) -> DeploymentState:
    """The state of some tenants, or of all. Changes nothing. Raises ``DatabaseError``."""
    async with _open_cells(settings) as cells:
        states = [await _state(cluster, name, settings) async for cluster, name in _placed(cells, tenants)]
        return DeploymentState(await cells.main.version(), tuple(states), settings.tenant_users, cells.names)


async def migrate_tenants(settings: DatabaseSettings, tenants: tuple[str, ...] = ()) -> dict[str, int]:
    """Bring some tenants, or all, to this version: how many documents were changed, by tenant. Raises as above.

    Validators and indexes that somebody changed or removed by hand are put right too.
    """
    changed = {}
    async with _open_cells(settings) as cells:
        async for cluster, name in _placed(cells, tenants):
            changed[name] = await bring_up_to_date(cluster, name, settings)
            await put_right(cluster.tenant(name), DOCUMENT_TYPES)
    return changed


@asynccontextmanager
async def _open_cells(settings: DatabaseSettings) -> AsyncIterator[Cells]:
    async with open_deployment(settings) as main, Cells(main, settings) as cells:
        yield cells


async def _placed(cells: Cells, tenants: tuple[str, ...]) -> AsyncIterator[tuple[Cluster, str]]:
    """Some tenants, or all, each with the deployment it lives in."""
    for name in tenants:
        yield await cells.cluster(await cell_of(cells.main.control, name)), name
    if not tenants:
        async for cluster, name in cells.everyone():
            yield cluster, name


async def _state(cluster: Cluster, tenant: str, settings: DatabaseSettings) -> SchemaState:
    database = cluster.tenant(tenant)
    found = [*map(str, await drift(database, ALL_TYPES))]
    if settings.tenant_users:
        secret = UserSecretFile(settings.user_secret_file).known()
        found += await differences(cluster, tenant, DOCUMENT_TYPES, secret)
    return SchemaState(
        tenant,
        tuple(await pending(database, DOCUMENT_TYPES, MIGRATIONS)),
        tuple(found),
        tuple(await unused_indexes(database, ALL_TYPES)),
    )
