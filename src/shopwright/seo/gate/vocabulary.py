"""The vocabulary of schema.org, release 30.0, as ``tools/vocabulary.py`` derived it: types, properties, members."""

from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import orjson

_DATA_TYPES = frozenset({"Text", "Number", "Boolean", "Date", "DateTime", "Time"})
_PREFIXES = ("https://schema.org/", "http://schema.org/", "schema:")


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = orjson.loads(files("shopwright.seo.gate").joinpath("vocabulary.json").read_bytes())
    return table


@lru_cache(maxsize=1_024)
def plain_name(name: str) -> str:
    """A term without the address of the vocabulary: ``InStock`` of ``https://schema.org/InStock``."""
    for prefix in _PREFIXES:
        if name.startswith(prefix):
            return name[len(prefix) :]
    return name


def is_type(name: str) -> bool:
    """Whether there is a type of this name."""
    return name in _table()["types"]


def is_property(name: str) -> bool:
    """Whether there is a property of this name."""
    return name in _table()["properties"]


@cache
def ancestors(name: str) -> frozenset[str]:
    """A type and every type it is a kind of."""
    parents = _table()["types"].get(name, ())
    return frozenset({name}).union(*(ancestors(parent) for parent in parents))


@cache
def has_property(type_name: str, name: str) -> bool:
    """Whether a type, or one it is a kind of, has a property."""
    return not ancestors(type_name).isdisjoint(_table()["properties"][name][0])


@cache
def value_types(name: str) -> frozenset[str]:
    """The types that the values of a property may have."""
    return frozenset(_table()["properties"][name][1])


@cache
def enumerations(name: str) -> frozenset[str]:
    """The enumerations that the values of a property come from; empty if they may also be something else."""
    types = value_types(name)
    listed = frozenset(each for each in types if "Enumeration" in ancestors(each))
    return listed if listed == types else frozenset()


@cache
def is_member(value: str, of: frozenset[str]) -> bool:
    """Whether a name is a member of one of the enumerations, or of a kind of one."""
    return any(not ancestors(kind).isdisjoint(of) for kind in _table()["members"].get(value, ()))


@cache
def fits(type_name: str, property_name: str) -> bool:
    """Whether a thing of a type may be the value of a property."""
    allowed = value_types(property_name) - _DATA_TYPES
    return not ancestors(type_name).isdisjoint(allowed)


@cache
def only_data(property_name: str) -> frozenset[str]:
    """The data types of a property's values if it takes no plain text; else nothing."""
    types = value_types(property_name)
    kinds = frozenset(kind for each in types for kind in ancestors(each) & _DATA_TYPES)
    return (
        kinds
        if types and "Text" not in kinds and kinds and types == types & _DATA_TYPES | _kinds_of(types)
        else frozenset()
    )


def _kinds_of(types: frozenset[str]) -> frozenset[str]:
    """Those types that are kinds of data types: ``URL``, ``Integer``."""
    return frozenset(each for each in types if ancestors(each) & _DATA_TYPES)
