"""A tenant's connection turned against everything it must not reach, to see that the server refuses it.

For the check of requirement M2: run it on databases that are made for it, because what is not refused is done.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import OperationFailure

from shopwright.database.cluster import CONTROL, database_name
from shopwright.database.document import DocumentType
from shopwright.database.tenant_database import TenantDatabase

_Database = AsyncDatabase[dict[str, Any]]
_Attempts = dict[str, Callable[[], Awaitable[object]]]

_REFUSED = {13, 6_108_304}  # Unauthorized; there is no JavaScript
Kinds = Sequence[DocumentType[Any]]


@dataclass(frozen=True, slots=True)
class Probed:
    """How many attempts were refused, the names of those that were not, and how many of its own collections it read."""

    refused: int
    allowed: tuple[str, ...]
    own: int


async def probe(mine: TenantDatabase, other: str, kinds: Kinds, control: Kinds) -> Probed:
    """Try what one tenant's user must not be able to do to another tenant, to the control database, to the server.

    ``kinds`` is what a tenant's database holds, ``control`` what the control database does.
    """
    raw = mine.raw
    theirs = raw.client[database_name(other)]
    attempts = _on(theirs, kinds) | _on(raw.client[CONTROL], control) | _copies(raw, theirs)
    attempts |= _changes_of_trails(raw, kinds) | _bends(raw, kinds[0].name)
    allowed = [name for name, attempt in attempts.items() if not await _is_refused(attempt)]
    own = sum([not await _is_refused(partial(raw[kind.name].find_one, {})) for kind in kinds])
    return Probed(len(attempts) - len(allowed), tuple(allowed), own)


def _on(database: _Database, kinds: Kinds) -> _Attempts:
    """What one could do to each collection of a database that is not one's own."""
    found: _Attempts = {}
    for kind in kinds:
        name, of = kind.name, database[kind.name]
        found |= {
            f"read {database.name}.{name}": partial(of.find_one, {}),
            f"add to {database.name}.{name}": partial(of.insert_one, {"_id": "x"}),
            f"change {database.name}.{name}": partial(of.update_many, {}, {"$set": {"x": 1}}),
            f"remove from {database.name}.{name}": partial(of.delete_many, {}),
            f"listen to {database.name}.{name}": of.watch,
            f"drop {database.name}.{name}": of.drop,
        }
    return found


def _copies(mine: _Database, theirs: _Database) -> _Attempts:
    """What reaches beyond one's own database."""
    there = {"db": theirs.name, "coll": "stores"}
    return {
        "copy into theirs": partial(mine.stores.aggregate, [{"$out": there}]),
        "merge into theirs": partial(mine.stores.aggregate, [{"$merge": {"into": there}}]),
        "drop their database": partial(mine.client.drop_database, theirs.name),
        "listen to the server": mine.client.watch,
        "read the server's log": partial(mine.client["local"]["oplog.rs"].find_one, {}),
    }


def _changes_of_trails(mine: _Database, kinds: Kinds) -> _Attempts:
    """What one could do to the collections of one's own that are only added to."""
    found: _Attempts = {}
    for name in (kind.name for kind in kinds if kind.append_only):
        of = mine[name]
        found |= {
            f"change {name}": partial(of.update_many, {}, {"$set": {"x": 1}}),
            f"replace in {name}": partial(of.replace_one, {"_id": 1}, {"x": 1}),
            f"remove from {name}": partial(of.delete_many, {}),
            f"drop {name}": of.drop,
            f"copy over {name}": partial(mine[kinds[0].name].aggregate, [{"$out": name}]),
        }
    return found


def _bends(mine: _Database, name: str) -> _Attempts:
    """What one could do to one's own database, of which ``name`` is a collection."""
    return {
        "drop one's own": mine[name].drop,
        "make a collection": partial(mine.create_collection, "mine"),
        "take the validator away": partial(mine.command, "collMod", name, validator={}),
        "more rights": partial(mine.command, "grantRolesToRole", "app", roles=["readWrite"]),
        "run code": partial(mine[name].find_one, {"$where": "true"}),
    }


async def _is_refused(attempt: Callable[[], Awaitable[object]]) -> bool:
    try:
        await attempt()
    except OperationFailure as error:
        return error.code in _REFUSED
    return False
