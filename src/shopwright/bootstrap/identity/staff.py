"""Who may sign in to a tenant: invited, given a role, disabled, let start over; by somebody who may do that to them."""

from dataclasses import dataclass

from shopwright.access.caller import CONTROL, Caller
from shopwright.access.client import Client
from shopwright.access.documents import UserDocument
from shopwright.access.names import tidy_name
from shopwright.access.permission import may_manage
from shopwright.access.roles import Role
from shopwright.bootstrap.identity.identity import Identity
from shopwright.bootstrap.identity.passwords import Letter
from shopwright.database.conditions import Add, Values
from shopwright.database.documents import Session
from shopwright.errors import AccessDenied, AccountError, NoSuchUser
from shopwright.settings import Secret

_MOST_NAME = 1_000
"""Characters of a user's name."""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who is invited: e-mail address, name, role."""

    email: str
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Staff:
    """The users of one tenant. ``by`` is who changes them: a caller, or the account that runs a command on the machine.

    Each raises ``AccountError``; ``AccessDenied`` for who would give, or change somebody who has, more than they are.
    """

    identity: Identity
    by: Caller | str

    @property
    def actor(self) -> str:
        """Who it is, as events name them."""
        return self.by.user if isinstance(self.by, Caller) else self.by

    async def listed(self) -> list[UserDocument]:
        """Users in the order in which they came."""
        return await self.identity.users.listed()

    async def by_email(self, email: str) -> UserDocument:
        """The user with this e-mail address."""
        found = await self.identity.users.by_email(email)
        if found is None:
            raise NoSuchUser("There is no such user", remedy="`shopwright user list` shows those there are.")
        return found

    async def invite(self, newcomer: Newcomer, client: Client) -> Letter:
        """A letter with a link by which somebody new sets a password; again for who has not followed theirs."""
        self._refuse(newcomer.role)

        async def work(session: Session) -> Letter:
            await self._refuse_visitor(session)
            user = await self._invited(newcomer, client, session)
            token = await self.identity.links.add("invitation", user.id, client.at, session=session)
            await self._tell("invitation.create", user, client, session)
            return Letter(Secret(user.email), token)

        return await self.identity.attempt(work, "invitation.create", client, actor=self.actor)

    async def give_role(self, id_: str, role: Role, client: Client) -> UserDocument:
        """Give a user another role; their sessions end."""
        self._refuse(role)
        return await self._change(id_, "user.change", {"role": role}, client)

    async def disable(self, id_: str, client: Client) -> UserDocument:
        """Let a user in no more: their sessions end, their service keys count no more, their links lead nowhere."""
        return await self._change(id_, "user.disable", {"status": "disabled"}, client)

    async def enable(self, id_: str, client: Client) -> UserDocument:
        """Let a user in again."""
        user = await self.identity.user(id_)
        status = "active" if user.password or user.subjects else "invited"
        return await self._change(id_, "user.enable", {"status": status}, client)

    async def reset(self, id_: str, client: Client, *, factors: bool = False) -> Letter:
        """A letter with a link by which a user sets a new password; the one before and all sessions are worth nothing.

        With ``factors`` they also set up a second factor anew, as who has lost theirs must.
        """
        action = "factor.reset" if factors else "password.reset"
        changes: dict[str, object] = {"password": None, "devices": (), "epoch": Add(1)}
        if factors:
            changes |= {"totp": None, "totp_step": 0, "passkeys": (), "recovery": (), "subjects": ()}

        async def work(session: Session) -> Letter:
            user = await self._managed(id_, session)
            if user.status == "disabled":
                raise AccountError("The user is disabled", where=id_, remedy="Enable them first.")
            user = await self.identity.users.change(user, changes, session=session)
            await self.identity.sessions.end_all(user.id, session=session)
            token = await self.identity.links.add("reset", user.id, client.at, session=session)
            await self._tell(action, user, client, session)
            return Letter(Secret(user.email), token)

        return await self.identity.attempt(work, action, client, user=id_, actor=self.actor)

    async def _change(self, id_: str, action: str, changes: Values, client: Client) -> UserDocument:
        async def work(session: Session) -> UserDocument:
            user = await self._managed(id_, session)
            user = await self.identity.users.change_standing(user, changes, session)
            await self.identity.sessions.end_all(user.id, session=session)
            if user.status == "disabled":
                await self.identity.links.forget(user.id, session=session)
            await self._tell(action, user, client, session)
            return user

        return await self.identity.attempt(work, action, client, user=id_, actor=self.actor)

    async def _managed(self, id_: str, session: Session) -> UserDocument:
        user = await self.identity.user(id_, session=session)
        self._refuse(user.role)
        return user

    async def _invited(self, newcomer: Newcomer, client: Client, session: Session) -> UserDocument:
        """Who is invited: somebody new, or again who has not come yet."""
        users, name = self.identity.users, tidy_name(newcomer.name, 0, _MOST_NAME)
        user = await users.by_email(newcomer.email, session=session)
        if user is None:
            return await users.add(newcomer.email, name, newcomer.role, client.at, session=session)
        if user.status != "invited" or user.role is not newcomer.role:
            raise AccountError("There is a user with this e-mail address", remedy="Change that one.")
        return user

    async def _refuse_visitor(self, session: Session) -> None:
        """An operator gives a tenant back an owner when it has none; else they would be one whenever they like."""
        is_visitor = isinstance(self.by, Caller) and self.by.tenant != self.identity.database.name
        if is_visitor and await self.identity.users.active(Role.OWNER, session=session):
            raise AccessDenied("The tenant has an owner", remedy="Ask an owner of the tenant.")

    def _refuse(self, role: Role) -> None:
        """Operators are the platform's own people, and its own people are nothing else."""
        if (role is Role.OPERATOR) is not (self.identity.database.name == CONTROL):
            raise AccountError(f"Nobody can be {role} here", where=self.identity.database.name, remedy="Name another.")
        if isinstance(self.by, Caller) and not may_manage(self.by, role, self.identity.database.name):
            raise AccessDenied(f"You cannot make or change an {role}", remedy="Ask an owner of the tenant.")

    async def _tell(self, action: str, user: UserDocument, client: Client, session: Session) -> None:
        await self.identity.tell(action, client, user=user.id, actor=self.actor, session=session)
