"""What changes of catalogues left that never came to their end: versions from after the pointer, that nobody sees."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from shopwright.catalog.documents import EVERY_STORE, SINCE, STORES, TYPE_OF, UNTIL, StoreDocument
from shopwright.catalog.versions.revision import OPEN, Kind
from shopwright.database.conditions import Range
from shopwright.database.tenant_database import TenantDatabase


@dataclass(frozen=True, slots=True)
class Leftovers:
    """The stores of a tenant with an unfinished change: one that goes on, or one that was killed."""

    database: TenantDatabase

    async def stores(self) -> AsyncIterator[str]:
        """Their handles."""
        async for store in self.database.documents(STORES).stream(EVERY_STORE, {}):
            if await self._has_any(store):
                yield store.id

    async def _has_any(self, store: StoreDocument) -> bool:
        unseen, marked = Range(gt=store.revision), Range(gt=store.revision, lt=OPEN)
        for kind in Kind:
            versions = self.database.documents(TYPE_OF[kind])
            if await versions.first(SINCE, {"store": store.id, "since": unseen}):
                return True
            if await versions.first(UNTIL, {"store": store.id, "until": marked}):
                return True
        return False
