import pytest

from shopwright.database.schema.keywords import Converter
from shopwright.errors import DatabaseError


def converted(schema):
    return Converter(schema, "Thing").convert()


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": "integer", "title": "Count"}, {"bsonType": ["int", "long"]}),
        ({"type": "number", "exclusiveMinimum": 0}, {"minimum": 0, "exclusiveMinimum": True}),
        ({"type": "number", "minimum": 0, "exclusiveMinimum": 0}, {"minimum": 0, "exclusiveMinimum": True}),
        ({"type": "number", "minimum": 1, "exclusiveMinimum": 0}, {"minimum": 1}),
        ({"type": "number", "maximum": 5, "exclusiveMaximum": 5}, {"maximum": 5, "exclusiveMaximum": True}),
        ({"type": "number", "maximum": 4, "exclusiveMaximum": 5}, {"maximum": 4}),
        ({"type": "integer", "maximum": 2**70, "minimum": -(2**70)}, {}),
        ({"type": "integer", "multipleOf": 3}, {"multipleOf": 3}),
        ({"type": "number", "multipleOf": 0.1}, {}),
        ({"type": "string", "const": "a"}, {"enum": ["a"]}),
        ({"enum": [1, True, 1, "a"]}, {"enum": [1, True, "a"]}),
        ({"type": "string", "pattern": r"\bword"}, {}),
        ({"type": "object", "additionalProperties": False}, {"additionalProperties": False}),
        (
            {"type": "object", "properties": {"a": {"type": "null"}}, "required": []},
            {"properties": {"a": {"bsonType": "null"}}},
        ),
        (
            {"type": "array", "prefixItems": [{"type": "null"}]},
            {"items": [{"bsonType": "null"}], "additionalItems": False},
        ),
        ({"type": "array", "items": False}, {}),
        ({"oneOf": [{"type": "null"}]}, {"anyOf": [{"bsonType": "null"}]}),
        ({"allOf": [{"type": "null"}]}, {"allOf": [{"bsonType": "null"}]}),
        (
            {"type": "object", "additionalProperties": {"type": "null"}, "propertyNames": {"const": "a"}},
            {"properties": {"a": {"bsonType": "null"}}, "additionalProperties": False},
        ),
    ],
)
def test_words_are_translated(schema, expected):
    found = converted(schema)
    found.pop("bsonType", None) if "bsonType" not in expected else None
    assert found == expected


def test_references_are_replaced_by_what_they_mean():
    schema = {"$defs": {"A": {"type": "null"}}, "anyOf": [{"$ref": "#/$defs/A"}, {"$ref": "#/$defs/A"}]}
    assert converted(schema) == {"anyOf": [{"bsonType": "null"}, {"bsonType": "null"}]}


@pytest.mark.parametrize("word", ["if", "contains", "dependentRequired", "unevaluatedProperties", "x-mine"])
def test_words_without_counterpart_are_refused(word):
    with pytest.raises(DatabaseError, match=f"Thing: The server cannot check the rule {word}"):
        converted({"type": "string", word: {}})


@pytest.mark.parametrize("schema", [True, {}, {"title": "Anything"}])
def test_a_value_of_any_kind_is_refused(schema):
    with pytest.raises(DatabaseError, match="declare it FreeForm"):
        converted({"type": "array", "items": schema})
