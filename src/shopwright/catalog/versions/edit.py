"""Changing one thing by a JSON Merge Patch (RFC 7396): the result must be a product or collection like any other."""

from typing import Any, TypeVar

import orjson
from pydantic import ValidationError

from shopwright.catalog.money import Money
from shopwright.catalog.patch import apply_patch
from shopwright.catalog.product import Product, Value, Variant
from shopwright.errors import ChangeRefused

MAX_PATCH = 4_000_000
"""Bytes."""
MAX_DEPTH = 16
"""A product nests seven levels deep."""

Json = dict[str, Any]
Thing = TypeVar("Thing", bound=Value)


def read_merge_patch(data: bytes, where: str) -> Json:
    """A patch from outside. Raises ``ChangeRefused`` if it is no JSON object, too large, too deep or empty."""
    if len(data) > MAX_PATCH:
        raise ChangeRefused(f"the patch is larger than {MAX_PATCH:,} bytes.", where=where, remedy="Import a file.")
    try:
        patch = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise ChangeRefused(f"the patch is not JSON ({error}).", where=where, remedy="See RFC 7396.") from error
    if not isinstance(patch, dict) or not patch:
        raise ChangeRefused("the patch is not a JSON object with fields.", where=where, remedy='Give {"field": …}.')
    if _is_deep(patch):
        raise ChangeRefused(f"the patch nests deeper than {MAX_DEPTH} levels.", where=where)
    return patch


def _is_deep(value: object) -> bool:
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [inner for outer in level for inner in _inside(outer)]
    return bool(level)


def _inside(value: object) -> list[object]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def edited(kind: type[Thing], line: bytes, patch: Json, where: str) -> Thing:
    """The thing of a line with a patch applied. Raises ``ChangeRefused`` naming every field that is wrong.

    The handle is what a thing is known by: a patch cannot change it.
    """
    whole = orjson.loads(line)
    if patch.get("handle", whole["handle"]) != whole["handle"]:
        raise ChangeRefused("a patch cannot change the handle.", where=where, remedy="Import it under its new handle.")
    return checked(kind, apply_patch(whole, patch), where)


def checked(kind: type[Thing], whole: Json, where: str) -> Thing:
    """The thing a JSON object describes. Raises ``ChangeRefused`` naming every field that is wrong."""
    try:
        return kind.model_validate_json(orjson.dumps(whole))
    except (ValidationError, orjson.JSONEncodeError) as error:
        raise ChangeRefused(_faults(error), where=where, remedy="See the reference of the catalogue format.") from error


def refuse_other_currency(product: Product, currency: str, where: str) -> None:
    """Raise ``ChangeRefused`` if a price of the product itself is not in the store's currency."""
    for variant in product.variants:
        if any(price.currency != currency for price in _prices(variant)):
            raise ChangeRefused(f"the prices of variant {variant.id!r} are not in {currency}.", where=where)


def _prices(variant: Variant) -> list[Money]:
    sale = variant.sale.price if variant.sale else None
    given = (variant.price, variant.compare_at_price, sale, variant.lowest_price_30_days)
    return [price for price in given if price]


def _faults(error: ValidationError | orjson.JSONEncodeError) -> str:
    if not isinstance(error, ValidationError):
        return f"{error}."
    problems = error.errors(include_url=False, include_context=False)[:20]
    return "; ".join(f"{'.'.join(map(str, one['loc'])) or 'product'}: {one['msg']}" for one in problems) + "."
