"""What a caller is let in for with sessions and service keys: with their own, and with those of whom they may manage.

Each method is one action of ``bootstrap.operations``; none takes the id of a user where the caller's own is meant.
"""

from dataclasses import dataclass

from shopwright.access.caller import Caller
from shopwright.access.client import Client
from shopwright.access.documents import SessionDocument
from shopwright.access.permission import may_manage
from shopwright.bootstrap.identity.identity import Identity
from shopwright.bootstrap.identity.keys import NewKey, ServiceKeys, Wanted
from shopwright.bootstrap.identity.sessions import Sessions
from shopwright.errors import AccessDenied


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """The caller's own sessions and keys."""

    identity: Identity
    caller: Caller

    async def sessions(self) -> list[SessionDocument]:
        """Where the caller is signed in, the newest first."""
        return await Sessions(self.identity).listed(self.caller.user)

    async def end_session(self, id_: str, client: Client) -> bool:
        """End one of them; whether it was there."""
        return await Sessions(self.identity).end(self.caller, id_, client)

    async def end_other_sessions(self, client: Client) -> int:
        """End all but the one the caller calls with; how many."""
        return await Sessions(self.identity).end_all(self.caller, client)

    async def create_key(self, wanted: Wanted, client: Client) -> NewKey:
        """A service key of the caller's own: it never does more than they may. Raises ``AccountError``."""
        return await ServiceKeys(self.identity).create(self.caller.user, wanted, client, self.caller.user)


@dataclass(frozen=True, slots=True)
class OthersSessions:
    """Sessions of the tenant's users. Methods raise ``AccountError`` for a user who is not there."""

    identity: Identity
    caller: Caller

    async def listed(self, user: str) -> list[SessionDocument]:
        """Where a user is signed in, the newest first."""
        return await Sessions(self.identity).listed((await self.identity.user(user)).id)

    async def end(self, user: str, id_: str, client: Client) -> bool:
        """End a session of a user; whether it was there. Raises ``AccessDenied`` for who is more than the caller."""
        return await Sessions(self.identity).end(self.caller, id_, client, await self._managed(user))

    async def end_all(self, user: str, client: Client) -> int:
        """End all sessions of a user; how many. Raises ``AccessDenied`` as above."""
        return await Sessions(self.identity).end_all(self.caller, client, await self._managed(user))

    async def _managed(self, user: str) -> str:
        found = await self.identity.user(user)
        if not may_manage(self.caller, found.role, self.identity.database.name):
            raise AccessDenied(f"You cannot end sessions of an {found.role}", remedy="Ask an owner of the tenant.")
        return found.id
