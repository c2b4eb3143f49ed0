"""Giving a database its role and its user, and taking away everything that is there of a tenant.

All of it is done with the operator's connection, and only brings about what is not so yet: it may be cut short anywhere
and is finished by the next call; two calls at once do no harm.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import OperationFailure

from shopwright.database.cluster import Cluster
from shopwright.database.document import DocumentType
from shopwright.database.failures import answered
from shopwright.database.isolation.role import FROZEN, ROLE, Privileges, privileges, same_privileges
from shopwright.database.isolation.user_secret import Login, UserSecret
from shopwright.errors import DatabaseError

Kinds = Iterable[DocumentType[Any]]
_Database = AsyncDatabase[dict[str, Any]]

_THERE = {51_002, 51_003}  # the role, the user already exists
_GONE = {11, 31}  # UserNotFound, RoleNotFound
_MAY_NOT = {13, 59, 8_000}  # Unauthorized, CommandNotFound, AtlasError
_MECHANISMS = ["SCRAM-SHA-256"]

WITHOUT = (
    "Its user needs the roles readWriteAnyDatabase, dbAdminAnyDatabase and userAdminAnyDatabase on admin. Where nobody "
    "can have them (Atlas makes users itself), SHOPWRIGHT_TENANT_USERS=no does without: then only Shopwright itself "
    "keeps tenants apart."
)


@dataclass(frozen=True, slots=True)
class Traces:
    """What a server still holds of a tenant."""

    database: bool
    users: int
    roles: int

    def __bool__(self) -> bool:
        """Whether anything is left."""
        return self.database or bool(self.users + self.roles)


async def provision(cluster: Cluster, name: str, kinds: Kinds, secret: UserSecret) -> Login:
    """Make or correct the role and the user of a tenant's database (or of ``control``); how to log in as that user.

    Costs three small reads where nothing is to be done. Raises ``DatabaseError`` where the operator may not do it, and
    for a tenant that is frozen.
    """
    database, login = cluster.named(name).raw, secret.login(name)
    wanted = privileges(database.name, kinds)
    with answered("MONGODB_URI"), _as_operator():
        await _refuse_frozen(database)
        await _make_role(database, wanted)
        await _make_user(database, login)
    return login


async def differences(cluster: Cluster, name: str, kinds: Kinds, secret: UserSecret | None) -> list[str]:
    """What ``provision`` would do, in words; without a secret, there is no user yet. Raises ``DatabaseError``."""
    database = cluster.named(name).raw
    with answered("MONGODB_URI"), _as_operator():
        role = await _role(database)
        user = await _user(database, secret.user) if secret else None
    told = [] if role and _allows(role, privileges(database.name, kinds)) else [f"role {ROLE}: {_lacking(role)}"]
    return told + ([] if user and _bears(user, database) else [f"database user: {_lacking(user)}"])


async def retire(cluster: Cluster, name: str, secret: UserSecret) -> int:
    """Remove the users that were made with any other secret; how many. Raises ``DatabaseError``."""
    database = cluster.named(name).raw
    with answered("MONGODB_URI"), _as_operator():
        old = [each["user"] for each in await _users(database) if each["user"] != secret.user]
        for user in old:
            await _drop(database, "dropUser", user)
    return len(old)


async def withdraw(cluster: Cluster, tenant: str) -> None:
    """Remove a tenant's users, database and roles. Raises ``DatabaseError``.

    Users first: whoever is still connected can then write nothing, which would make the database anew.
    """
    database = cluster.tenant(tenant).raw
    with answered("MONGODB_URI"), _as_operator():
        await database.command("dropAllUsersFromDatabase")
        await database.client.drop_database(database.name)
        await database.command("dropAllRolesFromDatabase")


async def traces(cluster: Cluster, tenant: str) -> Traces:
    """What is left of a tenant. Raises ``DatabaseError``."""
    database = cluster.tenant(tenant).raw
    with answered("MONGODB_URI"), _as_operator():
        names = await database.client.list_database_names()
        roles = (await database.command("rolesInfo", 1))["roles"]
        return Traces(database.name in names, len(await _users(database)), len(roles))


async def _refuse_frozen(database: _Database) -> None:
    """What takes rights away on purpose is not put right."""
    if (await database.command("rolesInfo", FROZEN))["roles"]:
        raise DatabaseError(
            "It is being moved to another cell, and may only be read",
            where=database.name,
            remedy="Try again in a few seconds; if the move was killed, `shopwright tenant move` goes on with it.",
        )


async def _make_role(database: _Database, wanted: Privileges) -> None:
    there = await _role(database)
    if there is None:
        with _unless_there():
            await database.command("createRole", ROLE, privileges=wanted, roles=[])
        there = await _role(database)  # another version may have been faster
    if there is None or not _allows(there, wanted):
        await database.command("updateRole", ROLE, privileges=wanted, roles=[])


async def _make_user(database: _Database, login: Login) -> None:
    there = await _user(database, login.user)
    if there is None:
        with _unless_there():
            await database.command("createUser", login.user, pwd=login.password, roles=[ROLE], mechanisms=_MECHANISMS)
    elif not _bears(there, database):
        await database.command("updateUser", login.user, roles=[ROLE])


async def _role(database: _Database) -> dict[str, Any] | None:
    found = (await database.command("rolesInfo", ROLE, showPrivileges=True))["roles"]
    return dict(found[0]) if found else None


async def _user(database: _Database, user: str) -> dict[str, Any] | None:
    found = (await database.command("usersInfo", user))["users"]
    return dict(found[0]) if found else None


async def _users(database: _Database) -> Sequence[dict[str, Any]]:
    found: Sequence[dict[str, Any]] = (await database.command("usersInfo", 1))["users"]
    return found


def _allows(role: dict[str, Any], wanted: Privileges) -> bool:
    """Exactly what is wanted, itself and through no other role."""
    return not role["roles"] and same_privileges(role["privileges"], wanted)


def _bears(user: dict[str, Any], database: _Database) -> bool:
    """Whether a user has our role and no other."""
    return bool(user["roles"] == [{"role": ROLE, "db": database.name}])


def _lacking(there: dict[str, Any] | None) -> str:
    return "missing" if there is None else "another than expected"


async def _drop(database: _Database, command: str, name: str) -> None:
    try:
        await database.command(command, name)
    except OperationFailure as error:
        if error.code not in _GONE:
            raise


@contextmanager
def _unless_there() -> Iterator[None]:
    """Of two that make the same at once, one is told that it is there."""
    try:
        yield
    except OperationFailure as error:
        if error.code not in _THERE:
            raise


@contextmanager
def _as_operator() -> Iterator[None]:
    try:
        yield
    except OperationFailure as error:
        if error.code not in _MAY_NOT:
            raise
        raise DatabaseError(
            "The user in it may not make the users and roles that keep tenants apart",
            where="MONGODB_URI",
            remedy=WITHOUT,
        ) from None
