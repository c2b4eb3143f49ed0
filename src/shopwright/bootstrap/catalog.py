"""A store's catalogue in the database, with the pictures beside it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeAlias

from shopwright.audit.repository.trail import AuditTrail
from shopwright.bootstrap.audit import HeadPlace, publish_quietly
from shopwright.bootstrap.audited import CatalogEvents
from shopwright.bootstrap.document_types import GRAPH
from shopwright.bootstrap.platform import Platform, open_platform
from shopwright.bootstrap.quotas import platform_meter, room_in
from shopwright.bootstrap.tenant import tenant_of
from shopwright.catalog.picture_files import PictureFiles
from shopwright.catalog.repository.catalog import CatalogRepository
from shopwright.catalog.repository.importing import Bringing
from shopwright.catalog.repository.kept import Kept
from shopwright.database.cluster import refuse_no_tenant
from shopwright.database.tenant_database import TenantDatabase
from shopwright.settings import DatabaseSettings

Catalog: TypeAlias = CatalogRepository
"""What commands are given."""

Manner: TypeAlias = Bringing
"""How an import is made."""


def picture_folder(state: Path, tenant: str) -> Path:
    """Where the bytes of a tenant's pictures are kept, below the state folder. Raises ``DatabaseError`` for no name."""
    refuse_no_tenant(tenant)
    return state / "tenants" / tenant


@asynccontextmanager
async def open_catalog(
    settings: DatabaseSettings, state: Path, tenant: str, store: str, heads: HeadPlace | None = None
) -> AsyncIterator[CatalogRepository]:
    """The catalogue of a tenant's store, which need not exist yet. Raises ``DatabaseError``.

    It has the room that the tenant's quotas leave: what adds to it raises ``QuotaExceeded`` before it begins. What is
    done leaves its event in the tenant's trail, of which a head is then published in ``heads`` if one is due.
    """
    async with open_platform(settings) as platform, tenant_of(platform, tenant) as database:
        yield catalog_of(platform, database, state, store)
        if heads:
            await publish_quietly(AuditTrail(database), heads)


def catalog_of(platform: Platform, database: TenantDatabase, state: Path, store: str) -> CatalogRepository:
    """The same in a tenant's database that is open already."""
    room = room_in(platform_meter(platform.control, platform.settings.plans), database)
    pictures = PictureFiles(picture_folder(state, database.name))
    tell = CatalogEvents(database, store).tell
    return CatalogRepository(Kept(database, store, pictures, graph=GRAPH, room=room, tell=tell))
