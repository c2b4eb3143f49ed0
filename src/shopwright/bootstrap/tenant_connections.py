"""How one gets to a tenant: which cell it lives in, as whom one logs in there, and the connection that follows."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from shopwright.bootstrap.cells import Cells, cell_of
from shopwright.database.encryption.key_vault import KeyVault
from shopwright.database.isolation.clients import Place as AnyPlace
from shopwright.database.isolation.connection import open_as, unknown_tenant
from shopwright.database.isolation.user_secret import Login, UserSecretFile
from shopwright.database.slots import Slots
from shopwright.database.tenant_database import TenantDatabase

OPERATIONS = 4
"""Of one tenant at work at once in one process."""

ALL_OPERATIONS = 16
"""Of all tenants together: no tenant alone takes more than a quarter, so the others hardly notice a busy one."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a tenant lives, and as whom one logs in there; without a login, as the operator."""

    cell: str
    login: Login | None


@dataclass(frozen=True, slots=True)
class TenantConnections:
    """What ``TenantClients`` is made of. ``secret`` is none where tenants have no users of their own."""

    cells: Cells
    control: TenantDatabase
    secret: UserSecretFile | None
    slots: Slots
    keys: KeyVault

    async def locate(self, tenant: str) -> Place:
        """A tenant's place. Raises ``DatabaseError`` for one that was deleted."""
        cell = await cell_of(self.control, tenant)
        return Place(cell, self.secret.current().login(tenant) if self.secret else None)

    @asynccontextmanager
    async def connect(self, tenant: str, place: AnyPlace) -> AsyncIterator[TenantDatabase]:
        """A connection to a tenant at its place. Raises ``DatabaseError`` for one that is not there."""
        assert isinstance(place, Place)  # noqa: S101 - places come from ``locate``
        slots = Slots(OPERATIONS, self.slots)
        if place.login:
            async with open_as(self.cells.uri(place.cell), tenant, place.login, slots) as database:
                yield replace(database, cipher=self.keys.cipher(tenant))
            return
        cluster = await self.cells.cluster(place.cell)
        if tenant not in await cluster.tenants():
            raise unknown_tenant(tenant)
        yield replace(cluster.tenant(tenant), slots=slots, cipher=self.keys.cipher(tenant))
