"""One tenant's database: whoever holds one stands inside that tenant and can reach no other."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import pymongo
from pymongo import ReadPreference, WriteConcern
from pymongo.asynchronous.client_session import AsyncClientSession
from pymongo.asynchronous.database import AsyncDatabase
from pymongo.read_concern import ReadConcern

from shopwright.database.document import Document, DocumentType
from shopwright.database.documents import Documents, Session
from shopwright.database.encryption.field import FieldCipher, seals_of
from shopwright.database.encryption.sealed_fields import SealedFields
from shopwright.database.failures import answered
from shopwright.database.slots import Slots

TRANSACTION_SECONDS = 60
"""For all tries of a transaction together; the server itself ends one try after 30 s (the private one) or 60 s."""

T = TypeVar("T", bound=Document)
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class TenantDatabase:
    """The documents of one tenant, and transactions over them."""

    name: str
    raw: AsyncDatabase[dict[str, Any]]
    """The driver's own, for the rooms inside ``database`` only."""

    slots: Slots
    cipher: FieldCipher | None = None
    """What seals and opens this tenant's sealed fields."""

    def documents(self, kind: DocumentType[T]) -> Documents[T]:
        """The collection of a document type. Raises ``DatabaseError`` for sealed fields where there is no cipher."""
        sealed = SealedFields(kind.name, seals_of(kind.model), self.cipher)
        return Documents(kind, self.raw[kind.name], self.slots, sealed)

    async def transaction(self, work: Callable[[Session], Awaitable[R]]) -> R:
        """Run ``work`` so that all or nothing of what it does with its session happens; its result.

        ``work`` sees one state of the database and runs again when another transaction was in its way, so it may do
        nothing else that counts. What is written is on the disks of a majority when this returns. Raises what ``work``
        raises, and ``DatabaseUnavailable`` when the outcome is not known: then it may have happened (give what is
        written an id that makes a second try harmless).
        """

        async def attempt(session: AsyncClientSession) -> R:
            return await work(Session(session))

        async with self.slots.taken_by_transaction():
            with answered(self.name), pymongo.timeout(TRANSACTION_SECONDS):
                async with self.raw.client.start_session() as session:
                    return await session.with_transaction(
                        attempt,
                        read_concern=ReadConcern("snapshot"),
                        write_concern=WriteConcern("majority", j=True),
                        read_preference=ReadPreference.PRIMARY,
                    )
