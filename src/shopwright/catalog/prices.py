"""Prices as other people write them: ``1,299.00``, ``1.299,00 €``, ``$66``, ``₹1700``, ``USD 12.50``."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from shopwright.catalog.money import MAX_AMOUNT, Money, minor_digits

SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "₹": "INR", "¥": "JPY", "₩": "KRW", "₺": "TRY", "₽": "RUB", "zł": "PLN"}
"""Currency signs and what they mean where nothing else is known. ``$`` and ``¥`` also stand for other currencies."""
_SHARED_SIGNS = {"$": ["AUD", "CAD", "HKD", "MXN", "NZD", "SGD", "TWD", "USD"], "¥": ["CNY", "JPY"]}
_PRICE = re.compile(
    r"([^\d\s.,+-]{0,4})\s*([-+]?[0-9][0-9.,'’ \u00a0\u202f]{0,30}|[-+]?[.,][0-9]{1,6})\s*([^\d\s.,]{0,4})"
)
_SPACES = re.compile(r"['’ \u00a0\u202f]")
_GROUPED = re.compile(r"[0-9]{1,3}([.,])[0-9]{3}(\1[0-9]{3})+")
_SPACED = re.compile(r"[-+]?[0-9]{1,3}(?:['’ \u00a0\u202f][0-9]{3})+(?:[.,][0-9]*)?")


@dataclass(frozen=True)
class Price:
    """A price read from a cell: ``money`` unless ``code`` says why not; ``code`` may also warn of a rounding."""

    money: Money | None
    code: str = ""


def currency_of_price(text: str) -> str | None:
    """The currency that a price names, by sign or ISO code; ``None`` if it names none."""
    found = _PRICE.fullmatch(text)
    mark = (found.group(1) or found.group(3)) if found else ""
    return SIGNS.get(mark) or (mark.upper() if re.fullmatch("[A-Za-z]{3}", mark) else None)


def read_price(text: str, currency: str) -> Price:
    """Read a price in a currency. Zero and empty are no price; what can be read in two ways is refused."""
    if not text:
        return Price(None, "price-missing")
    found = _PRICE.fullmatch(text)
    if not found:
        return Price(None, "price-invalid")
    if not _mark_fits(found.group(1) or found.group(3), currency):
        return Price(None, "price-currency")
    digits = found.group(2).strip()
    if _SPACES.search(digits) and not _SPACED.fullmatch(digits):
        return Price(None, "price-invalid")
    number = _decimal(_SPACES.sub("", digits), minor_digits(currency))
    if isinstance(number, str):
        return Price(None, number)
    return _amount(number, currency)


def _mark_fits(mark: str, currency: str) -> bool:
    named = SIGNS.get(mark, mark.upper())
    return not mark or named == currency or currency in _SHARED_SIGNS.get(mark, ())


def _decimal(digits: str, decimals: int) -> Decimal | str:
    """The number, or the code of the fault that keeps it from being one."""
    if digits.startswith("-"):
        return "price-invalid"
    digits = digits.lstrip("+")
    last = max(digits.rfind("."), digits.rfind(","))
    mark = digits[last] if last >= 0 else ""
    whole, fraction = (digits[:last], digits[last + 1 :]) if mark else (digits, "")
    if _GROUPED.fullmatch(digits):
        whole, fraction = digits, ""
    elif len(fraction) == 3 and decimals != 3 and not re.search("[.,]", whole):
        if mark == ".":
            return "price-ambiguous"
        whole, fraction = whole + fraction, ""
    if mark and mark in whole and fraction:
        return "price-invalid"
    whole = re.sub("[.,]", "", whole)
    return Decimal(f"{whole or 0}.{fraction or 0}") if (whole + fraction).isdigit() else "price-invalid"


def _amount(number: Decimal, currency: str) -> Price:
    exact = number.scaleb(minor_digits(currency))
    amount = exact.to_integral_value(rounding=ROUND_HALF_UP)
    if amount > MAX_AMOUNT:
        return Price(None, "price-invalid")
    if amount == 0:
        return Price(None, "price-zero")
    return Price(Money(amount=int(amount), currency=currency), "" if amount == exact else "price-rounded")
