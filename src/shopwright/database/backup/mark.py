"""How a database says that it is being restored: a collection of a name nobody else uses.

Each restore has a mark of its own, so that the marks of earlier ones, which stand in snapshots and in the log, come
back as they were: a half database that was saved is a half database when it is restored.
"""

import secrets

from shopwright.database.tenant_database import TenantDatabase
from shopwright.errors import BackupError

MARK = "restore_unfinished"


def new_mark() -> str:
    """The collection's name for one restore."""
    return f"{MARK}_{secrets.token_hex(4)}"


def is_mark(collection: str) -> bool:
    """Whether a collection is a mark."""
    return collection.startswith(MARK)


async def refuse_unfinished(database: TenantDatabase) -> None:
    """Raises ``BackupError`` for a database that an interrupted restore left half."""
    if any(map(is_mark, await database.raw.list_collection_names())):
        raise BackupError(
            "a restore of this database was interrupted.", where=database.name, remedy="Run the same restore again."
        )
