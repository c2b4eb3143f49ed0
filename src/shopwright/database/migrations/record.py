"""What a database remembers of the migrations it has seen."""

from typing import Annotated

from pydantic import Field

from shopwright.database.document import Document, DocumentType, FreeForm, Moment

SCHEMA = 0
"""The number under which the derived schema (validators and indexes) is remembered."""


class MigrationRecord(Document):
    """How far a migration is: documents up to the id ``after`` are done."""

    id: Annotated[int, Field(ge=0)]
    name: str
    digest: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    after: FreeForm = None
    changed: Annotated[int, Field(ge=0)] = 0
    finished: Moment | None = None
    installed: tuple[str, ...] = ()
    """Of the schema: the indexes it has (``collection.index``), so that those can go that it no longer needs."""

    by: str = ""
    """Of the schema: the version of Shopwright that began to install it."""


MIGRATIONS = DocumentType("migrations", MigrationRecord)
"""One document for each migration; read by id, and as a whole, which is a few documents."""
