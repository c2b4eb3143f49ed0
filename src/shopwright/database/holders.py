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

from shopwright.database.document import Document, DocumentType, Moment, Part
from shopwright.database.tenant_database import TenantDatabase
from shopwright.database.upsert import Stages, upserted
from shopwright.ending import end_task
from shopwright.errors import DatabaseError

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
        document = await self._ask(_come(me, amount, self.seconds))
        renewing = asyncio.create_task(self._renew(me))
        try:
            yield Held(_before(document, me))
        finally:
            await end_task(renewing)
            with contextlib.suppress(DatabaseError):  # who cannot be taken out counts as gone soon
                await asyncio.shield(self._ask(_go(me)))

    async def held(self) -> int:
        """What all hold together that are heard of. Raises ``DatabaseError``."""
        document = await self._ask(_go(""))
        return sum(holder.amount for holder in document.holders)

    async def _renew(self, me: str) -> None:
        while True:
            await asyncio.sleep(self.seconds / 3)
            with contextlib.suppress(DatabaseError):
                await self._ask(_stay(me, self.seconds))

    async def _ask(self, update: Stages) -> HoldersDocument:
        """One step; the line as it is then."""
        return await upserted(self.database.documents(HOLDERS), self.name, update)


def _before(document: HoldersDocument, me: str) -> int | None:
    amount = 0
    for holder in document.holders:
        if holder.id == me:
            return amount
        amount += holder.amount
    return None


_ALL = {"$ifNull": ["$holders", []]}
_PRESENT = {
    "$filter": {"input": _ALL, "cond": {"$gt": ["$$this.expires", "$$NOW"]}},
}


def _later(seconds: float) -> dict[str, Any]:
    return {"$add": ["$$NOW", int(seconds * 1_000)]}


def _come(me: str, amount: int, seconds: float) -> Stages:
    mine = {"id": {"$literal": me}, "amount": amount, "expires": _later(seconds)}
    is_full = {"$gte": [{"$size": "$holders"}, MOST_HOLDERS]}
    came = {"$cond": [is_full, "$holders", {"$concatArrays": ["$holders", [mine]]}]}
    return [{"$set": {"holders": _PRESENT}}, {"$set": {"holders": came}}]


def _go(me: str) -> Stages:
    others = {"$filter": {"input": "$holders", "cond": {"$ne": ["$$this.id", {"$literal": me}]}}}
    return [{"$set": {"holders": _PRESENT}}, {"$set": {"holders": others}}]


def _stay(me: str, seconds: float) -> Stages:
    longer = {"$mergeObjects": ["$$this", {"expires": _later(seconds)}]}
    mine = {"$cond": [{"$eq": ["$$this.id", {"$literal": me}]}, longer, "$$this"]}
    return [{"$set": {"holders": {"$map": {"input": _ALL, "in": mine}}}}]
