"""Which fields of a document are sealed: encrypted before they leave the process, readable only with the tenant's key.

A model says it by the type of a field: ``email: Findable[str]``, ``name: Sealed[str]``, ``factors: Sealed[tuple[Factor,
...]]``, ``phone: Sealed[str] | None``. Code that reads and writes documents sees the plain value; the database sees
bytes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType, UnionType
from typing import Annotated, Any, Protocol, TypeAlias, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, GetJsonSchemaHandler
from pydantic.fields import FieldInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from shopwright.errors import DatabaseError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Seal:
    """Marks a field of a document as sealed.

    ``findable``: equal values are sealed to equal bytes, so that a declared query may ask for equality and an index may
    be unique. Whoever reads the database then sees which documents agree, and may guess values of which there are few:
    so only for what is looked up. Else equal values look different each time.
    """

    findable: bool = False

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """What the server may see: bytes of BSON subtype 6, or nothing."""
        sealed: JsonSchemaValue = {"encrypt": {}}
        plain = handler.resolve_ref_schema(handler(schema))
        absent = {"type": "null"}
        return {"anyOf": [sealed, absent]} if absent in plain.get("anyOf", ()) else sealed


Sealed: TypeAlias = Annotated[T, Seal()]
"""A value that only who has the tenant's key can read."""

Findable: TypeAlias = Annotated[T, Seal(findable=True)]
"""A sealed value that documents are looked for by: of equal values the database sees that they are equal."""


class FieldCipher(Protocol):
    """Seals and opens with one tenant's key. Raises ``EncryptionError``, ``DatabaseUnavailable``."""

    async def seal(self, plain: bytes, *, findable: bool) -> bytes:
        """What is stored: binary of BSON subtype 6."""

    async def open(self, sealed: bytes) -> bytes:
        """What was sealed."""


@cache
def seals_of(model: type[BaseModel]) -> Mapping[str, Seal]:
    """The sealed fields of a document, by their stored names.

    Raises ``DatabaseError`` for a sealed id, and for a sealed field inside a part: the whole field is to be sealed.
    """
    for name, field in model.model_fields.items():
        seal = _seal_of(field)
        if seal and name == "id":
            raise DatabaseError("An id cannot be sealed", where=model.__name__)
        if not seal and _holds_sealed(field.annotation):
            raise DatabaseError("Only a whole field can be sealed", where=f"{model.__name__}.{name}")
    fields = ((field.alias or name, _seal_of(field)) for name, field in model.model_fields.items())
    return MappingProxyType({name: seal for name, seal in fields if seal})


def _seal_of(field: FieldInfo) -> Seal | None:
    """Beside the field's own marks, those of ``Sealed[...] | None``."""
    union = get_args(field.annotation) if get_origin(field.annotation) in (Union, UnionType) else ()
    members = [mark for part in union for mark in getattr(part, "__metadata__", ())]
    return next((mark for mark in (*field.metadata, *members) if isinstance(mark, Seal)), None)


def _holds_sealed(annotation: Any) -> bool:  # noqa: ANN401 - an annotation may be anything
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return any(_seal_of(field) or _holds_sealed(field.annotation) for field in annotation.model_fields.values())
    return any(isinstance(part, Seal) or _holds_sealed(part) for part in get_args(annotation))
