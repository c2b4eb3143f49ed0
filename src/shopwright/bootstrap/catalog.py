"""A store's catalogue in the database, with the pictures beside it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeAlias

from shopwright.bootstrap.document_types import GRAPH
from shopwright.bootstrap.tenant import open_tenant
from shopwright.catalog.picture_files import PictureFiles
from shopwright.catalog.repository.catalog import CatalogRepository
from shopwright.catalog.repository.importing import Bringing
from shopwright.catalog.repository.kept import Kept
from shopwright.settings import DatabaseSettings

Catalog: TypeAlias = CatalogRepository
"""What commands are given."""

Manner: TypeAlias = Bringing
"""How an import is made."""


def picture_folder(state: Path, tenant: str) -> Path:
    """Where the bytes of a tenant's pictures are kept, below the state folder."""
    return state / "tenants" / tenant


@asynccontextmanager
async def open_catalog(
    settings: DatabaseSettings, state: Path, tenant: str, store: str
) -> AsyncIterator[CatalogRepository]:
    """The catalogue of a tenant's store, which need not exist yet. Raises ``DatabaseError``."""
    async with open_tenant(settings, tenant) as database:
        pictures = PictureFiles(picture_folder(state, tenant))
        yield CatalogRepository(Kept(database, store, pictures, graph=GRAPH))
