"""What a page may load at most, so that it is quick on a slow connection: sizes on the wire, compressed by brotli."""

from collections.abc import Mapping

from shopwright.asset_pipeline.bundles import brotli_size
from shopwright.errors import ThemeError

MOST_SCRIPT = 30 << 10
"""Bytes of scripts that a page loads, not counting what comes after the shopper's consent."""

MOST_STYLE = 15 << 10
"""Bytes of styles that a page loads."""

_EVERYWHERE = "site"


def page_sizes(bundles: Mapping[str, bytes]) -> dict[str, int]:
    """Bytes each kind of page loads, from the bundles by name: ``site.css``, ``site.js``, ``product.js``.

    The keys are ``styles``, ``scripts`` and ``scripts of product pages``.
    """
    sizes = {name: brotli_size(data) for name, data in bundles.items()}
    shared = sizes.get(f"{_EVERYWHERE}.js", 0)
    own = {name.removesuffix(".js"): size for name, size in sizes.items() if name.endswith(".js")}
    kinds = {f"scripts of {kind} pages": shared + size for kind, size in own.items() if kind != _EVERYWHERE}
    return {"styles": sizes.get(f"{_EVERYWHERE}.css", 0), "scripts": shared, **kinds}


def check_budgets(bundles: Mapping[str, bytes], theme: str) -> None:
    """Raise ThemeError when a page of the theme would load more than it may."""
    for what, size in page_sizes(bundles).items():
        most = MOST_STYLE if what == "styles" else MOST_SCRIPT
        if size > most:
            raise ThemeError(
                f"the {what} are {size:,} bytes compressed; at most {most:,} are allowed.",
                where=f"theme {theme}",
                remedy="Take out what is not needed, or load it after the page.",
            )
