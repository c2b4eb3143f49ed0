"""Which stores a tenant has."""

from dataclasses import dataclass

from shopwright.catalog.documents import EVERY_STORE, STORES
from shopwright.database.tenant_database import TenantDatabase

MOST_LISTED = 500


@dataclass(frozen=True, slots=True)
class KeptStore:
    """A store by its handle, and the newest revision of its catalogue."""

    handle: str
    revision: int


@dataclass(frozen=True, slots=True)
class Stores:
    """The stores of a tenant whose catalogue was ever imported. Methods raise ``DatabaseError``."""

    database: TenantDatabase

    async def listed(self, limit: int, after: str = "") -> list[KeptStore]:
        """Up to ``limit`` of them behind the handle ``after``, in the order of their handles."""
        found = await self.database.documents(STORES).find(
            EVERY_STORE, {}, limit=min(limit, MOST_LISTED), after=(after,) if after else None
        )
        return [KeptStore(store.id, store.revision) for store in found if store.revision]
