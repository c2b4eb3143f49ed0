"""Documents whose time has come, by the server's clock: taken by one, put off by seconds."""

from typing import TypeVar

from pymongo import ReturnDocument

from shopwright.database.conditions import Filter, Values, change, equal_filter, query_filter, sort_keys
from shopwright.database.document import Document, Query
from shopwright.database.documents import Documents, Session
from shopwright.database.fields import stored_path

T = TypeVar("T", bound=Document)


async def take_due(documents: Documents[T], query: Query, values: Values, changes: Values, seconds: float) -> T | None:
    """Change the first document of a query whose time has come; its next time is ``seconds`` later. None: none is due.

    The time is the field by which the query sorts. Of two that ask at once, each gets another document. Raises as
    ``Documents`` does.
    """
    (field, direction), *_ = sort_keys(documents.kind.model, query.sort)
    is_due = {"$expr": {"$lte": [f"${field}", "$$NOW"]}}
    filter_ = {**query_filter(documents.kind, query, values), **is_due}
    update = _update(documents, changes, field, seconds)
    async with documents.asked(None):
        found = await documents.collection.find_one_and_update(
            filter_, update, sort=[(field, direction)], return_document=ReturnDocument.AFTER
        )
    return documents.read(found) if found is not None else None


async def put_off(
    documents: Documents[T],
    id_: object,
    field: str,
    seconds: float,
    *,
    changes: Values,
    expected: Values,
    session: Session | None = None,
) -> T | None:
    """Change a document if its fields equal ``expected``, and set its time to ``seconds`` from now; else None."""
    filter_ = equal_filter(documents.kind.model, {**expected, "id": id_})
    update = _update(documents, changes, stored_path(documents.kind.model, field), seconds)
    async with documents.asked(session) as tie:
        found = await documents.collection.find_one_and_update(
            filter_, update, return_document=ReturnDocument.AFTER, session=tie
        )
    return documents.read(found) if found is not None else None


def _update(documents: Documents[T], changes: Values, field: str, seconds: float) -> list[Filter]:
    """As ``change`` makes it, as a pipeline: only there is the server's time an expression."""
    made = change(documents.kind.model, changes)
    added = {name: {"$add": [f"${name}", amount]} for name, amount in made.get("$inc", {}).items()}
    fixed = {name: {"$literal": value} for name, value in made.get("$set", {}).items()}
    return [{"$set": {**fixed, **added, field: {"$add": ["$$NOW", int(seconds * 1_000)]}}}]
