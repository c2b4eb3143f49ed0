"""The fields of a model by the names that queries and changes use: how they are stored, and what they may hold."""

import re
from collections.abc import Iterator
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from shopwright.database.encoding import encode
from shopwright.errors import DatabaseError, DocumentRefused

_STRICT = ConfigDict(strict=True, allow_inf_nan=False)
_SEQUENCES = (tuple, list)
_NO_KEY = re.compile("$|\\$|.*[\0\ud800-\udfff]", re.DOTALL)
"""Operators, and what no key may be."""


def stored_path(model: type[BaseModel], path: str) -> str:
    """The path in the database: ``id`` is ``_id`` there. Raises ``DatabaseError`` for a field that is not declared."""
    return _stored_path(model, path)


def checked(model: type[BaseModel], path: str, value: object) -> object:
    """A value for the whole field, as it is stored. Raises ``DocumentRefused`` when the field cannot hold it."""
    return _checked(_whole(model, path), f"{model.__name__}.{path}", value)


def checked_element(model: type[BaseModel], path: str, value: object) -> object:
    """A value to compare with the field, or with each element where the field holds several. Raises as above."""
    return _checked(_element(model, path), f"{model.__name__}.{path}", value)


def _checked(adapter: "TypeAdapter[Any]", where: str, value: object) -> object:
    try:
        stored = adapter.dump_python(adapter.validate_python(value), by_alias=True)
    except ValidationError as error:
        raise refused(where, error) from None
    encode({"value": stored}, where)
    return stored


def refused(where: str, error: ValidationError) -> DocumentRefused:
    """What a model says of a value, without the value: it may be somebody's personal data."""
    faults = error.errors(include_input=False, include_url=False, include_context=False)
    named = (f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}".removeprefix(": ") for fault in faults[:5])
    return DocumentRefused("; ".join(named), where=where)


@cache
def _stored_path(model: type[BaseModel], path: str) -> str:
    return ".".join(name for name, _ in _walk(model, path))


@cache
def _whole(model: type[BaseModel], path: str) -> "TypeAdapter[Any]":
    *_, (_, annotation) = _walk(model, path)
    return _adapter(annotation)


@cache
def _element(model: type[BaseModel], path: str) -> "TypeAdapter[Any]":
    *_, (_, annotation) = _walk(model, path)
    elements = [get_args(part)[0] for part in _alternatives(annotation) if get_origin(part) in _SEQUENCES]
    return _adapter(elements[0] if elements else annotation)


def _adapter(annotation: Any) -> "TypeAdapter[Any]":  # noqa: ANN401 - an annotation may be anything
    """Strict, except for models, which say so themselves."""
    is_model = any(isinstance(part, type) and issubclass(part, BaseModel) for part in _alternatives(annotation))
    return TypeAdapter(annotation) if is_model else TypeAdapter(annotation, config=_STRICT)


def _walk(model: type[BaseModel], path: str) -> Iterator[tuple[str, Any]]:
    """The stored name and the annotation, with its constraints, of each step."""
    here: Any = model
    for name in path.split("."):
        stored, here = _step(here, name, f"{model.__name__}.{path}")
        yield stored, here


def _step(here: Any, name: str, where: str) -> tuple[str, Any]:  # noqa: ANN401 - as above
    for part in _alternatives(here):
        if get_origin(part) in _SEQUENCES:
            return _step(get_args(part)[0], name, where)
        if get_origin(part) is dict and not _NO_KEY.match(name):
            return name, get_args(part)[1]
        if isinstance(part, type) and issubclass(part, BaseModel) and name in part.model_fields:
            field = part.model_fields[name]
            annotation = Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
            return field.serialization_alias or field.alias or name, annotation
    raise DatabaseError("There is no such field", where=where)


def _alternatives(annotation: Any) -> list[Any]:  # noqa: ANN401 - as above
    """The types of a union but ``None``, without what annotates them."""
    if get_origin(annotation) is Annotated:
        return _alternatives(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return [part for member in get_args(annotation) for part in _alternatives(member)]
    return [] if annotation is NoneType else [annotation]
