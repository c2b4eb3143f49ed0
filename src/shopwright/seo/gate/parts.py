"""What the parts of a thing must be together: windows, ranges, positions."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal, DecimalException
from typing import Any

from shopwright.seo.gate.required import FINITE_RETURNS
from shopwright.seo.gate.vocabulary import plain_name

Node = Mapping[str, Any]
Broken = Iterator[tuple[str, str]]

_VARIES = frozenset({"color", "size", "material", "pattern", "suggestedAge", "suggestedGender"})
"""What variants may differ in (Google Search Central, Product variants)."""
_ONE_EACH = ("sku", "url", "gtin", "gtin8", "gtin12", "gtin13", "gtin14")
_UNITS = frozenset({"DAY", "HUR", "d", "h"})
"""Days and hours (UN/CEFACT Common Code)."""


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
        if _number(node.get("numberOfItems", len(items))) < len(items):
            yield "bad-value", f"numberOfItems is {str(node['numberOfItems'])[:20]}, {len(items)} are listed"
        yield from _twice((item.get("url") for item in items if isinstance(item, dict)), f"url of {node['@type']}")
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


def _group(node: Node) -> Broken:
    """What a group varies by is told of each variant; no two variants have one number or address."""
    listed = node.get("hasVariant")
    variants = [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
    varies = node.get("variesBy")
    for name in varies if isinstance(varies, list) else [varies]:
        plain = plain_name(str(name))
        if name is not None and plain not in _VARIES:
            yield "bad-value", f"variesBy {str(name)[:60]}"
        elif name is not None and any(plain not in each for each in variants):
            yield "missing-property", f"{plain} of a variant"
    for name in _ONE_EACH:
        yield from _twice((each.get(name) for each in variants), f"{name} of a variant")


def _twice(values: Iterable[object], what: str) -> Broken:
    texts = [value for value in values if type(value) is str]
    counts = Counter(texts) if len(set(texts)) < len(texts) else {}
    yield from (
        ("bad-value", f"{what} stands {times} times: {value[:100]}") for value, times in counts.items() if times > 1
    )


def _times(node: Node) -> Broken:
    """How long something takes is told with its unit."""
    for name in ("handlingTime", "transitTime", "duration"):
        value = node.get(name)
        if (
            isinstance(value, dict)
            and value.get("@type") == "QuantitativeValue"
            and value.get("unitCode") not in _UNITS
        ):
            yield "bad-value", f"unitCode of {name} is {str(value.get('unitCode'))[:20]}"


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
    "ProductGroup": _group,
    "ShippingDeliveryTime": _times,
    "ServicePeriod": _times,
}
"""The check of each type whose parts have to fit."""
