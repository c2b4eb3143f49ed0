"""Prices, sales and stock. Amounts are cents."""

from random import Random
from typing import Any

from examples.eyewear.frames import Design

SALES = {
    "running": ("2026-11-20T00:00:00Z", "2026-12-08T00:00:00Z"),
    "open": ("2026-10-01T00:00:00Z", None),
    "past": ("2026-06-01T00:00:00Z", "2026-07-01T00:00:00Z"),
    "coming": ("2027-01-02T00:00:00Z", "2027-01-31T00:00:00Z"),
}
"""Sales by kind: when they start and end."""

DIRHAMS = 4.3
"""Of the market Gulf for one euro: what this shop asks, not what a bank would pay."""
SENT_FROM = "2026-12-14"
"""The day from which what is ordered ahead is sent."""


def price_fields(design: Design) -> dict[str, Any]:
    """Price fields of a variant, and what it costs in the market Gulf, whose prices this shop sets itself."""
    own = _price_fields(design)
    return {**own, "markets": [{"market": "Gulf", **{name: _in_dirhams(value) for name, value in own.items()}}]}


def is_reduced(design: Design) -> bool:
    """Whether a frame has a sale or an earlier, higher price."""
    return len(_price_fields(design)) > 1


def _price_fields(design: Design) -> dict[str, Any]:
    """Most frames have a plain price, some a sale or an earlier, higher price."""
    random = Random(f"{design.name} price")
    kind = random.choices(("", "running", "open", "past", "coming", "was"), (84, 5, 3, 2, 2, 4))[0]
    if not kind:
        return {"price": euros(design.price)}
    lower = _rounded(design.price * random.choice((0.7, 0.75, 0.8, 0.85)))
    if kind == "was":
        return {
            "price": euros(lower),
            "compare_at_price": euros(design.price),
            "lowest_price_30_days": euros(design.price),
        }
    starts, ends = SALES[kind]
    sale = {"price": euros(lower), "starts": starts, **({"ends": ends} if ends else {})}
    before = _rounded(design.price * random.choice((0.9, 1.0, 1.0)))
    return {"price": euros(design.price), "sale": sale, "lowest_price_30_days": euros(max(before, lower))}


def euros(cents: int) -> dict[str, Any]:
    """Money as the format writes it."""
    return {"amount": cents, "currency": "EUR"}


def _in_dirhams(value: dict[str, Any]) -> dict[str, Any]:
    """A price or sale in dirhams, in whole steps of five."""
    if "price" in value:
        return {**value, "price": _in_dirhams(value["price"])}
    return {"amount": round(value["amount"] * DIRHAMS / 500) * 500, "currency": "AED"}


def _rounded(cents: float) -> int:
    """The nearest price that ends in .90, or the same price if nothing was taken off."""
    return round((cents + 10) / 100) * 100 - 10 if cents % 100 else int(cents)


def stock(random: Random, design: Design) -> dict[str, Any]:
    """Availability and quantity: mostly in stock, sometimes sold out; the newest can be ordered ahead."""
    if design.created and (design.created.year, design.created.month) >= (2026, 11):
        return {"availability": "preorder", "available_from": SENT_FROM}
    kind = random.choices(("in_stock", "out_of_stock", "backorder"), (88, 9, 3))[0]
    if kind == "in_stock":
        return {"quantity": random.choice((1, 2, 3, 5, 8, 12, 18, 25, 40))}
    return {"availability": kind, "quantity": 0}
