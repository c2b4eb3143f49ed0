"""Markets: groups of countries that a store sells to in one currency, and the languages it does so in."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Annotated

from pydantic import AfterValidator, Field

from shopwright.catalog.money import Currency, known_currencies
from shopwright.catalog.product import Name, Value
from shopwright.catalog.territory import Country
from shopwright.catalog.text import LocaleCode


def is_known_currency(code: str) -> str:
    """Return a currency code, or raise ``ValueError`` if CLDR knows no such currency."""
    if code not in known_currencies():
        raise ValueError(f"{code!r} is not a currency of ISO 4217")
    return code


KnownCurrency = Annotated[Currency, AfterValidator(is_known_currency)]


class Market(Value):
    """Countries that are sold to in one currency. ``name`` is what variants' market prices call it.

    The pages of its ``locales`` show, and sell in, its ``currency``.
    """

    name: Name
    countries: Annotated[tuple[Country, ...], Field(min_length=1, max_length=250)]
    currency: KnownCurrency
    locales: Annotated[tuple[LocaleCode, ...], Field(min_length=1, max_length=50)]


def refuse_confused(markets: Sequence[Market], locales: Iterable[str]) -> None:
    """Raise ``ValueError`` for markets that leave open which one a name, a country or a page belongs to."""
    for what, values in (
        ("market", [market.name for market in markets]),
        ("country", [country for market in markets for country in market.countries]),
        ("locale", [locale for market in markets for locale in market.locales]),
    ):
        twice = [value for value, times in Counter(values).items() if times > 1]
        if twice:
            raise ValueError(f"the {what} {twice[0]} stands twice in markets")
    known = set(locales)
    for market in markets:
        unknown = [locale for locale in market.locales if locale not in known]
        if unknown:
            raise ValueError(f"the market {market.name} has the locale {unknown[0]}, which is none of the store's")
