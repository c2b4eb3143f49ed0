"""What everything about a tenant's people needs: its repositories, how passwords are hashed, where events are told."""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, nullcontext, suppress
from dataclasses import dataclass
from typing import TypeVar

from shopwright.access.caller import Factor
from shopwright.access.client import Client
from shopwright.access.documents import UserDocument
from shopwright.access.passkeys import RelyingParty
from shopwright.access.password_hash import PasswordHashes
from shopwright.access.repository.ceremonies import CeremonyRepository
from shopwright.access.repository.keys import ServiceKeyRepository
from shopwright.access.repository.links import LinkRepository
from shopwright.access.repository.sessions import SessionRepository
from shopwright.access.repository.tries import TryRepository
from shopwright.access.repository.users import UserRepository
from shopwright.audit.event import TARGET, AuditEvent
from shopwright.audit.forms import has_form, network_of
from shopwright.bootstrap.audit_failures import named
from shopwright.database.documents import Session
from shopwright.database.tenant_database import TenantDatabase
from shopwright.errors import AccessDenied, NoSuchUser, ShopwrightError, SignInRefused
from shopwright.performance.access_metrics import SIGN_INS

Record = Callable[[TenantDatabase, AuditEvent, Session | None], Awaitable[object]]
"""Keeps an event in a tenant's trail, as part of a transaction if there is one."""

R = TypeVar("R")

Room = Callable[[], AbstractAsyncContextManager[object]]
"""Has room for one more while this lasts, or raises ``QuotaExceeded``."""

_COUNTED = {"session.start": "accepted", "session.refuse": "refused"}


@dataclass(frozen=True, slots=True)
class Identity:
    """The people of one tenant. ``control`` counts what one network tries on all tenants together."""

    database: TenantDatabase
    control: TenantDatabase
    hashes: PasswordHashes
    party: RelyingParty
    record: Record
    key_room: Room = nullcontext
    """For a service key."""

    @property
    def users(self) -> UserRepository:
        """Who may sign in."""
        return UserRepository(self.database)

    @property
    def sessions(self) -> SessionRepository:
        """Who is signed in."""
        return SessionRepository(self.database)

    @property
    def keys(self) -> ServiceKeyRepository:
        """Which programs may act."""
        return ServiceKeyRepository(self.database)

    @property
    def links(self) -> LinkRepository:
        """Who was sent a link."""
        return LinkRepository(self.database)

    @property
    def ceremonies(self) -> CeremonyRepository:
        """Which browsers were asked something."""
        return CeremonyRepository(self.database)

    @property
    def tries(self) -> TryRepository:
        """How often somebody has tried."""
        return TryRepository(self.database)

    @property
    def tries_anywhere(self) -> TryRepository:
        """How often a network has tried, on whichever tenant."""
        return TryRepository(self.control)

    async def user(self, id_: str, *, session: Session | None = None) -> UserDocument:
        """A user who is there. Raises ``NoSuchUser``."""
        found = await self.users.get(id_, session=session)
        if found is None:
            raise NoSuchUser("There is no such user", where=id_, remedy="`shopwright user list` shows those there are.")
        return found

    async def attempt(
        self, work: Callable[[Session], Awaitable[R]], action: str, client: Client, *, user: str = "", actor: str = ""
    ) -> R:
        """Do ``work`` in a transaction, in which it tells of what it does: there is either both or neither.

        What cannot be done leaves an event too, named after the error; refusals of access are for the door to tell.
        """
        try:
            return await self.database.transaction(work)
        except AccessDenied:
            raise
        except ShopwrightError as error:
            with suppress(ShopwrightError):  # what is to be known is why it failed
                await self.tell(action, client, user=user, actor=actor or user, reason=named(error))
            raise

    async def tell(
        self,
        action: str,
        client: Client,
        *,
        user: str = "",
        actor: str | None = None,
        factor: Factor | None = None,
        key: str = "",
        reason: str = "",
        session: Session | None = None,
    ) -> None:
        """Keep an event: something was done to ``user`` by ``actor`` (left out: themselves); a ``reason`` refused it.

        No event holds what somebody typed, an address of theirs, or a secret.
        """
        if action in _COUNTED:
            SIGN_INS.add(_COUNTED[action])
        told = {
            "access.factor": factor.value.replace("_", "-") if factor else "",
            "key.id": key,
            "source.network": network_of(client.address),
            "event.reason": reason,
        }
        target = f"user/{user}"
        event = AuditEvent(
            action=action,
            outcome="failure" if reason else "success",
            actor=user if actor is None else actor,
            target=target if has_form(target, TARGET) else "",
            details={name: value for name, value in told.items() if value},
            at=client.at,
        )
        await self.record(self.database, event, session)


def refused() -> SignInRefused:
    """The one answer to every wrong proof: it does not tell whether there is such a user, or what was wrong."""
    return SignInRefused("Sign-in was refused", remedy="Check what you typed, or reset your password.")
