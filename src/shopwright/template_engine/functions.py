"""The functions of the theme API that make markup: pictures, swatches, stars, data for scripts.

They take the plain values described in ``docs/reference/theme-api.md`` and return ``Markup``: everything from outside
is escaped here, once.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import orjson
from markupsafe import Markup, escape

Picture = Mapping[str, Any]

_SWATCH = Markup(
    '<svg class="swatch" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">'
    '<circle cx="10" cy="10" r="9.5" fill="{}" class="swatch-color"/></svg>'
)
_STARS = "M10 1.6" + "m20 0".join(["l2.6 5.3 5.8.8-4.2 4.1 1 5.8-5.2-2.7-5.2 2.7 1-5.8-4.2-4.1 5.8-.8z"] * 5)


def picture(shown: Picture, sizes: str, eager: bool = False, css: str = "", alt: str | None = None) -> Markup:
    """A ``<picture>`` with one ``<source>`` per format but the last, which is the ``<img>``.

    ``eager`` marks the one picture the first screen waits for: it is loaded early, all others when they come near.
    """
    *sources, fallback = shown["sources"]
    text = shown["alt"] if alt is None else alt
    loading = ' fetchpriority="high"' if eager else ' loading="lazy"'
    parts = [f'<picture class="{escape(css)}">' if css else "<picture>"]
    parts += [
        f'<source type="{source["type"]}" srcset="{escape(source["srcset"])}" sizes="{escape(sizes)}">'
        for source in sources
    ]
    srcset = f' srcset="{escape(fallback["srcset"])}" sizes="{escape(sizes)}"' if fallback["srcset"] else ""
    parts.append(
        f'<img src="{escape(fallback["src"])}"{srcset} width="{shown["width"]}" height="{shown["height"]}"'
        f' alt="{escape(text)}" class="ph-{shown["placeholder"]}"{loading} decoding="async"></picture>'
    )
    return Markup("".join(parts))


@lru_cache(maxsize=1_024)
def _swatch(color: str) -> Markup:
    return _SWATCH.format(color)


def swatch(color: Mapping[str, str | None]) -> Markup:
    """A round sample of a colour; without ``hex`` an empty ring."""
    return _swatch(color.get("hex") or "none")


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
    return _stars(round(min(max(value, 0.0), 5.0) * 10))


def data(identifier: str, value: object) -> Markup:
    """Data for scripts: a JSON block that the browser does not execute; ``<``, ``>``, ``&`` are written as escapes."""
    return Markup('<script type="application/json" id="{}">{}</script>').format(identifier, json_text(value))


def json_text(value: object) -> Markup:
    """JSON that may stand in a ``<script>`` element: no character in it can end the element or open a comment."""
    text = orjson.dumps(value).decode()
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))
