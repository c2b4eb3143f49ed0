"""Structured data of one page: that it can be read, that its terms exist and fit, that it is complete."""

from collections.abc import Iterator
from functools import lru_cache, partial
from typing import Any, NamedTuple

import orjson

from shopwright.seo.gate import vocabulary
from shopwright.seo.gate.parts import PARTS
from shopwright.seo.gate.required import NEEDS
from shopwright.seo.gate.values import Check, checks_of, is_gtin, wrong_gtin, wrong_value

Json = dict[str, Any]
Broken = tuple[str, str]

_KEYWORDS = frozenset({"@context", "@type", "@id", "@graph", "@value", "@language"})
_MOST_DEEP = 64
_THINGS = frozenset(
    {"aggregateRating", "author", "brand", "hasMerchantReturnPolicy", "offers", "review", "reviewRating",
     "shippingDetails", "shippingRate"}
)  # fmt: skip
"""Properties whose value search engines read as a thing only."""


class Described(NamedTuple):
    """What the structured data of a page says.

    ``addresses`` are the absolute addresses in it, ``named`` the ``@id`` that are only named, each with the property
    that names it, ``defined`` those that are described, ``things`` every object with a type, outer ones first.
    """

    broken: list[Broken]
    addresses: list[str]
    named: list[tuple[str, str]]
    defined: list[tuple[str, Json]]
    things: list[Json]


def read_things(text: str) -> Described:
    """Read one JSON-LD script."""
    seen = Described([], [], [], [], [])
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        seen.broken.append(("bad-json-ld", str(error)))
        return seen
    for root in value if isinstance(value, list) else [value]:
        _read_root(root, seen)
    if not value:
        seen.broken.append(("bad-json-ld", "nothing is described"))
    return seen


def _read_root(root: object, seen: Described) -> None:
    if not isinstance(root, dict):
        seen.broken.append(("bad-json-ld", "an object is expected"))
        return
    context = root.get("@context")
    if not isinstance(context, str) or context.rstrip("/") not in ("https://schema.org", "http://schema.org"):
        seen.broken.append(("bad-json-ld", "no @context of schema.org"))
    graph = root.get("@graph")
    for node in graph if isinstance(graph, list) else [root]:
        if isinstance(node, dict):
            _read_node(node, "", seen, 0)
        else:
            seen.broken.append(("bad-json-ld", "an object is expected in @graph"))


def _read_node(node: Json, held_by: str, seen: Described, depth: int) -> None:
    """Read a thing, which is the value of the property ``held_by``."""
    if depth > _MOST_DEEP:
        seen.broken.append(("bad-json-ld", "things are nested without end"))
        return
    identifier = node.get("@id")
    if isinstance(identifier, str):
        if len(node) == 1:
            seen.named.append((identifier, held_by))
            return
        seen.defined.append((identifier, node))
    kind = node.get("@type")
    if not isinstance(kind, str):
        seen.broken.append(("unknown-type", f"a thing without @type{f' as {held_by}' if held_by else ''}"))
        return
    kind = vocabulary.plain_name(kind)
    seen.things.append(node)
    seen.broken.extend(_shape(kind, tuple(node), held_by))
    for name, value in node.items():
        if not name.startswith("@"):
            _read_value(name, value, seen, depth)
    if kind in PARTS:
        seen.broken.extend(PARTS[kind](node))


def _read_value(name: str, value: object, seen: Described, depth: int) -> None:
    if type(value) is str:
        if value.startswith("http"):
            seen.addresses.append(value)
        if name in _THINGS:
            seen.broken.append(("bad-value", f"{name} is a text, no thing: {value[:60]!r}"))
        _check_text(name, value, seen)
    elif type(value) is dict:
        _read_node(value, name, seen, depth + 1)
    elif type(value) is list:
        for each in value:
            _read_value(name, each, seen, depth + 1)
    elif value is None:
        seen.broken.append(("bad-value", f"{name} is null"))
    elif type(value) is not bool:
        _check_text(name, str(value), seen)


def _check_text(name: str, value: str, seen: Described) -> None:
    rule, checks = _checks(name)
    if rule == "bad-value" and not value.strip():
        seen.broken.append((rule, f"{name} is empty"))
        return
    for check in checks:
        if not check(value):
            return
    if checks:
        seen.broken.append((rule, wrong_value(name, value) if rule == "bad-value" else wrong_gtin(name, value)))


@lru_cache(maxsize=1_024)
def _checks(name: str) -> tuple[str, tuple[Check, ...]]:
    """The rule that a value of a property breaks if none of the checks is content with it."""
    if is_gtin(name):
        return "bad-gtin", (partial(wrong_gtin, name),)
    return "bad-value", checks_of(name) if vocabulary.is_property(name) else ()


@lru_cache(maxsize=4_096)
def _shape(kind: str, names: tuple[str, ...], held_by: str) -> tuple[Broken, ...]:
    """What is wrong with a thing of a type with these properties; most things of a store have the same few shapes."""
    if not vocabulary.is_type(kind):
        return (("unknown-type", kind[:60]),)
    return (*_names(kind, names), *_held(kind, held_by), *_needs(kind, names, held_by))


def _names(kind: str, names: tuple[str, ...]) -> Iterator[Broken]:
    for name in names:
        plain = vocabulary.plain_name(name)
        if name in _KEYWORDS:
            continue
        if not vocabulary.is_property(plain):
            yield "unknown-property", f"{name[:60]} of {kind}"
        elif not vocabulary.has_property(kind, plain):
            yield "unknown-property", f"{kind} has no {plain}"


def _held(kind: str, held_by: str) -> Iterator[Broken]:
    if misfit(kind, held_by):
        yield "bad-value", f"{held_by} is no {kind}"


def misfit(kind: str, held_by: str) -> bool:
    """Whether a thing of a type cannot be the value of a property."""
    kind = vocabulary.plain_name(kind)
    known = vocabulary.is_type(kind) and vocabulary.is_property(held_by)
    return known and not vocabulary.fits(kind, held_by)


def _needs(kind: str, names: tuple[str, ...], held_by: str) -> Iterator[Broken]:
    """What is missing; a variant has what its group says for all of them."""
    needs = NEEDS.get(kind)
    if needs is None:
        return
    for group in needs.required:
        if not any(name in names for name in group):
            yield "missing-property", f"{' or '.join(group)} of {kind}"
    for name in () if held_by == "hasVariant" else needs.recommended:
        if name not in names:
            yield "recommended-property", f"{name} of {kind}"
