"""How much a tenant's catalogues hold, over all its stores: counted from the documents."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from shopwright.catalog.documents import (
    EVERY_STORE,
    IN_ORDER,
    PICTURES,
    REVISIONS,
    SIZES,
    STORES,
    StoreDocument,
    revision_id,
)
from shopwright.database.conditions import Range
from shopwright.database.tenant_database import TenantDatabase


@dataclass(frozen=True, slots=True)
class Amounts:
    """Of one tenant. Methods raise ``DatabaseError``."""

    database: TenantDatabase

    async def products(self) -> int:
        """Products as they are now; each store's newest revision says how many."""
        revisions = self.database.documents(REVISIONS)
        found = [await revisions.get(revision_id(store.id, store.revision)) async for store in self._stores()]
        return sum(revision.products for revision in found if revision)

    async def pictures(self) -> int:
        """Pictures as they are now, at the cost of reading a key for each."""
        pictures = self.database.documents(PICTURES)
        return sum([await pictures.count(IN_ORDER, _open_now(store)) async for store in self._stores()])

    async def picture_bytes(self) -> int:
        """Bytes of every version of a picture that some revision needs, at the cost of reading a key for each."""
        pictures = self.database.documents(PICTURES)
        return sum([await pictures.sum(SIZES, _visible(store), "bytes") async for store in self._stores()])

    def _stores(self) -> AsyncIterator[StoreDocument]:
        return self.database.documents(STORES).stream(EVERY_STORE, {})


def _open_now(store: StoreDocument) -> dict[str, object]:
    return {"store": store.id, "since": Range(le=store.revision), "until": Range(gt=store.revision)}


def _visible(store: StoreDocument) -> dict[str, object]:
    """What a change writes that goes on now is not counted: it holds its room."""
    return {"store": store.id, "since": Range(le=store.revision), "bytes": Range(ge=0)}
