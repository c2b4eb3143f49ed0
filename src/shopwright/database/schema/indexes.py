"""Indexes from queries: equality, then sort, then range, so that no query sorts in memory or reads what it drops."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from shopwright.database.conditions import sort_keys
from shopwright.database.document import DocumentType, Query
from shopwright.database.fields import stored_path

Keys = tuple[tuple[str, int], ...]


_ID_KEYS: Keys = (("_id", 1),)


@dataclass(frozen=True, slots=True)
class Index:
    """An index as the server lists it."""

    keys: Keys
    unique: bool = False
    expires: bool = False

    @property
    def name(self) -> str:
        """The name the server itself would give it."""
        return "_id_" if self.keys == _ID_KEYS else "_".join(f"{path}_{direction}" for path, direction in self.keys)

    @property
    def specification(self) -> dict[str, Any]:
        """For ``createIndexes``."""
        options: dict[str, Any] = {"unique": True} if self.unique else {}
        return {
            "key": dict(self.keys),
            "name": self.name,
            **options,
            **({"expireAfterSeconds": 0} if self.expires else {}),
        }


_ID = Index(_ID_KEYS)


def indexes(kind: DocumentType[Any]) -> tuple[Index, ...]:
    """The indexes a collection needs beside that of its id: of two that answer the same queries, one."""
    chosen = [index for query in kind.queries if (index := index_of(kind, query)).unique and index.keys != _ID.keys]
    for query in sorted(kind.queries, key=lambda query: -len(index_of(kind, query).keys)):
        if not any(_answers(index, kind, query) for index in (_ID, *chosen)):
            chosen.append(index_of(kind, query))
    if kind.expires:
        chosen.append(Index(((stored_path(kind.model, kind.expires), 1),), expires=True))
    return tuple(chosen)


@cache
def answering(kind: DocumentType[Any], query: Query) -> Index:
    """The index of the collection that answers a declared query."""
    return next((index for index in indexes(kind) if _answers(index, kind, query)), _ID)


def index_of(kind: DocumentType[Any], query: Query) -> Index:
    """The index that is made for one query alone."""
    equal = [(stored_path(kind.model, path), 1) for path in query.equality]
    ranged = [(stored_path(kind.model, path), 1) for path in query.range]
    keys: dict[str, int] = {}
    for path, direction in (*equal, *sort_keys(kind.model, query.sort), *ranged):
        keys.setdefault(path, direction)
    return Index(tuple(keys.items()), query.unique)


def _answers(index: Index, kind: DocumentType[Any], query: Query) -> bool:
    """Whether ``index`` begins with the fields of the query; it may be read backwards if all of the order is."""
    wanted = index_of(kind, query).keys
    begins = index.keys[: len(wanted)]
    if [path for path, _ in begins] != [path for path, _ in wanted]:
        return False
    sorted_by = {path for path, _ in sort_keys(kind.model, query.sort)}
    turns = {one * other for (path, one), (_, other) in zip(begins, wanted, strict=True) if path in sorted_by}
    return len(turns) <= 1
