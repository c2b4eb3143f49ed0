"""What a cart comes to, by the catalogue alone: what a browser says of prices or stock is compared, never used."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from shopwright.generation.prices import Asked, asked_in

Json = dict[str, Any]
State = Literal["ok", "price_changed", "limited", "unavailable", "unknown"]
"""``limited``: there are fewer than asked for. ``unavailable``: it is not sold now, or not in the market."""


@dataclass(frozen=True, slots=True)
class Line:
    """What is in the cart: a variant of a product, how often, and the price (minor units) the shopper was shown."""

    product: str
    variant: str
    quantity: int
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class CheckedLine:
    """What it comes to: ``quantity`` is how many can be had, ``price`` and ``total`` are in minor units."""

    line: Line
    state: State
    quantity: int = 0
    price: Asked | None = None
    title: str = ""

    @property
    def total(self) -> int:
        """Price times quantity."""
        return self.price.amount * self.quantity if self.price else 0


def check_cart(
    lines: Sequence[Line], products: Mapping[str, Json], instant: dt.datetime, market: Json | None
) -> tuple[CheckedLine, ...]:
    """Each line by the records of its product, at an instant, in a market (its record; None: the store's own)."""
    left: dict[tuple[str, str], int] = {}
    return tuple(_checked(line, products.get(line.product), instant, market, left) for line in lines)


def _checked(
    line: Line, product: Json | None, instant: dt.datetime, market: Json | None, left: dict[tuple[str, str], int]
) -> CheckedLine:
    variants = product.get("variants", ()) if product and product.get("status", "active") == "active" else ()
    variant = next((each for each in variants if each["id"] == line.variant), None)
    if product is None or variant is None:
        return CheckedLine(line, "unknown")
    price = asked_in(variant, instant, market)
    if price is None or variant.get("availability") == "out_of_stock":
        return CheckedLine(line, "unavailable", title=product["title"])
    quantity = _granted(line, variant, left)
    if not quantity:
        return CheckedLine(line, "unavailable", title=product["title"])
    state: State = "limited" if quantity < line.quantity else "ok"
    if state == "ok" and line.seen is not None and line.seen != price.amount:
        state = "price_changed"
    return CheckedLine(line, state, quantity, price, product["title"])


def _granted(line: Line, variant: Json, left: dict[tuple[str, str], int]) -> int:
    """How many of a variant a line gets, when lines before it had some; more can be had of what is made to order."""
    if variant.get("quantity") is None or variant.get("availability") in ("preorder", "backorder"):
        return line.quantity
    place = (line.product, line.variant)
    stock = left.get(place, int(variant["quantity"]))
    granted = min(line.quantity, stock)
    left[place] = stock - granted
    return granted
