"""Service keys of one tenant: programs act with what their maker may, confined to what the key was made for."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from shopwright.access.actions import Action
from shopwright.access.caller import CONTROL, Caller, Factor
from shopwright.access.client import Client
from shopwright.access.documents import ServiceKeyDocument
from shopwright.access.names import tidy_name
from shopwright.access.permission import scopable
from shopwright.access.token import Token, new_token
from shopwright.bootstrap.identity.identity import Identity
from shopwright.database.documents import Session
from shopwright.errors import AccountError, SignInRefused
from shopwright.settings import Secret

LONGEST = dt.timedelta(days=366)
"""A key lasts at most: one that is forgotten ends by itself."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A key to be made: what it is called, what it may do, and how long it lasts."""

    name: str
    scopes: Collection[Action]
    lasts: dt.timedelta


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key that was made; ``key`` is shown this once."""

    id: str
    key: Secret


@dataclass(frozen=True, slots=True)
class ServiceKeys:
    """The service keys of one tenant."""

    identity: Identity

    async def create(self, maker: str, wanted: Wanted, client: Client, actor: str | None = None) -> NewKey:
        """Make a key of a user (an id). Raises ``AccountError`` for scopes that user's role cannot give.

        Raises ``QuotaExceeded`` when the tenant has as many keys as it may.
        """
        user = await self.identity.user(maker)
        allowed = scopable(user.role, at_home=self.identity.database.name == CONTROL)
        denied = sorted(set(wanted.scopes) - allowed)
        if denied or not wanted.scopes or user.status != "active":
            named = ", ".join(denied) or "nothing"
            raise AccountError(
                f"{user.role} can make no key for {named}", remedy=f"Choose of {', '.join(sorted(allowed))}."
            )
        if not dt.timedelta(0) < wanted.lasts <= LONGEST:
            raise AccountError("A key lasts up to a year", remedy=f"Give at most {LONGEST.days} days.")
        token = new_token(self.identity.database.name)
        key = _document(token, maker, wanted, client.at)

        async def work(session: Session) -> None:
            await self.identity.keys.add(key, session=session)
            await self.identity.tell("key.create", client, user=maker, actor=actor, key=token.id, session=session)

        async with self.identity.key_room():
            await self.identity.attempt(work, "key.create", client, user=maker, actor=actor or maker)
        return NewKey(token.id, token.key)

    async def caller(self, token: Token, client: Client) -> Caller:
        """Who calls with this key: its maker, as they are now. Raises ``SignInRefused`` when it counts no more."""
        is_ours = token.tenant == self.identity.database.name
        key = await self.identity.keys.proved(token, client) if is_ours else None
        maker = await self.identity.users.get(key.maker) if key else None
        if key is None or maker is None or maker.status != "active":
            raise SignInRefused("The service key does not count", remedy="Make another one.")
        return Caller(
            user=maker.id,
            tenant=token.tenant,
            role=maker.role,
            factors=frozenset({Factor.SERVICE_KEY}),
            signed_in=key.created,
            stepped_up=None,
            session=key.id,
            scopes=frozenset(key.scopes),
            address=client.address,
        )

    async def listed(self) -> list[ServiceKeyDocument]:
        """Keys, those that last longest first."""
        return await self.identity.keys.listed()

    async def revoke(self, id_: str, client: Client, actor: str) -> bool:
        """Let a key count no more; whether it was there."""
        revoked = await self.identity.keys.revoke(id_)
        if revoked:
            await self.identity.tell("key.revoke", client, actor=actor, key=id_)
        return revoked


def _document(token: Token, maker: str, wanted: Wanted, at: dt.datetime) -> ServiceKeyDocument:
    return ServiceKeyDocument(
        id=token.id,
        digest=token.digest,
        name=tidy_name(wanted.name),
        maker=maker,
        scopes=tuple(sorted(set(wanted.scopes))),
        created=at,
        ends=at + wanted.lasts,
        used=None,
    )
