"""Which indexes nobody used."""

from collections.abc import Iterable
from typing import Any

from shopwright.database.document import DocumentType
from shopwright.database.failures import answered
from shopwright.database.tenant_database import TenantDatabase


async def unused_indexes(database: TenantDatabase, kinds: Iterable[DocumentType[Any]]) -> list[str]:
    """``collection.index`` of each that answered nothing since the server started (``$indexStats``)."""
    found: list[str] = []
    with answered(database.name):
        for kind in kinds:
            cursor = await database.raw[kind.name].aggregate([{"$indexStats": {}}])
            found += [f"{kind.name}.{one['name']}" async for one in cursor if _is_unused(one)]
    return sorted(found)


def _is_unused(index: dict[str, Any]) -> bool:
    """Those of the id and of expiry serve the server itself."""
    return index["accesses"]["ops"] == 0 and index["name"] != "_id_" and "expireAfterSeconds" not in index["spec"]
