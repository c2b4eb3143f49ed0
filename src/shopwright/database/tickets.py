"""Who has work waiting, and whose turn it is: a fair line of names, kept by the server's clock.

A name (of a tenant) has one ticket as long as it has work: it says nothing of the work but when the first piece is due.
Whoever can work takes the fairest ticket, which is the one with the fewest turns going on, and among those the one that
was served longest ago. So a name with a thousand pieces of work waiting is served once between two servings of others.
A turn that is not renewed ends by itself; a ticket that is lost is offered anew by whoever knows the work.
"""

import datetime as dt
import secrets
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field
from pymongo import ReturnDocument

from shopwright.database.document import Document, DocumentType, Moment, Part, Query
from shopwright.database.documents import Documents
from shopwright.database.tenant_database import TenantDatabase
from shopwright.database.upsert import Stages, upserted
from shopwright.performance.job_metrics import LOST, WAITED

SECONDS = 30.0
"""How long a turn lasts that is not renewed."""

MOST_TURNS = 1_000
"""Of one name at once."""

_NEVER = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)


class TurnPart(Part):
    """Somebody who works for a name, until they are not heard of any more."""

    id: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    expires: Moment


class TicketDocument(Document):
    """The ticket of the name that is the id.

    Work is ``due`` from then on; ``offers`` counts how often that was said or corrected. ``busy`` is the number of
    ``turns``, ``expires`` the end of the first of them that ends; ``served`` when the last one began, or the ticket was
    made.
    """

    id: Annotated[str, Field(min_length=1, max_length=100)]
    due: Moment
    offers: Annotated[int, Field(ge=0, lt=2**53)]
    busy: Annotated[int, Field(ge=0, le=MOST_TURNS)]
    served: Moment
    turns: Annotated[tuple[TurnPart, ...], Field(max_length=MOST_TURNS)]
    expires: Moment


FAIREST = Query("fairest", sort=("busy", "served", "id"))
EXPIRING = Query("expiring", sort=("expires",))

TICKETS = DocumentType("tickets", TicketDocument, queries=(FAIREST, EXPIRING))


@dataclass(frozen=True, slots=True)
class Ticket:
    """A turn that somebody has: ``name`` is whose, ``offers`` how often work was offered until then."""

    name: str
    turn: str
    offers: int


@dataclass(frozen=True, slots=True)
class Tickets:
    """The tickets in the control database; a turn lasts ``seconds`` unless it is renewed. Raises ``DatabaseError``."""

    database: TenantDatabase
    seconds: float = SECONDS

    async def offer(self, name: str, due: dt.datetime | None = None) -> None:
        """Say that a name has work, due at a time, at once by default."""
        await upserted(self._documents, name, _offered(due))

    async def take(self) -> Ticket | None:
        """The fairest ticket whose work is due; None: there is none.

        Of several that take at the same moment one may get the next fairest; who takes after them evens that out.
        """
        await self._end_expired()
        turn = secrets.token_hex(16)
        due = {"$expr": {"$lte": ["$due", "$$NOW"]}, "busy": {"$lt": MOST_TURNS}}
        order = [("busy", 1), ("served", 1), ("_id", 1)]
        documents = self._documents
        async with documents.asked(None):
            found = await documents.collection.find_one_and_update(
                due, _taken(turn, self.seconds), sort=order, return_document=ReturnDocument.AFTER
            )
        if not found:
            return None
        WAITED.observe((found["served"] - found["due"]).total_seconds())
        return Ticket(found["_id"], turn, found["offers"])

    async def renew(self, ticket: Ticket) -> None:
        """Say that a turn goes on."""
        await self._change(ticket, _renewed(ticket.turn, self.seconds))

    async def give_back(self, ticket: Ticket, due: dt.datetime | None) -> None:
        """End a turn; the name's next work is due at a time, None: it has none.

        Where others offered work or gave a turn back meanwhile, the earliest of what was said counts.
        """
        await self._change(ticket, _given_back(ticket, due))
        documents = self._documents
        gone = {"_id": ticket.name, "busy": 0, "due": {"$gte": _NEVER}}
        async with documents.asked(None):
            await documents.collection.delete_one(gone)

    async def _end_expired(self) -> None:
        documents = self._documents
        expired = {"$expr": {"$lte": ["$expires", "$$NOW"]}}
        async with documents.asked(None):
            ended = await documents.collection.update_many(expired, _COUNTED)
        LOST.add(amount=ended.modified_count)

    async def _change(self, ticket: Ticket, stages: Stages) -> None:
        documents = self._documents
        async with documents.asked(None):
            await documents.collection.update_one({"_id": ticket.name}, stages)

    @property
    def _documents(self) -> Documents[TicketDocument]:
        return self.database.documents(TICKETS)


_TURNS: dict[str, Any] = {"$ifNull": ["$turns", []]}
_PRESENT = {"$filter": {"input": _TURNS, "cond": {"$gt": ["$$this.expires", "$$NOW"]}}}
_COUNTED: Stages = [
    {"$set": {"turns": _PRESENT}},
    {
        "$set": {
            "busy": {"$size": "$turns"},
            "expires": {"$ifNull": [{"$min": "$turns.expires"}, _NEVER]},
        }
    },
]
"""Turns that were not renewed are over."""


def _later(seconds: float) -> dict[str, Any]:
    return {"$add": ["$$NOW", int(seconds * 1_000)]}


def _offered(due: dt.datetime | None) -> Stages:
    asked: Any = due or "$$NOW"
    first = {
        "due": {"$min": [{"$ifNull": ["$due", asked]}, asked]},
        "offers": {"$add": [{"$ifNull": ["$offers", 0]}, 1]},
        "served": {"$ifNull": ["$served", "$$NOW"]},
    }
    return [{"$set": first}, *_COUNTED]


def _taken(turn: str, seconds: float) -> Stages:
    mine = {"id": turn, "expires": _later(seconds)}
    return [{"$set": {"turns": {"$concatArrays": ["$turns", [mine]]}, "served": "$$NOW"}}, *_COUNTED]


def _renewed(turn: str, seconds: float) -> Stages:
    longer = {"$mergeObjects": ["$$this", {"expires": _later(seconds)}]}
    mine = {"$cond": [{"$eq": ["$$this.id", turn]}, longer, "$$this"]}
    return [{"$set": {"turns": {"$map": {"input": _TURNS, "in": mine}}}}, *_COUNTED]


def _given_back(ticket: Ticket, due: dt.datetime | None) -> Stages:
    others = {"$filter": {"input": _TURNS, "cond": {"$ne": ["$$this.id", ticket.turn]}}}
    unchanged = {"$eq": ["$offers", ticket.offers]}
    said: Any = due or _NEVER
    changed = {
        "turns": others,
        "due": {"$cond": [unchanged, said, {"$min": ["$due", said]}]},
        "offers": {"$add": ["$offers", 1]},
    }
    return [{"$set": changed}, *_COUNTED]
