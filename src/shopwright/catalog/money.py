"""Money: whole minor units of an ISO 4217 currency; never a float."""

import re
from decimal import Decimal
from functools import cache
from typing import Annotated

from babel import Locale, UnknownLocaleError
from babel.numbers import get_currency_precision, get_currency_symbol, list_currencies
from pydantic import BaseModel, ConfigDict, Field

MAX_AMOUNT = 10**12
"""Largest amount in minor units: ten milliards of a two-decimal currency."""

_PLAIN = re.compile(r"[0-9]{1,12}(\.[0-9]{1,6})?")

Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$", description="ISO 4217 code, for example EUR")]


class Money(BaseModel):
    """An amount of money: ``amount`` in minor units (cents for EUR, whole yen for JPY) and its currency."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    amount: Annotated[int, Field(ge=0, le=MAX_AMOUNT)]
    currency: Currency


@cache
def known_currencies() -> frozenset[str]:
    """ISO 4217 codes that Babel's CLDR data knows."""
    return frozenset(list_currencies())


def currency_symbol(currency: str, language: str) -> str:
    """What a language writes for a currency (CLDR), such as "€"; nothing for a language it does not know."""
    try:
        return str(get_currency_symbol(currency, Locale.parse(language, sep="-")))
    except (UnknownLocaleError, ValueError):
        return ""


@cache
def minor_digits(currency: str) -> int:
    """Digits after the decimal point of a currency (CLDR): 2 for EUR, 0 for JPY, 3 for KWD."""
    return int(get_currency_precision(currency))


def parse_money(text: str, currency: str) -> Money:
    """Read a plain decimal such as ``1299.50`` exactly.

    Raises ``ValueError`` for anything else: signs, grouping, exponents, more decimals than the currency has.
    """
    if not _PLAIN.fullmatch(text):
        raise ValueError(f"{text[:40]!r} is not a price such as 129.50")
    amount = Decimal(text).scaleb(minor_digits(currency))
    if amount != amount.to_integral_value():
        raise ValueError(f"{text[:40]!r} has more decimals than {currency} has")
    if amount > MAX_AMOUNT:
        raise ValueError(f"{text[:40]!r} is above the largest price")
    return Money(amount=int(amount), currency=currency)


def decimal_text(money: Money) -> str:
    """The exact plain decimal of an amount, for files and structured data: ``1299.50``."""
    digits = minor_digits(money.currency)
    return f"{Decimal(money.amount).scaleb(-digits):.{digits}f}"
