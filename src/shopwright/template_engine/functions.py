"""The functions of the theme API that make markup: pictures, swatches, stars, data for scripts and search engines.

They take the plain values described in ``docs/reference/theme-api.md`` and return ``Markup``: everything from outside
is checked and escaped here, once. They raise ``ValueError`` for what they do not accept (``arguments.py``).
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import orjson
from markupsafe import Markup, escape

from shopwright.template_engine.arguments import a_mapping, a_number, a_text, a_whole, an_identifier

Picture = Mapping[str, Any]

MOST_SOURCES = 8
LARGEST_SIDE = 100_000
URL_LENGTH = 4_096
URL_SCHEMES = frozenset({"https", "http", "mailto", "tel"})
NOWHERE = "#"
"""What ``url`` makes of an address that must not stand in a page."""

_SWATCH = Markup(
    '<svg class="swatch" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">'
    '<circle cx="10" cy="10" r="9.5" fill="{}" class="swatch-color"/></svg>'
)
_STARS = "M10 1.6" + "m20 0".join(["l2.6 5.3 5.8.8-4.2 4.1 1 5.8-5.2-2.7-5.2 2.7 1-5.8-4.2-4.1 5.8-.8z"] * 5)
_COLOR = re.compile(r"#[0-9A-Fa-f]{3,8}")
_PLACEHOLDER = re.compile(r"[0-3]{3}( [a-z-]{1,20})?")
_SCHEME = re.compile(r"([^/?#:]*):")
_UNFIT = re.compile(r"[\x00-\x20\x7f-\x9f\\]")


def picture(picture: Picture, sizes: str, eager: bool = False, css: str = "", alt: str | None = None) -> Markup:
    """A ``<picture>`` with one ``<source>`` per format but the last, which is the ``<img>``.

    ``eager`` marks the one picture the first screen waits for: it is loaded early, all others when they come near.
    """
    shown = a_mapping(picture, "picture", "picture")
    *sources, fallback = _sources(shown)
    shapes = escape(a_text(sizes, "picture", "sizes"))
    style = escape(a_text(css, "picture", "css"))
    text = escape(a_text(shown.get("alt") if alt is None else alt, "picture", "alt"))
    loading = ' fetchpriority="high"' if eager else ' loading="lazy"'
    parts = [f'<picture class="{style}">' if style else "<picture>"]
    parts += [
        f'<source type="{escape(source["type"])}" srcset="{escape(source["srcset"])}" sizes="{shapes}">'
        for source in sources
    ]
    srcset = f' srcset="{escape(fallback["srcset"])}" sizes="{shapes}"' if fallback["srcset"] else ""
    width, height = _side(shown, "width"), _side(shown, "height")
    parts.append(
        f'<img src="{escape(fallback["src"])}"{srcset} width="{width}" height="{height}"'
        f' alt="{text}" class="ph-{_placeholder(shown)}"{loading} decoding="async"></picture>'
    )
    return Markup("".join(parts))


def _sources(shown: Picture) -> list[dict[str, str]]:
    """The sources of a picture: ``type``, ``srcset`` and ``src`` of each are text."""
    given = shown.get("sources")
    if isinstance(given, list) and 0 < len(given) <= MOST_SOURCES and all(map(_is_source, given)):
        return given
    raise ValueError("picture(): picture must be one that the page was given, whole")


def _is_source(given: object) -> bool:
    return (
        isinstance(given, dict)
        and isinstance(given.get("type"), str)
        and isinstance(given.get("srcset"), str)
        and isinstance(given.get("src"), str)
    )


def _side(shown: Picture, name: str) -> int:
    return a_whole(shown.get(name), "picture", name, 1, LARGEST_SIDE)


def _placeholder(shown: Picture) -> str:
    given = shown.get("placeholder")
    if isinstance(given, str) and _PLACEHOLDER.fullmatch(given):
        return given
    raise ValueError("picture(): placeholder must be three digits from 0 to 3, and a class")


@lru_cache(maxsize=1_024)
def _swatch(color: str) -> Markup:
    return _SWATCH.format(color)


def swatch(color: Mapping[str, str | None]) -> Markup:
    """A round sample of a colour; without ``hex``, such as ``#1b1b1f``, an empty ring."""
    given = a_mapping(color, "swatch", "color").get("hex")
    return _swatch(given if isinstance(given, str) and _COLOR.fullmatch(given) else "none")


@lru_cache(maxsize=64)
def _stars(tenths: int) -> Markup:
    width = tenths * 2
    return Markup(
        '<svg class="stars" viewBox="0 0 100 20" width="100" height="20" aria-hidden="true" focusable="false">'
        f'<path class="star-off" d="{_STARS}"/>'
        f'<svg width="{width}" height="20" viewBox="0 0 {width} 20"><path class="star-on" d="{_STARS}"/></svg></svg>'
    )


def stars(value: float) -> Markup:
    """Five stars, filled to a value between 0 and 5 in steps of a tenth."""
    return _stars(round(min(max(a_number(value, "stars", "value"), 0.0), 5.0) * 10))


def url(value: str | None) -> str:
    """An address that may stand in ``href``, ``src`` or ``action``: plain text, to be escaped like any other.

    Relative addresses and those of ``URL_SCHEMES`` are given back; whatever else (another scheme, another host without
    one, blanks, backslashes, controls, too long, none) becomes ``NOWHERE``.
    """
    if value is None:
        return NOWHERE
    given = str(a_text(value, "url", "value")).strip(" \t\r\n")
    scheme = _SCHEME.match(given)
    fit = given and len(given) <= URL_LENGTH and not given.startswith("//") and not _UNFIT.search(given)
    return given if fit and (scheme is None or scheme[1].lower() in URL_SCHEMES) else NOWHERE


def data(identifier: str, value: object) -> Markup:
    """Data for scripts: a JSON block that the browser does not execute; ``<``, ``>``, ``&`` are written as escapes."""
    name = an_identifier(identifier, "data", "id")
    return Markup(f'<script type="application/json" id="{name}">{_json("data", value)}</script>')


def json_ld(value: Mapping[str, Any]) -> Markup:
    """Structured data in the terms of schema.org, if it names no other ``@context``."""
    thing = {"@context": "https://schema.org", **a_mapping(value, "json_ld", "value")}
    return Markup(f'<script type="application/ld+json">{_json("json_ld", thing)}</script>')


def _json(called: str, value: object) -> Markup:
    try:
        return json_text(value)
    except orjson.JSONEncodeError as error:
        raise ValueError(f"{called}(): value must be plain data: {error}") from error


def json_text(value: object) -> Markup:
    """JSON that may stand in a ``<script>`` element: no character in it can end the element or open a comment."""
    text = orjson.dumps(value).decode()
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))
