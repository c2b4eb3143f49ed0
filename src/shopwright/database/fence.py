"""Fences: what keeps a holder that was overtaken from writing, and a holder that died from being in the way.

A store has one fence document, apart from its lease: a transaction of the work writes to it and so keeps others from it
until its end, while the lease beside it is renewed and asked for. Whoever takes a store over ends the sessions in which
the last holder had transactions (a client that was killed leaves them open, and the server would keep what they wrote
to from everybody for up to a minute), and then writes its own number on the fence.
"""

import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Annotated, Any

import pymongo
from bson.binary import UUID_SUBTYPE, Binary
from pydantic import Field
from pymongo.errors import PyMongoError

from shopwright.database.document import Document, DocumentType
from shopwright.database.documents import Session
from shopwright.database.failures import answered
from shopwright.database.lease_queue import MOST_HANDLE, Count
from shopwright.database.tenant_database import TenantDatabase
from shopwright.errors import DatabaseUnavailable

_SECONDS = 5
"""For one try to write to a fence: a transaction of the last holder may keep it."""


class FenceDocument(Document):
    """The fence of the store whose handle is the id.

    ``token`` is the number of who may write, ``passed`` how many transactions were begun.
    """

    id: Annotated[str, Field(min_length=1, max_length=MOST_HANDLE)]
    token: Count
    passed: Count


FENCES = DocumentType("fences", FenceDocument)


async def raise_fence(database: TenantDatabase, store: str, token: int, until: float) -> None:
    """Let nobody with a smaller number write any more. Raises ``DatabaseUnavailable`` when it takes too long.

    Tried again until ``until``, a reading of ``time.monotonic``.
    """
    higher: dict[str, Any] = {"$max": {"token": token}, "$setOnInsert": {"passed": 0}}
    while not await _written(database, store, higher, may_fail=time.monotonic() < until):
        pass


async def _written(database: TenantDatabase, store: str, higher: dict[str, Any], *, may_fail: bool) -> bool:
    try:
        async with database.slots.taken():
            with answered(FENCES.name), pymongo.timeout(_SECONDS):
                await database.raw[FENCES.name].update_one({"_id": store}, higher, upsert=True)
    except DatabaseUnavailable:
        if not may_fail:
            raise
        return False
    return True


async def passed(database: TenantDatabase, store: str, token: int, session: Session) -> bool:
    """Write to the fence as part of a transaction; whether it lets this number pass."""
    with answered(FENCES.name, in_transaction=True):
        done = await database.raw[FENCES.name].update_one(
            {"_id": store, "token": token}, {"$inc": {"passed": 1}}, session=session.client_session
        )
    return done.matched_count == 1


def session_name(session: Session) -> str:
    """What a session is known by to others of the same user."""
    return bytes(session.client_session.session_id["id"]).hex()


async def end_sessions(database: TenantDatabase, names: Sequence[str]) -> None:
    """Undo what is open in some sessions. Where the server does not let us, it does so itself after a minute."""
    ids = [{"id": Binary(bytes.fromhex(name), UUID_SUBTYPE)} for name in names]
    if ids:
        async with database.slots.taken():
            with suppress(PyMongoError):
                await database.raw.client.admin.command("killSessions", ids)
