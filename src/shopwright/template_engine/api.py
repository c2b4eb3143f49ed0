"""The theme API: the functions that every template may call, bound to one language of one store.

``docs/reference/theme-api.md`` describes them for authors. A call that was right stays right as long as the version is
the same; what is added changes nothing for themes that do not use it.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from markupsafe import Markup

from shopwright.template_engine import functions
from shopwright.template_engine.arguments import (
    LARGEST,
    a_currency,
    a_number,
    a_text,
    a_whole,
    a_word,
)
from shopwright.template_engine.formats import format_day, format_money, format_number, locale_of, plural_category
from shopwright.template_engine.frame_drawing import frame_drawing
from shopwright.template_engine.texts import Texts

Json = Mapping[str, Any]
Function = Callable[..., Any]

API_VERSION = 1
"""What ``api`` in a ``theme.yaml`` may say at most."""

THEME_FUNCTIONS: Mapping[str, str] = MappingProxyType(
    {
        "asset": "asset(name)",
        "card": "card(card, eager=false)",
        "collect": "collect(name, value)",
        "collected": "collected(name)",
        "data": "data(id, value)",
        "date": "date(iso)",
        "fragment": "fragment(name)",
        "frame_drawing": "frame_drawing(frame)",
        "head": "head()",
        "json_ld": "json_ld(value)",
        "money": "money(amount, currency=none)",
        "number": "number(value, digits=0)",
        "picture": 'picture(picture, sizes, eager=false, css="", alt=none)',
        "site_data": "site_data()",
        "stars": "stars(value)",
        "swatch": "swatch(color)",
        "t": "t(key, **values)",
        "url": "url(value)",
    }
)
"""Every function a template may call, with its signature. Besides them it may call its own macros and ``range``."""

MOST_DIGITS = 6


def bind_functions(locale: str, facts: Json) -> dict[str, Function]:
    """The functions that need nothing of the page, for a locale (BCP 47) and the facts of ``pages.Pages``."""
    _load_locale(locale)
    return {
        "asset": _asset(facts.get("files", {})),
        "data": functions.data,
        "frame_drawing": frame_drawing,
        "json_ld": functions.json_ld,
        "picture": functions.picture,
        "site_data": _site_data(facts["site_data"]),
        "stars": functions.stars,
        "swatch": functions.swatch,
        "t": _t(Texts(locale, facts["texts"], translated=True)),
        "url": functions.url,
        **_formats(locale, facts["site"]["currency"]),
    }


def _load_locale(locale: str) -> None:
    """Babel reads its data at first use; a confined worker has no files to read it from then."""
    locale_of(locale)
    plural_category(1, locale)
    format_number(1.5, 1, locale)
    format_money(1, "EUR", locale)
    format_day("2026-01-01", locale)


def _asset(files: Mapping[str, str]) -> Function:
    def asset(name: str) -> str:
        address = files.get(a_text(name, "asset", "name"))
        if address is None:
            raise ValueError(f"asset(): the theme has no file {name[:100]!r}; list it in theme.yaml under files")
        return address

    return asset


def _site_data(value: Json) -> Function:
    block = functions.data("site-data", value)

    def site_data() -> Markup:
        return block

    return site_data


def _t(texts: Texts) -> Function:
    def t(key: str, **values: object) -> str:
        if a_text(key, "t", "key") not in texts.entries:
            raise ValueError(f"t(): there is no interface text {key[:100]!r} in {texts.locale}")
        for name, value in values.items():
            if type(value) is not int:
                values[name] = a_word(value, "t", name)
        return texts.say(key, **values)

    return t


def _formats(locale: str, usual: str) -> dict[str, Function]:
    def date(iso: str) -> str:
        try:
            return format_day(a_text(iso, "date", "iso"), locale)
        except ValueError as error:
            raise ValueError("date(): iso must be a day such as 2026-11-23") from error

    def number(value: float, digits: int = 0) -> str:
        places = a_whole(digits, "number", "digits", 0, MOST_DIGITS)
        return format_number(a_number(value, "number", "value"), places, locale)

    def money(amount: int, currency: str | None = None) -> str:
        code = usual if currency is None else a_currency(currency, "money", "currency")
        return format_money(a_whole(amount, "money", "amount", 1 - LARGEST, LARGEST - 1), code, locale)

    return {"date": date, "number": number, "money": money}
