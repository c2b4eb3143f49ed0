"""Who holds how much of something while they work: a line in the order of coming, kept by the server's clock.

Each says how much it takes, comes at the end of the line, and looks at those before it: whether there was room is the
same answer for everybody, however many come at once. Who does not say that it goes on for ``SECONDS`` counts as gone.
"""

import asyncio
import contextlib
import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field
from pymongo import ReturnDocument

from shopwright.database.document import Document, DocumentType, Moment, Part
from shopwright.database.tenant_database import TenantDatabase
from shopwright.errors import DatabaseError, DuplicateDocument

SECONDS = 60.0
"""How long somebody counts that was not heard of; who works says three times in that time that it does."""

MOST_HOLDERS = 1_000
"""In one line; whoever comes then is told that there is no room."""


class HolderPart(Part):
    """Somebody with so much of it, until they are not heard of any more."""

    id: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    amount: Annotated[int, Field(ge=0, lt=2**53)]
    expires: Moment


class HoldersDocument(Document):
    """The line of those that hold something of the name that is the id."""

    id: Annotated[str, Field(min_length=1, max_length=200)]
    holders: Annotated[tuple[HolderPart, ...], Field(max_length=MOST_HOLDERS)]


HOLDERS = DocumentType("holders", HoldersDocument)


@dataclass(frozen=True, slots=True)
class Held:
    """A place in the line: ``before`` is what those that came earlier hold, None when the line was full."""

    before: int | None


@dataclass(frozen=True, slots=True)
class Holders:
    """The line of one name in a tenant's database."""

    database: TenantDatabase
    name: str
    seconds: float = SECONDS

    @contextlib.asynccontextmanager
    async def hold(self, amount: int) -> AsyncIterator[Held]:
        """Stand in the line with so much for as long as this lasts. Raises ``DatabaseError``."""
        me = secrets.token_hex(16)
        document = await self._ask(_come(me, amount, self.seconds), upsert=True)
        renewing = asyncio.create_task(self._renew(me))
        try:
            yield Held(_before(document, me))
        finally:
            renewing.cancel()
            await asyncio.gather(renewing, return_exceptions=True)
            with contextlib.suppress(DatabaseError):  # who cannot be taken out counts as gone soon
                await asyncio.shield(self._ask(_go(me)))

    async def held(self) -> int:
        """What all hold together that are heard of. Raises ``DatabaseError``."""
        document = await self._ask(_go(""))
        return sum(holder.amount for holder in document.holders) if document else 0

    async def _renew(self, me: str) -> None:
        while True:
            await asyncio.sleep(self.seconds / 3)
            with contextlib.suppress(DatabaseError):
                await self._ask(_stay(me, self.seconds))

    async def _ask(self, update: list[dict[str, Any]], *, upsert: bool = False) -> HoldersDocument | None:
        """One step; the document as it is then."""
        holders = self.database.documents(HOLDERS)
        for is_last in (False, True):
            try:
                async with holders.asked(None):
                    found = await holders.collection.find_one_and_update(
                        {"_id": self.name}, update, upsert=upsert, return_document=ReturnDocument.AFTER
                    )
                return holders.read(found) if found else None
            except DuplicateDocument:  # another made the document at this moment
                if is_last:
                    raise
        raise AssertionError  # pragma: no cover - the loop returns or raises


def _before(document: HoldersDocument | None, me: str) -> int | None:
    amount = 0
    for holder in document.holders if document else ():
        if holder.id == me:
            return amount
        amount += holder.amount
    return None


_PRESENT = {
    "$filter": {"input": {"$ifNull": ["$holders", []]}, "cond": {"$gt": ["$$this.expires", "$$NOW"]}},
}


def _later(seconds: float) -> dict[str, Any]:
    return {"$add": ["$$NOW", int(seconds * 1_000)]}


def _come(me: str, amount: int, seconds: float) -> list[dict[str, Any]]:
    mine = {"id": {"$literal": me}, "amount": amount, "expires": _later(seconds)}
    is_full = {"$gte": [{"$size": "$holders"}, MOST_HOLDERS]}
    came = {"$cond": [is_full, "$holders", {"$concatArrays": ["$holders", [mine]]}]}
    return [{"$set": {"holders": _PRESENT}}, {"$set": {"holders": came}}]


def _go(me: str) -> list[dict[str, Any]]:
    others = {"$filter": {"input": "$holders", "cond": {"$ne": ["$$this.id", {"$literal": me}]}}}
    return [{"$set": {"holders": _PRESENT}}, {"$set": {"holders": others}}]


def _stay(me: str, seconds: float) -> list[dict[str, Any]]:
    longer = {"$mergeObjects": ["$$this", {"expires": _later(seconds)}]}
    mine = {"$cond": [{"$eq": ["$$this.id", {"$literal": me}]}, longer, "$$this"]}
    return [{"$set": {"holders": {"$map": {"input": "$holders", "in": mine}}}}]
