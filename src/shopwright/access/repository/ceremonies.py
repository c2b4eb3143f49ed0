"""Questions put to browsers: each is answered once."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from shopwright.access.documents import CEREMONIES, CeremonyDocument
from shopwright.access.session_rules import HALF
from shopwright.access.token import Token, new_token
from shopwright.database.documents import Documents
from shopwright.database.tenant_database import TenantDatabase
from shopwright.settings import Secret

Kind = Literal["passkey-new", "passkey", "totp-new", "openid"]


@dataclass(frozen=True, slots=True)
class CeremonyRepository:
    """The open questions of a tenant."""

    database: TenantDatabase

    async def ask(self, kind: Kind, asked: Secret, at: dt.datetime, user: str | None = None) -> Token:
        """Keep what was asked; the token goes to the browser that is to answer, and to no other."""
        token = new_token(self.database.name)
        ceremony = CeremonyDocument(
            id=token.id, digest=token.digest, kind=kind, user=user, asked=asked.text, ends=at + HALF
        )
        await self._ceremonies.insert(ceremony)
        return token

    async def take(self, kind: Kind, token: Token, at: dt.datetime, user: str | None = None) -> Secret | None:
        """What was asked of this browser, and of this user where one was named; it cannot be answered again."""
        found = await self._ceremonies.get(token.id)
        if (
            found is None
            or not token.proves(found.digest)
            or (found.kind, found.user) != (kind, user)
            or at >= found.ends
        ):
            return None
        return Secret(found.asked) if await self._ceremonies.delete(found.id) else None

    @property
    def _ceremonies(self) -> Documents[CeremonyDocument]:
        return self.database.documents(CEREMONIES)
