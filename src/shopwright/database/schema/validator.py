"""The validator of a model: what the server lets into the collection."""

from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from shopwright.database.schema.keywords import Converter, Schema


class _Stored(GenerateJsonSchema):
    """A model's schema with the types that BSON has and JSON has not."""

    def bytes_schema(self, schema: core_schema.BytesSchema) -> JsonSchemaValue:  # noqa: ARG002 - Pydantic's signature
        """Bytes are kept as bytes."""
        return {"bsonType": "binData"}


@cache
def _validator(model: type[BaseModel]) -> Schema:
    stored = model.model_json_schema(by_alias=True, mode="serialization", schema_generator=_Stored)
    return {"$jsonSchema": Converter(stored, model.__name__).convert()}


def validator(model: type[BaseModel]) -> dict[str, Any]:
    """The validator of a model's collection.

    Raises ``DatabaseError`` for a model with something the server cannot check: a type that contains itself, a value of
    any kind, a time that is no ``Moment``.
    """
    return _validator(model)
