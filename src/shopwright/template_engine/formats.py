"""Numbers, money, dates and names as a language writes them (CLDR, through Babel)."""

import datetime as dt
from decimal import Decimal
from functools import cache, lru_cache

from babel import Locale
from babel.core import get_global
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, format_percent, get_currency_precision


@cache
def locale_of(code: str) -> Locale:
    """Babel's locale for a BCP 47 code such as ``de-AT``."""
    return Locale.parse(code, sep="-")


def regions_of(code: str) -> tuple[str, ...]:
    """A locale and the regions it follows, the nearest first (CLDR, parent locales): ``en-AU`` and ``en-001``."""
    parent: str | None = get_global("parent_exceptions").get(code.replace("-", "_"))
    return (code, *(regions_of(parent.replace("_", "-")) if parent and parent != "root" else ()))


def script_of(code: str) -> str:
    """The script a locale is written in, by its ISO 15924 code (CLDR, likely subtags)."""
    locale = locale_of(code)
    likely = get_global("likely_subtags").get(locale.language, "und_Latn_ZZ")
    return locale.script or likely.split("_")[1]


def direction(code: str) -> str:
    """``rtl`` for Arabic, Hebrew, Persian …, else ``ltr``."""
    return "rtl" if locale_of(code).text_direction == "rtl" else "ltr"


def language_name(code: str) -> str:
    """A language in its own words: ``Deutsch (Österreich)``."""
    name = locale_of(code).get_display_name(code.replace("-", "_")) or code
    return name[:1].upper() + name[1:]


def country_name(code: str, locale: str) -> str:
    """A country of ISO 3166-1 in a language: ``Deutschland``; the code itself where CLDR has no name."""
    return str(locale_of(locale).territories.get(code, code))


_SEPARATORS = {"Arab": "، ", "Jpan": "、", "Hans": "、", "Hant": "、"}


def list_separator(code: str) -> str:
    """What stands between the entries of a list in the script of a locale: ``, ``, in Arabic ``، ``."""
    return _SEPARATORS.get(script_of(code), ", ")


@lru_cache(maxsize=8_192)
def format_money(amount: int, currency: str, locale: str) -> str:
    """An amount in minor units: ``129,00 €``."""
    value = Decimal(amount).scaleb(-get_currency_precision(currency))
    return str(format_currency(value, currency, locale=locale_of(locale)))


@lru_cache(maxsize=2_048)
def format_number(value: float, digits: int, locale: str) -> str:
    """A number with at most ``digits`` decimals and the language's grouping."""
    pattern = "#,##0" + ("." + "#" * digits if digits else "")
    return str(format_decimal(value, format=pattern, locale=locale_of(locale)))


@lru_cache(maxsize=256)
def format_reduction(amount: int, was: int, locale: str) -> str:
    """How much lower a price is, in whole per cent: ``−20 %``; rounded down, never promising more than is given."""
    percent = (was - amount) * 100 // was
    return str(format_percent(Decimal(-percent) / 100, locale=locale_of(locale)))


@lru_cache(maxsize=4_096)
def format_day(iso: str, locale: str) -> str:
    """A day: ``23. November 2026``."""
    return str(format_date(dt.date.fromisoformat(iso[:10]), format="long", locale=locale_of(locale)))


@lru_cache(maxsize=1_024)
def plural_category(count: int, locale: str) -> str:
    """The CLDR plural category of a count: ``one``, ``other``; Arabic also ``zero two few many``."""
    return str(locale_of(locale).plural_form(count))
