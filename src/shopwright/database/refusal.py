"""Why a validator refused a document: the server's explanation, flattened, without any value."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_REASONS = {
    "minimum": "is below the minimum",
    "maximum": "is above the maximum",
    "minLength": "is shorter than allowed, which is",
    "maxLength": "is longer than allowed, which is",
    "minItems": "has fewer elements than allowed, which is",
    "maxItems": "has more elements than allowed, which is",
    "minProperties": "has fewer keys than allowed, which is",
    "maxProperties": "has more keys than allowed, which is",
    "bsonType": "is not of type",
    "type": "is not of type",
    "enum": "is none of",
    "pattern": "does not match",
    "multipleOf": "is not a multiple of",
    "uniqueItems": "holds an element twice",
}

Refusal = tuple[str, str]


def refusals(error_info: Mapping[str, Any]) -> list[str]:
    """One text for each rule that was broken: ``price.amount: is below the minimum 0``."""
    found = list(dict.fromkeys(_of(error_info.get("details", {}), ())))
    return [f"{path or 'the document'}: {reason}" for path, reason in found] or ["It breaks the schema"]


def _of(node: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[Refusal]:
    for inner, here in _inside(node, path):
        yield from _of(inner, here)
    if node.get("operatorName") in _LISTS:
        yield from _listed(node, path)
    elif not any(key in node for key in _NESTS):
        yield from _reason(node, path)


def _inside(node: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[tuple[Mapping[str, Any], tuple[str, ...]]]:
    if "propertyName" in node:
        path = (*path, str(node["propertyName"]))
    if "itemIndex" in node:
        path = (*path, str(node["itemIndex"]))
    for key in _NESTS:
        inner = node.get(key, [])
        for each in inner if isinstance(inner, Sequence) else [inner]:
            yield (each, path) if isinstance(each, Mapping) else ({}, path)


_NESTS = ("schemaRulesNotSatisfied", "propertiesNotSatisfied", "details", "schemasNotSatisfied")
_LISTS = {"required": "missingProperties", "additionalProperties": "additionalProperties"}


def _listed(node: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[Refusal]:
    what = "is missing" if node["operatorName"] == "required" else "is not known"
    for name in node.get(_LISTS[node["operatorName"]], []):
        yield ".".join((*path, str(name))), what


def _reason(node: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[Refusal]:
    operator = str(node.get("operatorName", ""))
    if not operator:
        return
    rule = node.get("specifiedAs", {}).get(operator)
    said = _REASONS.get(operator, f"breaks the rule {operator}")
    yield ".".join(path), f"{said} {rule}" if operator in _REASONS and operator != "uniqueItems" else said
