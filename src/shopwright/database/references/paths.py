"""Where in a document a reference stands: a field, or a field of the things in a list (``variants.picture``)."""

from collections.abc import Iterator, Mapping
from typing import Any


def values_at(document: Mapping[str, Any], path: str) -> Iterator[Any]:
    """Every value that stands at a path, as MongoDB understands paths; nothing for what is missing or null."""
    yield from _values(document, path.split("."))


def _values(value: Any, parts: list[str]) -> Iterator[Any]:  # noqa: ANN401 - any BSON value
    if isinstance(value, list | tuple):
        for each in value:
            yield from _values(each, parts)
    elif not parts:
        if value is not None:
            yield value
    elif isinstance(value, Mapping):
        yield from _values(value.get(parts[0]), parts[1:])


def without(document: Mapping[str, Any], path: str, gone: Any) -> dict[str, Any]:  # noqa: ANN401 - any BSON value
    """The top field of a path as it is without a value: what a document is to be set to.

    A value in a list leaves it, as does the thing in a list whose field has it; a field of its own becomes null.
    """
    name, *rest = path.split(".")
    return {name: _without(document.get(name), rest, gone)}


def _without(value: Any, parts: list[str], gone: Any) -> Any:  # noqa: ANN401 - any BSON value
    if isinstance(value, list | tuple):
        return [each for each in value if gone not in _values(each, parts)]
    if not parts:
        return None if value == gone else value
    return {**value, parts[0]: _without(value.get(parts[0]), parts[1:], gone)} if isinstance(value, Mapping) else value
