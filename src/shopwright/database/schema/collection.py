"""A collection with its rules: as the code expects it, and as the server has it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pymongo.asynchronous.database import AsyncDatabase

from shopwright.database.document import DocumentType
from shopwright.database.schema.indexes import indexes
from shopwright.database.schema.validator import validator

Rules = dict[str, Any]

STRICT = {"validationLevel": "strict", "validationAction": "error"}
"""Every insert and update is checked, and refused if it breaks a rule."""

_SHOWN = ("key", "unique", "expireAfterSeconds", "sparse", "partialFilterExpression", "collation")
"""What an index does; the rest of its listing is its name and version."""


@dataclass(frozen=True, slots=True)
class Collection:
    """``options`` are those of ``create`` and ``collMod``; ``indexes``, by name, those beside that of the id."""

    name: str
    options: Rules
    indexes: dict[str, Rules]


def expected(kind: DocumentType[Any]) -> Collection:
    """The collection of a document type. Raises ``DatabaseError`` for a model the server cannot check."""
    wanted = (index.specification for index in indexes(kind))
    return Collection(kind.name, {"validator": validator(kind.model), **STRICT}, _by_name(wanted))


async def found(database: AsyncDatabase[dict[str, Any]]) -> dict[str, Collection]:
    """The collections the server has, by name."""
    listed = [one async for one in await database.list_collections(filter={"type": "collection"})]
    return {
        one["name"]: Collection(one["name"], one["options"], await _indexes(database, one["name"])) for one in listed
    }


async def _indexes(database: AsyncDatabase[dict[str, Any]], name: str) -> dict[str, Rules]:
    listed = [dict(index) async for index in await database[name].list_indexes()]
    return _by_name(index for index in listed if index["name"] != "_id_")


def _by_name(specifications: Iterable[Rules]) -> dict[str, Rules]:
    return {one["name"]: {word: one[word] for word in _SHOWN if _says(one.get(word))} for one in specifications}


def _says(rule: object) -> bool:
    """Whether a rule is there; 0 seconds are."""
    return rule is not None and rule is not False


def keys_of(index: Rules) -> list[tuple[str, Any]]:
    """The keys in their order, in which they count."""
    return list(index["key"].items())


def same_index(one: Rules, other: Rules) -> bool:
    """Whether two indexes do the same."""
    return one == other and keys_of(one) == keys_of(other)
