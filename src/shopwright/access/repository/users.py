"""Users: added once, changed only as they were read, and never without an owner."""

import datetime as dt
import unicodedata
from dataclasses import dataclass

from shopwright.access.documents import BY_EMAIL, BY_SUBJECT, EVERYBODY, IN_ROLE, USERS, UserDocument
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

    async def add(self, email: str, name: str, role: Role, at: dt.datetime) -> UserDocument:
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
            await self._users.insert(user)
        except DuplicateDocument:
            raise AccountError("There is a user with this e-mail address", remedy="Change that one.") from None
        return user

    async def get(self, id_: str) -> UserDocument | None:
        """The user with this id."""
        return await self._users.get(id_)

    async def by_email(self, email: str) -> UserDocument | None:
        """The user with this e-mail address, however it is written."""
        return await self._users.first(BY_EMAIL, {"email": tidy_email(email)})

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

    async def change_standing(self, user: UserDocument, changes: Values) -> UserDocument:
        """Change a user's role or status, and end what they are signed in with.

        Raises ``AccountError`` when nobody would be left who can let anybody in, or as ``change``.
        """
        last, changed = {"role": user.role, "status": "active"}, {**changes, "epoch": Add(1)}

        async def work(session: Session) -> UserDocument:
            # Every owner is written, so that two who take away each other's role at once do not both succeed.
            if not (user.role in _LAST_OF and user.status == "active"):
                return await self.change(user, changed, session=session)
            if await self._users.update_all(IN_ROLE, last, {"revision": Add(1)}, session=session) < _TWO:
                raise _last(user)
            now = user.model_copy(update={"revision": user.revision + 1})
            return await self.change(now, changed, session=session)

        return await self.database.transaction(work)

    @property
    def _users(self) -> Documents[UserDocument]:
        return self.database.documents(USERS)


_TWO = 2


def tidy_email(email: str) -> str:
    """An e-mail address as it is looked for: composed (NFKC), in small letters, without spaces around it.

    Raises ``AccountError`` for what is none: exactly one ``@`` between two parts without spaces.
    """
    tidy = unicodedata.normalize("NFKC", email).strip().lower()
    name, at, domain = tidy.rpartition("@")
    fits = name and at and "." in domain.strip(".") and "@" not in name and len(tidy) <= _MOST_EMAIL
    if not fits or any(letter.isspace() or not letter.isprintable() for letter in tidy):
        raise AccountError("This is no e-mail address", remedy="It reads like name@example.org.")
    return tidy


_MOST_EMAIL = 254
"""RFC 5321, 4.5.3.1.3, without the angle brackets."""


def _last(user: UserDocument) -> AccountError:
    return AccountError(f"This is the last {user.role}", where=user.id, remedy="Give somebody else the role first.")
