"""Countries of ISO 3166-1, and the codes that people write instead of them."""

from functools import cache
from typing import Annotated

from babel import Locale
from babel.core import get_global
from pydantic import AfterValidator, Field

_NO_COUNTRIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})
"""Territories of CLDR that are groups, tests or unknown: nobody sends a parcel there, and hreflang allows none."""


@cache
def countries() -> frozenset[str]:
    """The alpha-2 codes that stand for a country or territory (CLDR, and Kosovo's XK, which all shops use)."""
    codes = map(str, Locale("en").territories)
    return frozenset(code for code in codes if len(code) == 2 and code.isalpha()) - _NO_COUNTRIES


def suggested_country(code: str) -> str | None:
    """What was probably meant by a code that is none: ``GB`` for ``UK`` (CLDR's aliases of territories)."""
    found = get_global("territory_aliases").get(code.upper()) or ([code.upper()] if code.upper() in countries() else [])
    return found[0] if len(found) == 1 and found[0] in countries() else None


def is_country(code: str) -> str:
    """Return an alpha-2 code, or raise ``ValueError`` that suggests the right one."""
    if code in countries():
        return code
    meant = suggested_country(code)
    raise ValueError(f"{code[:20]!r} is not a country of ISO 3166-1" + (f": write {meant}" if meant else ""))


Country = Annotated[
    str,
    Field(pattern=r"^[A-Z]{2}$", description="ISO 3166-1 alpha-2 code, for example DE"),
    AfterValidator(is_country),
]
