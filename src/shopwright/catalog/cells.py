"""Typed readings of single cells. What cannot be read is reported and left out."""

import datetime as dt
import re
from typing import Any

from shopwright.catalog.draft import Import
from shopwright.catalog.money import Money
from shopwright.catalog.prices import read_price
from shopwright.catalog.product import Availability, Condition
from shopwright.catalog.row import Row
from shopwright.catalog.text import is_gtin

_TRUE = frozenset({"true", "1", "yes", "y", "ja", "wahr", "x", "on"})
_FALSE = frozenset({"false", "0", "no", "n", "nein", "falsch", "off", "-1"})
_NUMBER = re.compile(r"[-+]?[0-9]{1,12}(?:[.,][0-9]{1,9})?")
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?(Z|[+-]\d{2}:?\d{2})?")
GRAMS = {"g": 1.0, "kg": 1_000.0, "lb": 453.59237, "lbs": 453.59237, "oz": 28.349523125}
"""Grams in a unit of weight (the international avoirdupois pound is 0.45359237 kg exactly)."""


def flag(row: Row, name: str, run: Import, *, default: bool) -> bool:
    """A yes or no."""
    text = row.get(name).casefold()
    if text in _TRUE:
        return True
    if text and text not in _FALSE:
        run.note("flag-unknown", row, name, f"{text[:40]!r} is neither yes nor no.")
    return default if text not in _FALSE else False


def price(row: Row, name: str, run: Import) -> Money | None:
    """The price that is asked: missing, zero and unreadable prices are reported."""
    text = row.get(name)
    read = read_price(text, run.store.currency)
    if read.code:
        shown = f"The price {text[:40]!r}" if text else "The price is missing:"
        found = {
            "price-missing": "There is no price.",
            "price-zero": "The price is 0.",
            "price-rounded": f"{shown} has more decimals than {run.store.currency} has.",
            "price-ambiguous": f"{shown} can be read in two ways.",
            "price-currency": f"{shown} is not in {run.store.currency}, the currency of the store.",
        }.get(read.code, f"{shown} is not a price.")
        run.note(read.code, row, name, found)
    return read.money


def other_price(row: Row, name: str, run: Import, code: str, currency: str | None = None) -> Money | None:
    """A price besides the one that is asked: empty and zero mean none; ``code`` reports what cannot be read.

    It is in the store's currency unless another is named.
    """
    currency = currency or run.store.currency
    read = read_price(row.get(name), currency)
    if read.money is None and read.code not in ("price-missing", "price-zero"):
        run.note(code, row, name, f"{row.get(name)[:40]!r} is not a price in {currency}.")
    return read.money


def compare_at(row: Row, name: str, asked: Money | None, run: Import) -> Money | None:
    """The earlier price, if it is above the price that is asked."""
    earlier = other_price(row, name, run, "compare-at-invalid")
    if earlier and asked and earlier.amount <= asked.amount:
        run.note("compare-at-not-higher", row, name, f"{row.get(name)[:40]!r} is not above the price.")
        return None
    return earlier


def sale(row: Row, asked: Money | None, names: tuple[str, str, str], run: Import) -> dict[str, Any] | None:
    """A lower price, for a time if dates are given; ``names`` are the fields of its price, start and end.

    Times without a zone are UTC; an end date without a time counts as a whole day.
    """
    reduced = other_price(row, names[0], run, "sale-invalid")
    if reduced is None or asked is None:
        return None
    try:
        starts = read_time(row.get(names[1]), dt.timedelta())
        ends = read_time(row.get(names[2]), dt.timedelta(days=1))
    except (ValueError, OverflowError):
        run.note("sale-invalid", row, names[1], "The dates of the sale cannot be read.")
        return None
    if reduced.amount >= asked.amount or (starts and ends and starts >= ends):
        run.note("sale-invalid", row, names[0], "The sale is no lower price for a time.")
        return None
    return {"price": reduced, "starts": starts, "ends": ends}


def read_time(text: str, whole_day: dt.timedelta) -> dt.datetime | None:
    """A date, or a date and time, UTC unless it names a zone; ``whole_day`` is added to a date without a time.

    Raises ``ValueError`` or ``OverflowError`` for anything else.
    """
    if not text:
        return None
    found = _DATE.fullmatch(text)
    if not found:
        raise ValueError(f"{text[:40]!r} is no date")
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    zone = dt.datetime.fromisoformat(f"2000-01-01T00:00:00{found.group(7) or 'Z'}").tzinfo
    time = dt.datetime(year, month, day, hour, minute, second, tzinfo=zone).astimezone(dt.UTC)
    return time if found.group(4) else time + whole_day


def number(text: str) -> float | None:
    """A decimal number, with a point or a comma; ``None`` for anything else."""
    return float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None


def quantity(row: Row, name: str, run: Import) -> int | None:
    """Pieces in stock; negative stock (sold more than there was) counts as none."""
    text = row.get(name)
    value = number(text)
    if text and (value is None or value > 10**9):
        run.note("quantity-invalid", row, name, f"{text[:40]!r} is not a number of pieces.")
        return None
    if value is not None and value < 0:
        run.note("quantity-negative", row, name, f"The stock is {text[:40]}.")
    return None if value is None else max(0, int(value))


def grams(row: Row, name: str, unit: str, run: Import) -> float | None:
    """A weight in grams; 0 means unknown."""
    text = row.get(name)
    value = number(text)
    if text and (value is None or value < 0 or value * GRAMS[unit] > 1_000_000):
        run.note("weight-invalid", row, name, f"{text[:40]!r} is not a weight.")
        return None
    return round(value * GRAMS[unit], 3) if value else None


def gtin(row: Row, name: str, run: Import, custom: dict[str, str]) -> str | None:
    """A GTIN with a right check digit; any other barcode is kept as a custom field."""
    text = row.get(name).lstrip("'")
    if not text:
        return None
    try:
        return is_gtin(re.sub(r"[ -]", "", text))
    except ValueError as error:
        run.note("gtin-invalid", row, name, f"{error}.")
        custom[row.column(name) or name] = text
        return None


def condition(row: Row, name: str, run: Import) -> Condition:
    """Whether goods are new, refurbished or used; new where nothing is said."""
    text = row.get(name).casefold()
    if text and text not in set(Condition):
        run.note("condition-unknown", row, name, f"{text[:40]!r} is no condition.")
    return Condition(text) if text in set(Condition) else Condition.NEW


def stock(pieces: int | None, *, backorder: bool) -> dict[str, Any]:
    """Quantity and availability from the pieces in stock; an unknown quantity is in stock."""
    if pieces is None or pieces > 0:
        return {"quantity": pieces, "availability": Availability.IN_STOCK}
    return {"quantity": pieces, "availability": Availability.BACKORDER if backorder else Availability.OUT_OF_STOCK}


def split_list(text: str, separator: str = ",") -> tuple[str, ...]:
    """Values parted by a separator, trimmed, without empty ones; a backslash and a comma is a comma within a value."""
    if "\\" not in text:
        return tuple(part.strip() for part in text.split(separator) if part.strip())
    parts = re.split(rf"(?<!\\){re.escape(separator)}", text)
    return tuple(part.replace(f"\\{separator}", separator).strip() for part in parts if part.strip())
