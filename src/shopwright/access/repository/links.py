"""One-time links: each is followed once, and a newer one of the same user takes the place of the older."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from shopwright.access.documents import LINKS, LINKS_OF, LinkDocument
from shopwright.access.session_rules import LINK_LASTS
from shopwright.access.token import Token, new_token
from shopwright.database.documents import Documents, Session
from shopwright.database.tenant_database import TenantDatabase

Kind = Literal["invitation", "reset"]


@dataclass(frozen=True, slots=True)
class LinkRepository:
    """The links of a tenant's users."""

    database: TenantDatabase

    async def add(self, kind: Kind, user: str, at: dt.datetime, *, session: Session | None = None) -> Token:
        """A new link for a user; those they had can no longer be followed."""
        token = new_token(self.database.name)
        await self.forget(user, session=session)
        link = LinkDocument(id=token.id, digest=token.digest, kind=kind, user=user, ends=at + LINK_LASTS[kind])
        await self._links.insert(link, session=session)
        return token

    async def look(self, token: Token, at: dt.datetime, *, session: Session | None = None) -> LinkDocument | None:
        """The link whose token this is, if it can be followed still."""
        found = await self._links.get(token.id, session=session)
        return found if found and token.proves(found.digest) and at < found.ends else None

    async def follow(self, token: Token, at: dt.datetime, *, session: Session | None = None) -> LinkDocument | None:
        """The same, and nobody can follow it after this: of two at once, one."""
        found = await self.look(token, at, session=session)
        return found if found and await self._links.delete(found.id, session=session) else None

    async def forget(self, user: str, *, session: Session | None = None) -> int:
        """Let no link of a user be followed any more; how many there were."""
        return await self._links.delete_all(LINKS_OF, {"user": user}, session=session)

    @property
    def _links(self) -> Documents[LinkDocument]:
        return self.database.documents(LINKS)
