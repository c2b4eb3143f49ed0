"""Service keys: made once, found by their token, revoked."""

from dataclasses import dataclass

from shopwright.access.client import Client
from shopwright.access.documents import EVERY_KEY, SERVICE_KEYS, ServiceKeyDocument
from shopwright.access.session_rules import TOLD
from shopwright.access.token import Token
from shopwright.database.documents import Documents
from shopwright.database.tenant_database import TenantDatabase

MOST_LISTED = 500


@dataclass(frozen=True, slots=True)
class ServiceKeyRepository:
    """The service keys of a tenant."""

    database: TenantDatabase

    async def add(self, key: ServiceKeyDocument) -> None:
        """Keep a key."""
        await self._keys.insert(key)

    async def proved(self, token: Token, client: Client) -> ServiceKeyDocument | None:
        """The key whose token this is, if it has not expired; that it was used is told at most once a minute."""
        found = await self._keys.get(token.id)
        if found is None or not token.proves(found.digest) or client.at >= found.ends:
            return None
        if found.used is None or client.at >= found.used + TOLD:
            await self._keys.update(found.id, {"used": client.at})
        return found

    async def listed(self, limit: int = MOST_LISTED) -> list[ServiceKeyDocument]:
        """Keys in the order in which they were made, expired ones too."""
        return await self._keys.find(EVERY_KEY, {}, limit=min(limit, MOST_LISTED))

    async def revoke(self, id_: str) -> bool:
        """Forget a key; whether it was there."""
        return await self._keys.delete(id_)

    @property
    def _keys(self) -> Documents[ServiceKeyDocument]:
        return self.database.documents(SERVICE_KEYS)
