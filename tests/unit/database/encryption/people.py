"""A kind with sealed fields of every form, as the tests of this folder use it."""

from typing import Annotated

from pydantic import Field

from shopwright.database.document import Document, DocumentType, Part, Query
from shopwright.database.encryption.field import Findable, Sealed


class Factor(Part):
    """Something within a sealed field."""

    label: str
    counter: int


class Person(Document):
    """``role`` is not sealed."""

    id: str
    role: str
    email: Findable[Annotated[str, Field(max_length=254)]]
    name: Sealed[str]
    phone: Sealed[str] | None = None
    nick: Sealed[str | None] = None
    factors: Sealed[tuple[Factor, ...]] = ()
    times: int = 0


BY_EMAIL = Query("by_email", ("email",), unique=True)
BY_ROLE = Query("by_role", ("role",), sort=("id",))
PEOPLE = DocumentType("people", Person, (BY_EMAIL, BY_ROLE))


def person(number, **fields):
    """Somebody whose sealed values hold the word Canary."""
    given = {"id": f"p{number}", "role": "editor", "email": f"Canary{number}@x.example", "name": f"Canary {number}"}
    return Person(**(given | fields))
