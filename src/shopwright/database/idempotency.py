"""Operations that are done once, however often they are asked for: the result is kept under the operation's key.

A caller that got no answer cannot know whether its transaction was committed. It asks again with the same key and gets
the first result: the result is written in the same transaction as what it is the result of, so there is either both or
neither. Two that ask at once write the same document, so one of them is retried and then finds it.

The result is inserted, never replaced. A transaction that begins in the moment in which another one makes the very
first collection of results may see what that one wrote and not its result (MongoDB 6.0.5 publishes the data before the
collection; seen in 4 of 120 tries): then the insertion is refused, and nothing is done twice.
"""

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

import orjson
from pydantic import Field

from shopwright.database.document import Document, DocumentType, Moment
from shopwright.database.documents import Session
from shopwright.database.failures import answered
from shopwright.database.tenant_database import TenantDatabase
from shopwright.errors import DatabaseError, DuplicateDocument

KEPT_DAYS = 7
"""How long a result is kept: longer than anybody asks again for the same."""

MOST_KEY = 300
MOST_RESULT = 65_536
"""Characters of JSON."""

Json = Mapping[str, Any]


class OperationDocument(Document):
    """An operation that was done: ``request`` is the digest of what was asked for, ``result`` JSON."""

    id: Annotated[str, Field(min_length=1, max_length=MOST_KEY)]
    request: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    result: Annotated[str, Field(max_length=MOST_RESULT)]
    expires: Moment


OPERATIONS = DocumentType("operations", OperationDocument, expires="expires")


@dataclass(frozen=True, slots=True)
class Operation:
    """What is asked for: ``key`` is the caller's choice, the same each time; ``request`` says what it is, as JSON."""

    key: str
    request: Json = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """SHA-256 of the request, the order of its names aside."""
        return hashlib.sha256(orjson.dumps(dict(self.request), option=orjson.OPT_SORT_KEYS)).hexdigest()


async def transaction_once(
    database: TenantDatabase, operation: Operation, work: Callable[[Session], Awaitable[Json]]
) -> Json:
    """The result of ``work``, a transaction, the first time it was done under the key of ``operation``.

    Raises ``DuplicateDocument`` when something else was asked for under that key, and what ``work`` raises: then
    nothing is kept, and it may be tried again.
    """

    async def attempt(session: Session) -> Json:
        known = await database.documents(OPERATIONS).get(operation.key, session=session)
        if known:
            return _result(known, operation)
        result = await work(session)
        await _keep(database, session, operation, result)
        return result

    try:
        return await database.transaction(attempt)
    except DuplicateDocument:
        known = await database.documents(OPERATIONS).get(operation.key)
        if known is None:
            raise
        return _result(known, operation)


def _result(known: OperationDocument, operation: Operation) -> Json:
    if known.request != operation.digest:
        raise DuplicateDocument(
            "Something else was asked for under this key before",
            where=OPERATIONS.name,
            remedy="Give each operation a key of its own.",
        )
    result: Json = orjson.loads(known.result)
    return result


async def _keep(database: TenantDatabase, session: Session, operation: Operation, result: Json) -> None:
    text = orjson.dumps(dict(result)).decode()
    if len(text) > MOST_RESULT or not 0 < len(operation.key) <= MOST_KEY:
        raise DatabaseError("The key or the result of an operation is too long", where=OPERATIONS.name)
    unknown = {"_id": operation.key, "request": {"$exists": False}}
    kept = {"request": operation.digest, "result": {"$literal": text}, "expires": _LATER}
    with answered(OPERATIONS.name, in_transaction=True):
        await database.raw[OPERATIONS.name].update_one(
            unknown, [{"$set": kept}], upsert=True, session=session.client_session
        )


_LATER = {"$dateAdd": {"startDate": "$$NOW", "unit": "day", "amount": KEPT_DAYS}}
