"""The first people of a new tenant: each is sent a link by which they set a password of their own."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from shopwright.access.client import Client
from shopwright.access.roles import Role
from shopwright.bootstrap.identity.opened import open_staff
from shopwright.bootstrap.identity.passwords import Letter
from shopwright.bootstrap.identity.staff import Newcomer
from shopwright.bootstrap.tenant_life import TenantLife, utc_now
from shopwright.errors import TenantError
from shopwright.multi_tenant.archive.manifest import reaching

MOST_PEOPLE = 10_000
_MOST_LINE = 100_000


class _Person(BaseModel):
    """What of an exported user counts for the new tenant."""

    model_config = ConfigDict(extra="ignore")
    email: Annotated[str, Field(min_length=3, max_length=254)]
    name: Annotated[str, Field(max_length=1_000)] = ""
    role: Role
    status: str


@dataclass(frozen=True, slots=True)
class Invitations:
    """Invitations to new tenants, in the name of who runs ``life``."""

    life: TenantLife

    async def send(self, tenant: str, newcomers: Iterable[Newcomer]) -> list[Letter]:
        """Invite people, or again those who have not followed their link: the letters. Raises ``AccountError``."""
        async with open_staff(self.life.platform, tenant, self.life.by) as staff:
            client = Client("", utc_now())
            return [await staff.invite(newcomer, client) for newcomer in newcomers]


def owner(email: str) -> list[Newcomer]:
    """The first owner, if one is named."""
    return [Newcomer(email, "", Role.OWNER)] if email else []


def read_people(file: Path) -> list[Newcomer]:
    """Who is named in a file of exported users, without those who were disabled.

    Raises ``TenantError`` that names the line.
    """
    if not file.exists():
        return []
    found: list[_Person] = []
    with reaching(file), file.open("rb") as stream:
        while line := stream.readline(_MOST_LINE):
            where = f"users.jsonl, line {len(found) + 1}"
            if len(found) == MOST_PEOPLE:
                raise TenantError(f"there are more than {MOST_PEOPLE:,} users.", where=where)
            found.append(_person(line, where))
    return [Newcomer(person.email, person.name, person.role) for person in found if person.status != "disabled"]


def _person(line: bytes, where: str) -> _Person:
    try:
        return _Person.model_validate_json(line)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        raise TenantError(f"{'.'.join(map(str, first['loc']))[:200]}: {first['msg']}.", where=where) from None
