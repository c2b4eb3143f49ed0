"""What a lease document says, and the updates that change it: each is one atomic step with the server's clock."""

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import Field

from shopwright.database.document import Document, DocumentType, Moment, Part, Query

STALE = 5.0
"""Seconds after which somebody in the queue who is not heard of has given up."""

MOST_WAITING = 1_000
OWNER_LETTERS = 200
MOST_HANDLE = 150
MOST_SESSIONS = 100

_NOW = "$$NOW"

Count = Annotated[int, Field(ge=0, lt=2**53)]
Owner = Annotated[str, Field(max_length=OWNER_LETTERS)]
SessionName = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
Stage = dict[str, Any]


class Waiter(Part):
    """Somebody in the queue: who, and when the server heard of them last."""

    ticket: Count
    owner: Owner
    seen: Moment


class LeaseDocument(Document):
    """The lease of the store whose handle is the id.

    ``last`` is the newest ticket, ``token`` the ticket of who holds the store or held it last, ``sessions`` those in
    which the holder had transactions, for whoever has to take over.
    """

    id: Annotated[str, Field(min_length=1, max_length=MOST_HANDLE)]
    last: Count
    token: Count
    held: bool
    owner: Owner
    since: Moment
    expires: Moment
    sessions: Annotated[tuple[SessionName, ...], Field(max_length=MOST_SESSIONS)]
    queue: Annotated[tuple[Waiter, ...], Field(max_length=MOST_WAITING + 1)]


OVERDUE = Query("overdue", equality=("held",), range=("expires",))

LEASES = DocumentType("leases", LeaseDocument, queries=(OVERDUE,))


def join(owner: str, seconds: float) -> list[Stage]:
    """Take the next ticket and stand in the queue; the first in the queue of a free store holds it at once."""
    new = {name: {"$ifNull": [f"${name}", start]} for name, start in _START.items()}
    mine = {"ticket": "$last", "owner": {"$literal": owner}, "seen": _NOW}
    return [
        {"$set": {**new, "last": {"$add": [{"$ifNull": ["$last", 0]}, 1]}}},
        {"$set": {"queue": {"$concatArrays": [_fresh("$queue"), [mine]]}}},
        _advance("$last", owner, seconds),
    ]


def wait(ticket: int, owner: str, seconds: float) -> list[Stage]:
    """Say that the holder of a ticket is still there; take the store if it is their turn."""
    mine = {"$eq": ["$$each.ticket", ticket]}
    seen = {"$cond": [mine, {"$mergeObjects": ["$$each", {"seen": _NOW}]}, "$$each"]}
    renewed = {"$map": {"input": "$queue", "as": "each", "in": seen}}
    return [{"$set": {"queue": _fresh(renewed)}}, _advance(ticket, owner, seconds)]


def renew(seconds: float) -> list[Stage]:
    """The holder goes on."""
    return [{"$set": {"expires": _later(seconds)}}]


def release() -> list[Stage]:
    """The holder is done."""
    return [{"$set": {"held": False, "expires": _NOW, "sessions": []}}]


def works_in(session: str) -> list[Stage]:
    """The holder begins a transaction in another session."""
    return [{"$set": {"sessions": {"$slice": [{"$concatArrays": ["$sessions", [session]]}, -MOST_SESSIONS]}}}]


def ended() -> list[Stage]:
    """The sessions of the last holder are ended."""
    return [{"$set": {"sessions": []}}]


def leave(ticket: int) -> list[Stage]:
    """Somebody in the queue gives up; if the store was just handed to them, it is free again."""
    mine = {"$and": ["$held", {"$eq": ["$token", ticket]}]}
    others = {"$filter": {"input": "$queue", "as": "each", "cond": {"$ne": ["$$each.ticket", ticket]}}}
    return [{"$set": {"queue": others, "held": {"$and": ["$held", {"$not": [mine]}]}}}]


def position(queue: Sequence[Waiter], ticket: int) -> int | None:
    """How many stand before a ticket; None if it is not in the queue (any more)."""
    return next((place for place, each in enumerate(queue) if each.ticket == ticket), None)


_START: Stage = {"token": 0, "held": False, "owner": "", "since": _NOW, "expires": _NOW, "sessions": [], "queue": []}


def _fresh(queue: Any) -> Stage:  # noqa: ANN401 - an aggregation expression
    limit = {"$subtract": [_NOW, int(STALE * 1000)]}
    return {"$filter": {"input": queue, "as": "each", "cond": {"$gt": ["$$each.seen", limit]}}}


def _advance(ticket: int | str, owner: str, seconds: float) -> Stage:
    """Hand the store to a ticket, if it is free and the ticket the first in the queue."""
    free = {"$or": [{"$not": ["$held"]}, {"$lte": ["$expires", _NOW]}]}
    first = {"$eq": [{"$first": "$queue.ticket"}, ticket]}
    holding = {
        "held": True,
        "token": ticket,
        "owner": {"$literal": owner},
        "since": _NOW,
        "expires": _later(seconds),
        "queue": {"$slice": ["$queue", 1, MOST_WAITING]},
    }
    return {"$replaceWith": {"$cond": [{"$and": [free, first]}, {"$mergeObjects": ["$$ROOT", holding]}, "$$ROOT"]}}


def _later(seconds: float) -> Stage:
    return {"$add": [_NOW, int(seconds * 1000)]}
