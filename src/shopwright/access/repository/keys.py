"""Service keys: made once, found by their token, revoked."""

import datetime as dt
from dataclasses import dataclass

from shopwright.access.client import Client
from shopwright.access.documents import BY_END, SERVICE_KEYS, ServiceKeyDocument
from shopwright.access.session_rules import TOLD
from shopwright.access.token import Token
from shopwright.database.conditions import Range
from shopwright.database.documents import Documents, Session
from shopwright.database.tenant_database import TenantDatabase
from shopwright.errors import AccountError

MOST = 500
"""Of a tenant that count at once, whatever its plan says: all of them are always listed."""

_FIRST, _LAST = dt.datetime(1970, 1, 1, tzinfo=dt.UTC), dt.datetime(9999, 1, 1, tzinfo=dt.UTC)
"""Before every key, and after."""

KEPT = dt.timedelta(days=30)
"""How long a key is shown that is over."""


@dataclass(frozen=True, slots=True)
class ServiceKeyRepository:
    """The service keys of a tenant."""

    database: TenantDatabase

    async def add(self, key: ServiceKeyDocument, *, session: Session | None = None) -> None:
        """Keep a key; those that were over long ago go. Raises ``AccountError`` when ``MOST`` count already."""
        await self._keys.delete_all(BY_END, {"ends": Range(ge=_FIRST, lt=key.created - KEPT)}, session=session)
        if await self.count(key.created, session=session) >= MOST:
            raise AccountError(f"There are {MOST} service keys", remedy="Revoke one that is not used.")
        await self._keys.insert(key, session=session)

    async def count(self, at: dt.datetime, *, session: Session | None = None) -> int:
        """How many count at a time."""
        return await self._keys.count(BY_END, {"ends": Range(gt=at, lt=_LAST)}, session=session)

    async def proved(self, token: Token, client: Client) -> ServiceKeyDocument | None:
        """The key whose token this is, if it has not expired; that it was used is told at most once a minute."""
        found = await self._keys.get(token.id)
        if found is None or not token.proves(found.digest) or client.at >= found.ends:
            return None
        if found.used is None or client.at >= found.used + TOLD:
            await self._keys.update(found.id, {"used": client.at})
        return found

    async def listed(self, limit: int = MOST) -> list[ServiceKeyDocument]:
        """Keys, those that last longest first: so all that count stand before those that are over."""
        return await self._keys.find(BY_END, {"ends": Range(ge=_FIRST, lt=_LAST)}, limit=min(limit, MOST))

    async def revoke(self, id_: str) -> bool:
        """Forget a key; whether it was there."""
        return await self._keys.delete(id_)

    @property
    def _keys(self) -> Documents[ServiceKeyDocument]:
        return self.database.documents(SERVICE_KEYS)
