"""The form of values in structured data: prices, currencies, dates, addresses, check digits, enumerations."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from shopwright.catalog.money import known_currencies
from shopwright.seo.gate.languages import is_language, is_region
from shopwright.seo.gate.vocabulary import enumerations, is_member, only_data, plain_name

_DATE = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
_DATE_TIME = re.compile(_DATE.pattern + r"(T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?")
_PRICE = re.compile(r"\d{1,13}(\.\d{1,6})?")
_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,9})?")
_WEB = re.compile(r"https?://[^\s<>\"]+\Z")
_GTIN_LENGTHS: Mapping[str, tuple[int, ...]] = {
    "gtin": (8, 12, 13, 14),
    "gtin8": (8,),
    "gtin12": (12,),
    "gtin13": (13,),
    "gtin14": (14,),
}

Check = Callable[[str], str]
"""What is wrong with a value; empty if nothing is."""


def check_digit_is_right(digits: str) -> bool:
    """Whether the last digit of a GTIN is the one that the others give (GS1 General Specifications, 7.9)."""
    weighted = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(digits)))
    return weighted % 10 == 0


def wrong_gtin(name: str, value: str) -> str:
    """What is wrong with the value of a ``gtin…`` property."""
    if not value.isascii() or not value.isdigit() or len(value) not in _GTIN_LENGTHS[name]:
        return f"{name} {value[:30]!r} has not the length of one"
    return "" if check_digit_is_right(value) else f"{name} {value!r} has a wrong check digit"


def is_gtin(name: str) -> bool:
    """Whether a property holds a GTIN."""
    return name in _GTIN_LENGTHS


def _matching(pattern: re.Pattern[str], form: str) -> Check:
    def check(value: str) -> str:
        return "" if pattern.fullmatch(value) else f"is no {form}"

    return check


def _currency(value: str) -> str:
    return "" if value in known_currencies() else "is no currency of ISO 4217"


def _language(value: str) -> str:
    return "" if is_language(value) else "is no language"


def _country(value: str) -> str:
    return "" if is_region(value) else "is no country code of ISO 3166-1"


_rated = _matching(re.compile(r"\d{1,9}(\.\d{1,9})?"), "number")
_date = _matching(_DATE_TIME, "date of ISO 8601")
_CHECKS: Mapping[str, Check] = {
    "price": _matching(_PRICE, "price such as 129.50"),
    "lowPrice": _matching(_PRICE, "price such as 129.50"),
    "highPrice": _matching(_PRICE, "price such as 129.50"),
    "priceCurrency": _currency,
    "currency": _currency,
    "addressCountry": _country,
    "applicableCountry": _country,
    "returnPolicyCountry": _country,
    "inLanguage": _language,
    "email": _matching(re.compile(r"(mailto:)?[^\s@<>]{1,64}@[^\s@<>]{1,255}"), "address of e-mail"),
    **dict.fromkeys(("ratingValue", "bestRating", "worstRating", "ratingCount", "reviewCount"), _rated),
    "datePublished": _date,
    "dateModified": _date,
    "priceValidUntil": _date,
    "validFrom": _date,
    "validThrough": _date,
    "image": _matching(_WEB, "absolute address"),
    "logo": _matching(_WEB, "absolute address"),
    "url": _matching(_WEB, "absolute address"),
    "item": _matching(_WEB, "absolute address"),
    "sameAs": _matching(_WEB, "absolute address"),
    "availability": lambda value: _member(value, frozenset({"ItemAvailability"})),
    "itemCondition": lambda value: _member(value, frozenset({"OfferItemCondition"})),
}
_DATA_CHECKS: Mapping[str, Check] = {
    "Number": _matching(_NUMBER, "number"),
    "Date": _date,
    "DateTime": _date,
    "Boolean": _matching(re.compile(r"(https?://schema\.org/)?([Tt]rue|[Ff]alse)"), "truth value"),
}


def _member(value: str, of: frozenset[str]) -> str:
    known = value.startswith(("https://schema.org/", "http://schema.org/")) and is_member(plain_name(value), of)
    return "" if known else f"is no member of {' or '.join(sorted(of))}"


@lru_cache(maxsize=512)
def checks_of(name: str) -> tuple[Check, ...]:
    """The checks of a property's text values: its value passes if one of them finds nothing wrong."""
    if name in _CHECKS:
        return (_CHECKS[name],)
    listed = enumerations(name)
    if listed:
        return (lambda value: _member(value, listed),)
    return tuple(_DATA_CHECKS[kind] for kind in sorted(only_data(name)) if kind in _DATA_CHECKS)


def wrong_value(name: str, value: str) -> str:
    """What is wrong with a text or number that a property has; empty if nothing is."""
    checks = checks_of(name)
    wrongs = [check(value) for check in checks]
    return f"{name} {value[:80]!r} {wrongs[0]}" if wrongs and all(wrongs) else ""
