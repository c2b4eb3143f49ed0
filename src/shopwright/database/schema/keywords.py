"""JSON Schema 2020-12, as models give it, in the words of the server's ``$jsonSchema`` (draft 4 with BSON types).

What is not known here is refused: the server would refuse it too, or worse, mean something else by it.
"""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from shopwright.database.schema.patterns import name_pattern, server_pattern
from shopwright.errors import DatabaseError

Schema = dict[str, Any]

_ANNOTATIONS = {
    *("title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly", "discriminator"),
    *("$comment", "contentMediaType", "$defs"),
}
"""Words that allow and forbid nothing."""

_AS_IT_IS = {
    "bsonType",
    "encrypt",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "minProperties",
    "maxProperties",
    "uniqueItems",
}

_TYPES: dict[str, str | list[str]] = {
    "string": "string",
    "boolean": "bool",
    "null": "null",
    "object": "object",
    "array": "array",
    "integer": ["int", "long"],
    "number": ["double", "int", "long"],
}
_FORMATS = {"date", "email"}
"""Of texts; other formats belong to types that BSON cannot keep."""

_SMALLEST, _LARGEST = -(2**63), 2**63 - 1


class Converter:
    """Converts the schema of one model: references become what they refer to."""

    def __init__(self, schema: Schema, where: str) -> None:
        self._schema = schema
        self._definitions: Schema = schema.get("$defs", {})
        self._where = where
        self._open: list[str] = []

    def convert(self) -> Schema:
        """The ``$jsonSchema``. Raises ``DatabaseError`` that names the model and the word."""
        return self._of(self._schema)

    def _of(self, schema: Any) -> Schema:  # noqa: ANN401 - a schema may be true or false
        if schema is True or not schema.keys() - _ANNOTATIONS:
            raise self._refused("a value of any kind", "declare it FreeForm")
        if "$ref" in schema:
            return self._referred(schema["$ref"].rpartition("/")[2])
        found: Schema = {}
        for word, rule in schema.items():
            if word not in _ANNOTATIONS:
                found |= self._word(word, rule, schema)
        return found

    def _referred(self, name: str) -> Schema:
        if name in self._open:
            raise self._refused(f"{name}, which contains itself", "bound its depth by models of their own")
        self._open.append(name)
        found = self._of(self._definitions[name])
        self._open.pop()
        return found

    def _word(self, word: str, rule: Any, schema: Schema) -> Schema:  # noqa: ANN401 - rules are of every type
        if word in _AS_IT_IS:
            return {word: rule}
        translate = self._WORDS.get(word)
        if translate is None:
            raise self._refused(f"the rule {word}", "say it in a validator of the model")
        return translate(self, rule, schema)

    def _type(self, rule: Any, _: Schema) -> Schema:  # noqa: ANN401 - as above
        return {"bsonType": _TYPES[rule]}

    def _format(self, rule: str, _: Schema) -> Schema:
        if rule not in _FORMATS:
            raise self._refused(f"the format {rule}", "times are Moment, other kinds text")
        return {}

    def _pattern(self, rule: str, _: Schema) -> Schema:
        pattern = server_pattern(rule)
        return {"pattern": pattern} if pattern else {}

    def _enum(self, rule: list[Any], _: Schema) -> Schema:
        return {"enum": list({(type(value), value): value for value in rule}.values())}

    def _const(self, rule: Any, _: Schema) -> Schema:  # noqa: ANN401 - as above
        return {"enum": [rule]}

    def _multiple_of(self, rule: float, schema: Schema) -> Schema:
        """Of whole numbers only: multiples of fractions are a matter of rounding."""
        return {"multipleOf": rule} if schema.get("type") == "integer" and rule <= _LARGEST else {}

    def _minimum(self, rule: float, schema: Schema) -> Schema:
        exclusive = schema.get("exclusiveMinimum")
        return {} if exclusive is not None and exclusive >= rule else _bound("minimum", rule)

    def _maximum(self, rule: float, schema: Schema) -> Schema:
        exclusive = schema.get("exclusiveMaximum")
        return {} if exclusive is not None and exclusive <= rule else _bound("maximum", rule)

    def _exclusive_minimum(self, rule: float, schema: Schema) -> Schema:
        return {} if schema.get("minimum", _SMALLEST) > rule else _bound("minimum", rule, exclusive="exclusiveMinimum")

    def _exclusive_maximum(self, rule: float, schema: Schema) -> Schema:
        return {} if schema.get("maximum", _LARGEST) < rule else _bound("maximum", rule, exclusive="exclusiveMaximum")

    def _properties(self, rule: Schema, _: Schema) -> Schema:
        return {"properties": {name: self._of(each) for name, each in rule.items()}}

    def _required(self, rule: list[str], _: Schema) -> Schema:
        return {"required": rule} if rule else {}

    def _additional(self, rule: Any, schema: Schema) -> Schema:  # noqa: ANN401 - as above
        if "propertyNames" in schema:
            return {}
        return {"additionalProperties": rule is not False and self._of(rule)}

    def _names(self, rule: Schema, schema: Schema) -> Schema:
        """What the values of keys by name hold stands in another word, depending on what the names are."""
        rule = self._definitions[rule["$ref"].rpartition("/")[2]] if "$ref" in rule else rule
        patterns = schema.get("patternProperties") or {None: schema.get("additionalProperties")}
        (pattern, values), *_ = patterns.items()
        if "enum" in rule or "const" in rule:
            names = rule.get("enum", [rule.get("const")])
            return {"properties": dict.fromkeys(names, self._of(values)), "additionalProperties": False}
        named = {**rule, "pattern": pattern} if pattern else rule
        return {"patternProperties": {name_pattern(named): self._of(values)}, "additionalProperties": False}

    def _patterns(self, rule: Schema, schema: Schema) -> Schema:
        if "propertyNames" in schema:
            return {}
        named = {name_pattern({"pattern": name}): self._of(each) for name, each in rule.items()}
        return {"patternProperties": named, "additionalProperties": False}

    def _items(self, rule: Any, _: Schema) -> Schema:  # noqa: ANN401 - as above
        return {"items": self._of(rule)} if rule is not False else {}

    def _prefix(self, rule: list[Any], _: Schema) -> Schema:
        return {"items": [self._of(each) for each in rule], "additionalItems": False}

    def _any(self, rule: list[Any], _: Schema) -> Schema:
        return {"anyOf": [self._of(each) for each in rule]}

    def _all(self, rule: list[Any], _: Schema) -> Schema:
        return {"allOf": [self._of(each) for each in rule]}

    def _refused(self, what: str, remedy: str) -> DatabaseError:
        return DatabaseError(f"The server cannot check {what}", where=self._where, remedy=f"Instead, {remedy}.")

    _WORDS: ClassVar[Mapping[str, Callable[["Converter", Any, Schema], Schema]]] = {
        "type": _type,
        "format": _format,
        "pattern": _pattern,
        "enum": _enum,
        "const": _const,
        "multipleOf": _multiple_of,
        "minimum": _minimum,
        "maximum": _maximum,
        "exclusiveMinimum": _exclusive_minimum,
        "exclusiveMaximum": _exclusive_maximum,
        "properties": _properties,
        "required": _required,
        "additionalProperties": _additional,
        "propertyNames": _names,
        "patternProperties": _patterns,
        "items": _items,
        "prefixItems": _prefix,
        "anyOf": _any,
        "oneOf": _any,
        "allOf": _all,
    }


def _bound(word: str, rule: float, exclusive: str | None = None) -> Schema:
    """A bound, unless every 64-bit number is within it."""
    if not _SMALLEST <= rule <= _LARGEST:
        return {}
    return {word: rule, exclusive: True} if exclusive else {word: rule}
