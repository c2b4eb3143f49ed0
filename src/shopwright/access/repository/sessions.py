"""Sessions: found by their token, rotated by making another, ended one by one or all together."""

from collections.abc import Iterable
from dataclasses import dataclass

from shopwright.access.client import Client
from shopwright.access.documents import SESSIONS, SESSIONS_OF, SessionDocument
from shopwright.access.session_rules import TOLD, is_over
from shopwright.access.token import Token
from shopwright.database.documents import Documents, Session
from shopwright.database.tenant_database import TenantDatabase

MOST_SESSIONS = 50
"""Of one user; the oldest end when there are more."""


@dataclass(frozen=True, slots=True)
class SessionRepository:
    """The sessions of a tenant's users."""

    database: TenantDatabase

    async def add(self, session: SessionDocument) -> None:
        """Keep a session; of too many of one user the oldest end."""
        await self._sessions.insert(session)
        listed = await self.of_user(session.user, 2 * MOST_SESSIONS)
        for old in listed[MOST_SESSIONS:]:
            await self.end(old.id)

    async def proved(self, token: Token, client: Client) -> SessionDocument | None:
        """The session whose token this is, if it is not over; that it was used is told at most once a minute."""
        found = await self._sessions.get(token.id)
        if found is None or not token.proves(found.digest) or is_over(found.seen, found.ends, client.at):
            return None
        if client.at >= found.seen + TOLD:
            await self._sessions.update(found.id, {"seen": client.at})
        return found

    async def of_user(self, user: str, limit: int = MOST_SESSIONS) -> list[SessionDocument]:
        """The sessions of a user, the newest first."""
        return await self._sessions.find(SESSIONS_OF, {"user": user}, limit=limit)

    async def end(self, id_: str, user: str | None = None) -> bool:
        """End a session, with ``user`` only if it is theirs; whether it was there. Of two that end it, one did."""
        return await self._sessions.delete(id_, expected={"user": user} if user else None)

    async def end_all(self, user: str, but: Iterable[str] = (), *, session: Session | None = None) -> int:
        """End the sessions of a user; how many. With ``session`` as part of a transaction, and then all."""
        kept = set(but)
        if not kept:
            return await self._sessions.delete_all(SESSIONS_OF, {"user": user}, session=session)
        listed = await self.of_user(user, 2 * MOST_SESSIONS)
        return sum([await self.end(session.id) for session in listed if session.id not in kept])

    @property
    def _sessions(self) -> Documents[SessionDocument]:
        return self.database.documents(SESSIONS)
