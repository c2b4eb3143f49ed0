"""Which indexes nobody used."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from pymongo.errors import OperationFailure

from shopwright.database.document import DocumentType
from shopwright.database.failures import answered
from shopwright.database.tenant_database import TenantDatabase

_NOT_ALLOWED = 13


async def unused_indexes(database: TenantDatabase, kinds: Iterable[DocumentType[Any]]) -> list[str]:
    """``collection.index`` of each that answered nothing since the server started (``$indexStats``).

    Of collections that were not looked into at all, nothing can be said yet; to a user without the role
    ``clusterMonitor``, of none.
    """
    found: list[str] = []
    with answered(database.name), _where_allowed():
        for kind in kinds:
            cursor = await database.raw[kind.name].aggregate([{"$indexStats": {}}])
            listed = await cursor.to_list(None)
            if any(one["accesses"]["ops"] for one in listed):
                found += [f"{kind.name}.{index}" for index in _unused(listed)]
    return sorted(found)


@contextmanager
def _where_allowed() -> Iterator[None]:
    try:
        yield
    except OperationFailure as error:
        if error.code != _NOT_ALLOWED:
            raise


def _unused(listed: list[dict[str, Any]]) -> list[str]:
    """Those of the id and of expiry serve the server itself."""
    idle = [one for one in listed if one["accesses"]["ops"] == 0]
    return [one["name"] for one in idle if one["name"] != "_id_" and "expireAfterSeconds" not in one["spec"]]
