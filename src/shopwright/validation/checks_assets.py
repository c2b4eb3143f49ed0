"""Checks on the styles and scripts of the built example store."""

from collections.abc import Callable, Sequence
from pathlib import Path

from shopwright.asset_pipeline.bundles import bundle_scripts, bundle_styles
from shopwright.catalog.store_file import read_store
from shopwright.template_engine.theme import load_theme
from shopwright.validation.checkout import EXAMPLE, Checkout
from shopwright.validation.pages import read_pages
from shopwright.validation.registry import Result, check

MOST_SCRIPTS = 2
"""Bundles a page may load: the one of every page and the one of its kind."""

LEFT = 0.01
"""Share that minifying once more may still save: more, and the bundle was not minified."""


@check("A1")
def bundles(checkout: Checkout) -> Result:
    """Styles and scripts are smaller than what they were made from, minified to the end, and few to a page."""
    theme = load_theme(read_store(checkout.root / EXAMPLE / "store.yaml").theme)
    scripts = [file for files in theme.scripts.values() for file in files]
    css, css_saved = _saved(checkout.example, "*.css", theme.styles, bundle_styles)
    js, js_saved = _saved(checkout.example, "*.js", scripts, bundle_scripts)
    sheets, loaded = _most_loaded(checkout.example)
    return Result(
        f"{len(theme.styles)} styles in {css}, {css_saved:.0%} smaller; {len(scripts)} scripts in {js}, "
        f"{js_saved:.0%} smaller; at most {sheets} and {loaded} a page",
        passed=css_saved > 0 and js_saved > 0 and sheets == 1 and loaded <= MOST_SCRIPTS,
    )


def _saved(
    site: Path,
    pattern: str,
    sources: Sequence[tuple[str, bytes]],
    bundle: Callable[[Sequence[tuple[str, bytes]]], bytes],
) -> tuple[int, float]:
    """How many files are published, and by what share they are smaller; nothing saved where they could be minified."""
    published = [file.read_bytes() for file in sorted((site / "assets").rglob(pattern))]
    again = sum(len(bundle([("", data)])) for data in published)
    size, source = sum(map(len, published)), sum(len(data) for _, data in sources)
    minified = published and again >= size * (1 - LEFT)
    return len(published), 1 - size / source if minified and source else 0.0


def _most_loaded(site: Path) -> tuple[int, int]:
    """Most style sheets and most scripts that a page loads."""
    loaded = [(len(page.linked("stylesheet")), len(page.scripts)) for page in read_pages(site)]
    return max((sheets for sheets, _ in loaded), default=0), max((scripts for _, scripts in loaded), default=0)
