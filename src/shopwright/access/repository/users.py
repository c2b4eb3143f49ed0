"""Users: added once, changed only as they were read, and never without an owner."""

import datetime as dt
from dataclasses import dataclass

from shopwright.access.documents import BY_EMAIL, BY_SUBJECT, EVERYBODY, IN_ROLE, USERS, UserDocument
from shopwright.access.email_address import tidy_email
from shopwright.access.roles import Role
from shopwright.access.token import new_id
from shopwright.database.conditions import Add, Values
from shopwright.database.documents import Documents, Session
from shopwright.database.tenant_database import TenantDatabase
from shopwright.errors import AccountError, DuplicateDocument

MOST_LISTED = 500
_LAST_OF = (Role.OWNER, Role.OPERATOR)
"""Roles without which nobody could let anybody in again."""


@dataclass(frozen=True, slots=True)
class UserRepository:
    """The users of a tenant, or the operators of the platform."""

    database: TenantDatabase

    async def add(
        self, email: str, name: str, role: Role, at: dt.datetime, *, session: Session | None = None
    ) -> UserDocument:
        """Somebody new, who has no password yet. Raises ``AccountError`` when there is a user with this address."""
        user = UserDocument(
            id=new_id(),
            email=tidy_email(email),
            name=name,
            role=role,
            status="invited",
            revision=0,
            epoch=0,
            password=None,
            totp=None,
            totp_step=0,
            recovery=(),
            passkeys=(),
            devices=(),
            subjects=(),
            created=at,
        )
        try:
            await self._users.insert(user, session=session)
        except DuplicateDocument:
            raise AccountError("There is a user with this e-mail address", remedy="Change that one.") from None
        return user

    async def get(self, id_: str, *, session: Session | None = None) -> UserDocument | None:
        """The user with this id."""
        return await self._users.get(id_, session=session)

    async def by_email(self, email: str, *, session: Session | None = None) -> UserDocument | None:
        """The user with this e-mail address, however it is written."""
        return await self._users.first(BY_EMAIL, {"email": tidy_email(email)}, session=session)

    async def by_subject(self, subject: str) -> UserDocument | None:
        """The user whom another provider knows by what this is the digest of."""
        return await self._users.first(BY_SUBJECT, {"subjects": subject})

    async def listed(self, limit: int = MOST_LISTED) -> list[UserDocument]:
        """Users in the order in which they came."""
        return await self._users.find(EVERYBODY, {}, limit=min(limit, MOST_LISTED))

    async def change(self, user: UserDocument, changes: Values, *, session: Session | None = None) -> UserDocument:
        """Change a user as they were read. Raises ``AccountError`` when something else has changed them meanwhile."""
        revised = {**changes, "revision": Add(1)}
        found = await self._users.update(user.id, revised, expected={"revision": user.revision}, session=session)
        if found is None:
            raise AccountError("The user was changed at the same moment", where=user.id, remedy="Try again.")
        return found

    async def change_standing(self, user: UserDocument, changes: Values, session: Session) -> UserDocument:
        """Change a user's role or status, as part of a transaction, and end what they are signed in with.

        Raises ``AccountError`` when nobody would be left who can let anybody in, or as ``change``.
        """
        last, changed = {"role": user.role, "status": "active"}, {**changes, "epoch": Add(1)}
        if not (user.role in _LAST_OF and user.status == "active"):
            return await self.change(user, changed, session=session)
        # Every owner is written, so that two who take away each other's role at once do not both succeed.
        if await self._users.update_all(IN_ROLE, last, {"revision": Add(1)}, session=session) < _TWO:
            raise _last(user)
        now = user.model_copy(update={"revision": user.revision + 1})
        return await self.change(now, changed, session=session)

    async def active(self, role: Role, *, session: Session | None = None) -> int:
        """How many in a role may sign in."""
        return await self._users.count(IN_ROLE, {"role": role, "status": "active"}, session=session)

    @property
    def _users(self) -> Documents[UserDocument]:
        return self.database.documents(USERS)


_TWO = 2


def _last(user: UserDocument) -> AccountError:
    return AccountError(f"This is the last {user.role}", where=user.id, remedy="Give somebody else the role first.")
