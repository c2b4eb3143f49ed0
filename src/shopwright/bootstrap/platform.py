"""The platform, joined from its parts: the control database, the cells, and a connection of its own for each tenant.

Who acts for a tenant does it with that tenant's connection (``tenants``), which the server lets reach that tenant's
collections and nothing else. The operator's connections (``cluster``, ``cells``) make, migrate, save and remove.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from shopwright.bootstrap.cells import Cells, cell_of
from shopwright.bootstrap.control_types import CONTROL_MIGRATIONS, CONTROL_TYPES
from shopwright.bootstrap.deployment import open_deployment
from shopwright.bootstrap.document_types import DOCUMENT_TYPES, MIGRATIONS
from shopwright.bootstrap.tenant_connections import ALL_OPERATIONS, TenantConnections
from shopwright.database.backup.mark import refuse_unfinished
from shopwright.database.cluster import CONTROL, OPERATIONS, Cluster
from shopwright.database.document import DocumentType
from shopwright.database.encryption.key_vault import KeyVault
from shopwright.database.encryption.master_folder import MasterFolder
from shopwright.database.encryption.master_keys import MasterKeys
from shopwright.database.encryption.remote_master import read_remote_master
from shopwright.database.isolation import provision as isolation
from shopwright.database.isolation.clients import TenantClients
from shopwright.database.isolation.connection import open_as
from shopwright.database.isolation.user_secret import UserSecretFile
from shopwright.database.migrations.migration import Migration
from shopwright.database.migrations.run import migrate
from shopwright.database.slots import Slots
from shopwright.database.tenant_database import TenantDatabase
from shopwright.settings import DatabaseSettings

Kinds: TypeAlias = tuple[DocumentType[Any], ...]
Migrations: TypeAlias = tuple[Migration, ...]


@dataclass(frozen=True, slots=True)
class Platform:
    """Everything of a deployment that is open.

    ``control`` is the control database with the rights of its own user, ``tenants`` hands out tenants' databases with
    the rights of theirs. ``cells`` are the operator's connections.
    """

    settings: DatabaseSettings
    cells: Cells
    control: TenantDatabase
    tenants: TenantClients
    keys: KeyVault
    """Makes, rotates and destroys tenants' keys; the databases handed out here carry their ciphers."""

    @property
    def cluster(self) -> Cluster:
        """The main deployment, as its operator."""
        return self.cells.main

    async def cell_of(self, tenant: str) -> str:
        """The cell a tenant lives in, or would be made in. Raises ``DatabaseError`` for one that was deleted."""
        return await cell_of(self.control, tenant)

    async def cluster_of(self, tenant: str) -> Cluster:
        """The deployment of that cell, as its operator. Raises ``DatabaseError``."""
        return await self.cells.cluster(await self.cell_of(tenant))

    @asynccontextmanager
    async def database(self, name: str) -> AsyncIterator[TenantDatabase]:
        """The control database by its name, or a tenant's, each with the rights of its own user. Raises as those."""
        if name == CONTROL:
            yield self.control
            return
        async with self.tenants.tenant(name) as database:
            yield database

    async def provision(self, tenant: str, cell: str = "") -> None:
        """Bring a tenant's database, role, user and key to what this version expects, in a cell, else in the tenant's.

        May be cut short anywhere and called again. Raises ``DatabaseError``; ``BackupError`` for a database that a
        restore left half.
        """
        cluster = await self.cells.cluster(cell or await self.cell_of(tenant))
        await refuse_unfinished(cluster.tenant(tenant))
        await bring_up_to_date(cluster, tenant, self.settings)
        await self.keys.create(tenant)

    async def withdraw(self, tenant: str, cell: str) -> None:
        """Remove a tenant's database, users and roles from a cell. May be called again. Raises ``DatabaseError``."""
        await self.tenants.forget(tenant)
        await isolation.withdraw(await self.cells.cluster(cell), tenant)

    async def traces(self, tenant: str, cell: str) -> isolation.Traces:
        """What a cell still holds of a tenant. Raises ``DatabaseError``."""
        return await isolation.traces(await self.cells.cluster(cell), tenant)


@asynccontextmanager
async def opened_platform(where: DatabaseSettings | Platform) -> AsyncIterator[Platform]:
    """A platform that is open already, else that of the settings, while this lasts. Raises as ``open_platform``."""
    if isinstance(where, Platform):
        yield where
        return
    async with open_platform(where) as platform:
        yield platform


@asynccontextmanager
async def open_platform(settings: DatabaseSettings) -> AsyncIterator[Platform]:
    """The deployment of the settings; its control database is made, or brought up to this version, where it is not.

    Raises ``DatabaseError``, ``SettingsError``.
    """
    async with open_deployment(settings) as main, Cells(main, settings) as cells, _control(main, settings) as opened:
        secret = UserSecretFile(settings.user_secret_file) if settings.tenant_users else None
        keys = _keys(opened, settings)
        await keys.create(CONTROL)
        control = replace(opened, cipher=keys.cipher(CONTROL))
        connections = TenantConnections(cells, control, secret, Slots(ALL_OPERATIONS), keys)
        clients = TenantClients(connections.locate, connections.connect)
        try:
            yield Platform(settings, cells, control, clients, keys)
        finally:
            await clients.close()


async def bring_up_to_date(cluster: Cluster, name: str, settings: DatabaseSettings) -> int:
    """Migrate a tenant's database, or ``control``, and correct its role and user; how many documents were changed.

    Raises ``DatabaseError``.
    """
    kinds, migrations = types_of(name)
    changed = await migrate(cluster.named(name), kinds, migrations)
    if settings.tenant_users:
        secret = UserSecretFile(settings.user_secret_file).current()
        await isolation.provision(cluster, name, kinds, secret)
    return changed


def types_of(name: str) -> tuple[Kinds, Migrations]:
    """What a database of this name holds, and the changes made to it."""
    return (CONTROL_TYPES, CONTROL_MIGRATIONS) if name == CONTROL else (DOCUMENT_TYPES, MIGRATIONS)


def _keys(control: TenantDatabase, settings: DatabaseSettings) -> KeyVault:
    remote = read_remote_master(settings.kms) if settings.kms else None
    return KeyVault(control, MasterKeys(MasterFolder(settings.key_folder), remote))


@asynccontextmanager
async def _control(main: Cluster, settings: DatabaseSettings) -> AsyncIterator[TenantDatabase]:
    await bring_up_to_date(main, CONTROL, settings)
    if not settings.tenant_users:
        yield main.control
        return
    login = UserSecretFile(settings.user_secret_file).current().login(CONTROL)
    async with open_as(main.uri, CONTROL, login, Slots(OPERATIONS)) as database:
        yield database
