"""From values to filters and changes: the one place where operators are made, and never from a value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shopwright.database.document import Document, DocumentType, Query
from shopwright.database.fields import checked, checked_element, stored_path
from shopwright.errors import DatabaseError

Values = Mapping[str, object]
Filter = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Range:
    """Bounds of a field: greater or equal, greater, less or equal, less."""

    ge: object = None
    gt: object = None
    le: object = None
    lt: object = None


@dataclass(frozen=True, slots=True)
class OneOf:
    """The field, or an element of it, is one of these."""

    values: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """The elements of the field include all of these."""

    values: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Prefixes:
    """For each of these texts, an element of the field begins with it; the index is asked for the first."""

    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Add:
    """A change by this much, made by the server: two at once both count."""

    amount: int


_LAST = chr(0x10FFFF)
"""Stands behind every character, so that a text and what begins with it lie between the text and the text with it."""

_BOUNDS = {"ge": "$gte", "gt": "$gt", "le": "$lte", "lt": "$lt"}


def query_filter(kind: DocumentType[Any], query: Query, values: Values) -> Filter:
    """The filter of a declared query; ``values`` has one for each field of its equality and range.

    Raises ``DatabaseError`` for other fields, ``DocumentRefused`` for a value the field cannot hold.
    """
    if query not in kind.queries:
        raise DatabaseError(f"The query {query.name} is not declared", where=kind.name)
    if set(values) != {*query.equality, *query.range}:
        raise DatabaseError("It asks for values of exactly its fields", where=f"{kind.name}.{query.name}")
    return {stored_path(kind.model, path): _condition(kind.model, path, values[path]) for path in values}


def equal_filter(model: type[Document], values: Values) -> Filter:
    """The filter for documents whose fields equal ``values``. Raises as above."""
    return {stored_path(model, path): {"$eq": checked(model, path, value)} for path, value in values.items()}


def after_filter(kind: DocumentType[Any], query: Query, place: Sequence[object]) -> Filter:
    """What stands behind ``place`` (one value for each field of the sort) in the order of the query."""
    if len(place) != len(query.sort):
        raise DatabaseError(
            "A place in the order has one value for each field of it", where=f"{kind.name}.{query.name}"
        )
    alternatives: list[Filter] = []
    same: Filter = {}
    for sorted_by, value in zip(query.sort, place, strict=True):
        path, operator = sorted_by.removeprefix("-"), "$lt" if sorted_by.startswith("-") else "$gt"
        stored, there = stored_path(kind.model, path), checked_element(kind.model, path, value)
        alternatives.append({**same, stored: {operator: there}})
        same[stored] = {"$eq": there}
    return {"$or": alternatives} if len(alternatives) > 1 else alternatives[0]


def sort_keys(model: type[Document], sort: Sequence[str]) -> list[tuple[str, int]]:
    """The order of a query as the server wants it."""
    return [(stored_path(model, path.removeprefix("-")), -1 if path.startswith("-") else 1) for path in sort]


def change(model: type[Document], changes: Values) -> Filter:
    """The update that sets fields, and adds to those whose value is ``Add``. Raises ``DocumentRefused``."""
    if not changes or "id" in changes:
        raise DatabaseError("A change names fields, and never the id", where=model.__name__)
    parts: Filter = {}
    for path, value in changes.items():
        if isinstance(value, Add):
            parts.setdefault("$inc", {})[stored_path(model, path)] = int(value.amount)
        else:
            parts.setdefault("$set", {})[stored_path(model, path)] = checked(model, path, value)
    return parts


def _condition(model: type[Document], path: str, value: object) -> Filter:
    if isinstance(value, OneOf | AllOf):
        operator = "$in" if isinstance(value, OneOf) else "$all"
        return {operator: [checked_element(model, path, one) for one in value.values]}
    if isinstance(value, Prefixes):
        starts = [str(checked_element(model, path, one)) for one in value.values]
        return {"$all": [{"$elemMatch": {"$gte": start, "$lt": start + _LAST}} for start in starts]}
    if isinstance(value, Range):
        bounds = {operator: getattr(value, name) for name, operator in _BOUNDS.items()}
        return {name: checked_element(model, path, bound) for name, bound in bounds.items() if bound is not None}
    return {"$eq": checked_element(model, path, value)}
