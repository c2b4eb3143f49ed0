"""Being told that something was added to a collection, without asking again and again."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from pymongo.asynchronous.change_stream import AsyncChangeStream

from shopwright.database.cluster import CONTROL, Cluster, tenant_name
from shopwright.database.document import DocumentType
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


@asynccontextmanager
async def insertions_everywhere(
    cluster: Cluster, kind: DocumentType[Any], fields: Sequence[str]
) -> AsyncIterator[AsyncIterator[tuple[str, dict[str, Any]]]]:
    """What is added to the collections of all tenants of a deployment, as its operator: whose it is, and some fields.

    The server listens from the beginning of the block on. Raises ``DatabaseError``, ``DatabaseUnavailable``.
    """
    shown = {f"fullDocument.{field}": 1 for field in fields}
    added: list[dict[str, Any]] = [
        {"$match": {"operationType": "insert", "ns.coll": kind.name, "ns.db": {"$ne": CONTROL}}},
        {"$project": {"ns": 1, **shown}},
    ]
    with answered(kind.name):
        stream = await cluster.client.watch(added)
    async with stream:
        yield _documents(stream, kind.name)


async def _documents(
    stream: AsyncChangeStream[dict[str, Any]], where: str
) -> AsyncIterator[tuple[str, dict[str, Any]]]:
    while True:
        with answered(where):
            change = await stream.next()
        yield tenant_name(change["ns"]["db"]), change["fullDocument"]
