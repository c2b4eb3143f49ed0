"""What the parts of a thing must be together: windows, ranges, positions."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal, DecimalException
from typing import Any

from shopwright.seo.gate.required import FINITE_RETURNS

Node = Mapping[str, Any]
Broken = Iterator[tuple[str, str]]


def _returns(node: Node) -> Broken:
    if node.get("returnPolicyCategory") == FINITE_RETURNS and "merchantReturnDays" not in node:
        yield "missing-property", "merchantReturnDays of a MerchantReturnPolicy with a window"
    if _number(node.get("merchantReturnDays", 0)) < 0:
        yield "bad-value", f"merchantReturnDays is {str(node['merchantReturnDays'])[:20]}"


def _offer(node: Node) -> Broken:
    if str(node.get("price", "1")).strip("0.") == "":
        yield "bad-value", "the price of an Offer is zero"


def _rating(node: Node) -> Broken:
    """Ratings are on a scale of 1 to 5 where no other is given (schema.org, bestRating and worstRating)."""
    least, most = node.get("worstRating", 1), node.get("bestRating", 5)
    value = node.get("ratingValue", least)
    if not _number(least) <= _number(value) <= _number(most):
        yield "bad-value", f"ratingValue {str(value)[:20]} is not from {str(least)[:20]} to {str(most)[:20]}"
    for name in ("ratingCount", "reviewCount"):
        if _number(node.get(name, 1)) < 1:
            yield "bad-value", f"{name} is {str(node[name])[:20]}"


def _range(node: Node) -> Broken:
    for name in ("value", "minValue", "maxValue"):
        if _number(node.get(name, 0)) < 0:
            yield "bad-value", f"{name} of {node.get('@type')} is {str(node[name])[:20]}"
    if "minValue" in node and "maxValue" in node and _number(node["minValue"]) > _number(node["maxValue"]):
        yield "bad-value", f"minValue {str(node['minValue'])[:20]} is above maxValue {str(node['maxValue'])[:20]}"


def _list(node: Node) -> Broken:
    items = node.get("itemListElement")
    if isinstance(items, list):
        positions = [item.get("position") for item in items if isinstance(item, dict)]
        whole = all(type(position) is int for position in positions)  # nor true, which equals 1
        if not whole or positions != list(range(1, len(items) + 1)):
            yield "bad-value", f"positions of {node['@type']} are not 1 to {len(items)}"


def _breadcrumbs(node: Node) -> Broken:
    yield from _list(node)
    items = node.get("itemListElement")
    if isinstance(items, list):
        if len(items) < 2:
            yield "missing-property", "a BreadcrumbList has at least two steps"
        if any(isinstance(item, dict) and "item" not in item for item in items[:-1]):
            yield "missing-property", "item of a step of BreadcrumbList"


def _number(value: object) -> Decimal:
    """A number as JSON or text; 1 for anything else, which other rules refuse."""
    try:
        number = Decimal(str(value)[:40])
    except DecimalException:
        return Decimal(1)
    return number if number.is_finite() else Decimal(1)


PARTS: Mapping[str, Callable[[Node], Broken]] = {
    "MerchantReturnPolicy": _returns,
    "Offer": _offer,
    "AggregateRating": _rating,
    "Rating": _rating,
    "MonetaryAmount": _range,
    "QuantitativeValue": _range,
    "ItemList": _list,
    "BreadcrumbList": _breadcrumbs,
}
"""The check of each type whose parts have to fit."""
