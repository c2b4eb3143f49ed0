"""What stands in ``<head>`` for search engines and social networks."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape

from shopwright.seo.hreflang import alternates

LARGE_CARD = 300
"""Pixels of width from which a picture is shown large (Twitter cards)."""
_PREVIEW = "max-image-preview:large"
"""What a search engine may show of a page: its picture large, and as much text as it likes."""


@dataclass(frozen=True, slots=True)
class Meta:
    """What a page tells machines about itself. Addresses are absolute.

    ``alternates`` are (locale, address) of this page in every language, itself included; ``open_graph`` holds further
    properties in order; ``structured_data`` is JSON that may stand in a script element.
    """

    title: str
    description: str
    canonical: str | None
    site_name: str
    locale: str
    indexed: bool
    alternates: tuple[tuple[str, str], ...]
    default_locale: str
    open_graph: tuple[tuple[str, str], ...]
    image: Mapping[str, Any] | None
    structured_data: Markup | None


def head_markup(meta: Meta) -> Markup:
    """Title, description, canonical, hreflang with x-default, Open Graph, Twitter card, JSON-LD."""
    parts = [f"<title>{escape(meta.title)}</title>"]
    if meta.description:
        parts.append(_named("description", meta.description))
    parts.append(_named("robots", _PREVIEW if meta.indexed else "noindex, follow"))
    if meta.canonical:
        parts.append(f'<link rel="canonical" href="{escape(meta.canonical)}">')
    if meta.indexed:
        parts += _alternates(meta)
    parts += _social(meta)
    if meta.structured_data:
        parts.append(f'<script type="application/ld+json">{escape(meta.structured_data)}</script>')
    return Markup("\n".join(parts))  # noqa: S704 - every value above is escaped, once


def _named(name: str, content: str) -> str:
    return f'<meta name="{escape(name)}" content="{escape(content)}">'


def _alternate(code: str, url: str) -> str:
    return f'<link rel="alternate" hreflang="{escape(code)}" href="{escape(url)}">'


def _alternates(meta: Meta) -> list[str]:
    return [_alternate(code, url) for code, url in alternates(meta.alternates, meta.default_locale)]


def _social(meta: Meta) -> list[str]:
    given = dict(meta.open_graph)
    image = meta.image or {}
    properties = [
        ("og:type", given.pop("og:type", "website")),
        ("og:site_name", meta.site_name),
        ("og:title", meta.title),
        ("og:description", meta.description),
        ("og:url", meta.canonical or ""),
        ("og:locale", open_graph_locale(meta.locale)),
        *(("og:locale:alternate", open_graph_locale(other)) for other, _ in meta.alternates if other != meta.locale),
        *given.items(),
        *((f"og:image{part}", str(value)) for part, value in image.items()),
    ]
    shown = [f'<meta property="{escape(name)}" content="{escape(value)}">' for name, value in properties if value]
    large = int(image.get(":width") or LARGE_CARD) >= LARGE_CARD
    card = "summary_large_image" if image and large else "summary"
    return [*shown, _named("twitter:card", card), *_image_text(image)]


def _image_text(image: Mapping[str, Any]) -> list[str]:
    """The picture's text for Twitter cards, which take everything else from Open Graph."""
    return [_named("twitter:image:alt", image[":alt"])] if image.get(":alt") else []


@lru_cache(maxsize=256)
def open_graph_locale(code: str) -> str:
    """A BCP 47 locale as Open Graph writes it, language and country: ``de_AT``; ``de`` where no country is named."""
    language, *parts = code.split("-")
    country = next((part for part in parts if part.isupper()), None)
    return f"{language}_{country}" if country else language
