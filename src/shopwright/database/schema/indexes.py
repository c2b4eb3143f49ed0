"""Indexes from queries: equality, then sort, then range, so that no query sorts in memory or reads what it drops."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from shopwright.database.conditions import sort_keys
from shopwright.database.document import DocumentType, Query
from shopwright.database.fields import stored_path

Keys = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Index:
    """An index as the server lists it."""

    keys: Keys
    unique: bool = False
    expires: bool = False

    @property
    def name(self) -> str:
        """The name the server itself would give it."""
        return "_".join(f"{path}_{direction}" for path, direction in self.keys)

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


_ID = Index((("_id", 1),))


def indexes(kind: DocumentType[Any]) -> tuple[Index, ...]:
    """The indexes a collection needs beside that of its id, none of which another makes superfluous."""
    wanted = list(dict.fromkeys(index_of(kind, query) for query in kind.queries))
    needed = [index for index in wanted if not _is_covered(index, [_ID, *wanted])]
    if kind.expires:
        needed.append(Index(((stored_path(kind.model, kind.expires), 1),), expires=True))
    return tuple(needed)


def index_of(kind: DocumentType[Any], query: Query) -> Index:
    """The index that answers a query alone."""
    equal = [(stored_path(kind.model, path), 1) for path in query.equality]
    ranged = [(stored_path(kind.model, path), 1) for path in query.range]
    keys: dict[str, int] = {}
    for path, direction in (*equal, *sort_keys(kind.model, query.sort), *ranged):
        keys.setdefault(path, direction)
    return Index(tuple(keys.items()), query.unique)


def _is_covered(index: Index, others: Iterable[Index]) -> bool:
    """Whether another index begins with its keys, so that it answers the same queries."""
    if index.unique:
        return index.keys == _ID.keys
    return any(other.keys[: len(index.keys)] == index.keys for other in others if other != index)
