"""Locks against write skew: two transactions that each saw what the other is about to change.

Under snapshot isolation a transaction that found a document may commit after another deleted it: neither wrote what the
other wrote, so the server sees no conflict. Here both write. Whoever writes a reference bumps *one* of the few lock
documents of what it names, whoever deletes that bumps *all* of them: a reader and a deleter always conflict (one of
them is retried and then sees what the other did), two readers seldom.

Lock documents are kept outside of what they lock, so that a lock never changes a version of anything. They expire: a
transaction lasts at most a minute, a lock document is kept for an hour after it was last used.
"""

import secrets
from collections.abc import Iterable
from typing import Any

from pymongo import UpdateOne
from pymongo.asynchronous.client_session import AsyncClientSession
from pymongo.asynchronous.collection import AsyncCollection

from shopwright.database.document import Document, DocumentType, Moment

NAME = "reference_locks"
STRIPES = 32
"""Lock documents of one thing: two transactions that name the same thing at once conflict in one case of so many."""

SECONDS = 3_600


class LockDocument(Document):
    """How often a lock was used, which matters to nobody: that it was written does."""

    id: str
    count: int
    expires: Moment


LOCKS = DocumentType(NAME, LockDocument, expires="expires")

Key = tuple[Any, ...]
"""Collection and values that name a thing: ``("products", "luna", "aria")``."""

Locks = AsyncCollection[dict[str, Any]]


async def share(locks: Locks, session: AsyncClientSession, keys: Iterable[Key]) -> None:
    """Before something is written that names ``keys``: none of them can be deleted by a concurrent transaction."""
    await _bump(locks, session, [_id(key, secrets.randbelow(STRIPES)) for key in keys])


async def exclude(locks: Locks, session: AsyncClientSession, keys: Iterable[Key]) -> None:
    """Before ``keys`` are deleted: no concurrent transaction can write anything that names them."""
    await _bump(locks, session, [_id(key, stripe) for key in keys for stripe in range(STRIPES)])


def _id(key: Key, stripe: int) -> str:
    """Lengths keep values apart that hold each other's separators."""
    return "".join(f"{len(text)}:{text}" for text in (*map(str, key), str(stripe)))


async def _bump(locks: Locks, session: AsyncClientSession, ids: Iterable[str]) -> None:
    """In one order, so that two transactions never wait for each other."""
    expires = {"$dateAdd": {"startDate": "$$NOW", "unit": "second", "amount": SECONDS}}
    update = [{"$set": {"expires": expires, "count": {"$add": [{"$ifNull": ["$count", 0]}, 1]}}}]
    bumps = [UpdateOne({"_id": each}, update, upsert=True) for each in sorted(set(ids))]
    if bumps:
        await locks.bulk_write(bumps, session=session)
