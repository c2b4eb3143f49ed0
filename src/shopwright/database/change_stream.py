"""Being told that something was added to a collection, without asking again and again."""

from collections.abc import AsyncIterator
from typing import Any

from shopwright.database.documents import Documents
from shopwright.database.failures import answered


async def insertions(documents: Documents[Any]) -> AsyncIterator[None]:
    """One signal at once, and one for each document that is added from then on, without an end.

    The first comes when the server has begun to listen: what was added before can be read then, and nothing falls
    between. Raises ``DatabaseError``, ``DatabaseUnavailable``.
    """
    where = documents.kind.name
    added: list[dict[str, Any]] = [{"$match": {"operationType": "insert"}}, {"$project": {"_id": 1}}]
    with answered(where):
        stream = await documents.collection.watch(added)
    async with stream:
        yield
        while True:
            with answered(where):
                await stream.next()
            yield
