"""Making the server's collections what the code expects. What it does not know, it leaves alone."""

import asyncio
from collections.abc import Iterable
from typing import Any

from pymongo import IndexModel
from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import OperationFailure

from shopwright.database.document import DocumentType
from shopwright.database.schema.collection import Collection, Rules, expected, found, same_index

_EXISTS = 48
_GONE = {26, 27}  # NamespaceNotFound, IndexNotFound
_Database = AsyncDatabase[dict[str, Any]]


async def install_collections(database: _Database, kinds: Iterable[DocumentType[Any]]) -> None:
    """Make missing collections, and give every one its validator. Two at once do no harm."""
    there = await found(database)
    await asyncio.gather(*(_install(database, expected(kind), there.get(kind.name)) for kind in kinds))


async def install_indexes(database: _Database, kinds: Iterable[DocumentType[Any]]) -> None:
    """Make missing indexes; one of the same name that does something else is replaced. Two at once do no harm."""
    there = await found(database)
    await asyncio.gather(*(_index(database, expected(kind), there[kind.name]) for kind in kinds))


async def drop_indexes(database: _Database, names: Iterable[str]) -> None:
    """Remove indexes (``collection.index``) that an earlier version needed; those that are gone already do no harm."""
    for name in sorted(names):
        collection, _, index = name.partition(".")
        try:
            await database[collection].drop_index(index)
        except OperationFailure as error:
            if error.code not in _GONE:
                raise


async def _install(database: _Database, wanted: Collection, there: Collection | None) -> None:
    if there is None:
        try:
            await database.command("create", wanted.name, **wanted.options)
        except OperationFailure as error:
            if error.code != _EXISTS:  # another was faster, maybe with another version's validator
                raise
            there = Collection(wanted.name, {}, {})
    if there and there.options != wanted.options:
        await database.command("collMod", wanted.name, **wanted.options)


async def _index(database: _Database, wanted: Collection, there: Collection) -> None:
    missing = {name: rules for name, rules in wanted.indexes.items() if not _has(there, name, rules)}
    for name in missing.keys() & there.indexes.keys():
        await database[wanted.name].drop_index(name)
    if missing:
        models = [
            IndexModel(list(rules["key"].items()), name=name, **{word: rules[word] for word in rules if word != "key"})
            for name, rules in missing.items()
        ]
        await database[wanted.name].create_indexes(models)


def _has(there: Collection, name: str, rules: Rules) -> bool:
    return name in there.indexes and same_index(there.indexes[name], rules)
