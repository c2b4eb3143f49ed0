"""What a listing or a search of a kept catalogue says of a product, and from where the next page goes on."""

import base64
import binascii
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import orjson

from shopwright.errors import ChangeRefused

MAX_LISTED = 1_000


class Order(StrEnum):
    """What products are listed by: titles from A to Z, lowest price first, newest first."""

    TITLE = "title"
    PRICE = "price"
    CREATED = "created"


@dataclass(frozen=True, slots=True)
class Listed:
    """One product of a listing: ``price`` is its lowest in minor units of ``currency``, ``None`` if it has none."""

    handle: str
    title: str
    brand: str | None
    status: str
    price: int | None
    currency: str
    revision: int

    def as_json(self) -> dict[str, Any]:
        """The object ``shopwright catalog find --json`` prints."""
        return {
            "handle": self.handle,
            "title": self.title,
            "brand": self.brand,
            "status": self.status,
            "price": self.price,
            "currency": self.currency,
            "revision": self.revision,
        }


@dataclass(frozen=True, slots=True)
class Page:
    """Some products, and from where the next page goes on: empty after the last."""

    products: tuple[Listed, ...]
    next: str = ""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which products: of a collection, a brand, a state; with none of them every active one."""

    collection: str | None = None
    brand: str | None = None
    status: str = "active"
    order: Order = Order.TITLE


def write_place(values: tuple[object, ...]) -> str:
    """A place in an order as a token."""
    return base64.urlsafe_b64encode(orjson.dumps(values)).decode().rstrip("=")


def read_place(token: str) -> tuple[object, ...] | None:
    """The place of a token, ``None`` for an empty one. Raises ``ChangeRefused`` for one that was not given out."""
    if not token:
        return None
    try:
        padded = token.encode("ascii") + b"=" * (-len(token) % 4)
        values = orjson.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (UnicodeEncodeError, binascii.Error, orjson.JSONDecodeError):
        values = None
    if not isinstance(values, list) or not all(isinstance(value, str | int) for value in values):
        raise ChangeRefused("the place to go on from is none that a page gave.", where="--after")
    return tuple(values)
