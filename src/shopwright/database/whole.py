"""Every document of a collection, for what takes a tenant's data out or counts it: the one reading without a query."""

from collections.abc import AsyncIterator
from typing import TypeVar

from shopwright.database.document import Document
from shopwright.database.documents import BATCH, HANDED, Documents

T = TypeVar("T", bound=Document)


async def every(documents: Documents[T]) -> AsyncIterator[T]:
    """All documents in the order of their ids, some fetched at a time. Raises ``DatabaseError``."""
    cursor = documents.collection.find({}, sort=[("_id", 1)]).batch_size(BATCH)
    async with cursor:
        while True:
            async with documents.asked(None):
                batch = await cursor.to_list(HANDED)
            for found in batch:
                yield await documents.opened(found)
            if not batch:
                return
