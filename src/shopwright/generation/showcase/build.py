"""The showcase in one function: sample stores → stages in every theme and scheme → the reference → one folder."""

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit

from shopwright.asset_pipeline.tenant_cache import TenantCache
from shopwright.errors import SettingsError
from shopwright.generation.setup import LOCAL_URL
from shopwright.generation.showcase.exhibition import Exhibition
from shopwright.generation.showcase.reference import POLICY, Chapter, Reference
from shopwright.generation.showcase.shelf import Shelf
from shopwright.generation.showcase.stage import stock
from shopwright.generation.showcase.stores import sample_stores
from shopwright.storage.exchange import new_folder
from shopwright.template_engine.theme import builtin_themes, load_theme

TENANT = "showcase"
"""Whose pictures the samples are: a cache of its own, so that no other build's formats show through."""

_FONT = "shopwright.template_engine", "themes/atelier/fonts/display.woff2"


@dataclass(frozen=True, slots=True)
class ShowcaseOrder:
    """What to show, and where. ``themes`` are names or folders, none for all that come with Shopwright.

    ``url`` is the address that the showcase will have.
    """

    out: Path
    cache: Path
    workers: int
    themes: tuple[str, ...] = ()
    url: str = LOCAL_URL


@dataclass(frozen=True, slots=True)
class Showcase:
    """What a showcase holds: its chapters, how many files of how many bytes."""

    chapters: tuple[Chapter, ...]
    files: int
    bytes: int

    @property
    def faults(self) -> list[str]:
        """What could not be shown, and what breaks a rule of the audit, each with its place."""
        return [fault for chapter in self.chapters for fault in _faults(chapter)]

    @property
    def states(self) -> int:
        """How many states are shown."""
        return sum(entry.count for chapter in self.chapters for entry in chapter.entries)


def build_showcase(order: ShowcaseOrder, tell: Callable[[str], None]) -> Showcase:
    """Make the showcase; it replaces ``order.out`` in one step. Raises a ShopwrightError if it cannot be made whole.

    ``tell`` is given the name of each theme when its turn comes.
    """
    themes = [load_theme(name) for name in order.themes or builtin_themes()]
    _refuse_same_names([theme.name for theme in themes])
    cache, root = TenantCache.of(order.cache, TENANT), urlsplit(order.url).path.rstrip("/")
    chapters = []
    with new_folder(order.out) as new, ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="shopwright-showcase-")))
        stocked = [stock(sample, scratch / sample.name, cache, order.workers) for sample in sample_stores()]
        for store in stocked:
            stack.enter_context(closing(store.spool))
        shelf = Shelf(new, root)
        for theme in themes:
            tell(theme.name)
            chapters.append(Exhibition(theme, order.url, cache.folder, shelf).chapter(stocked))
        shelf.add(Reference(chapters, root, (files(_FONT[0]) / _FONT[1]).read_bytes()).files())
        shelf.add([("_headers", _headers(root))])
        return Showcase(tuple(chapters), *shelf.finish())


def _refuse_same_names(names: Sequence[str]) -> None:
    twice = [name for name, times in Counter(names).items() if times > 1]
    if twice:
        raise SettingsError(
            f"two themes are called {twice[0]!r}.", where="--theme", remedy="Give one another name in its theme.yaml."
        )


def _headers(root: str) -> bytes:
    """The response headers: pages of the stores may be framed by this site only, and the reference is closed."""
    framed = ["  ! X-Frame-Options", "  X-Frame-Options: SAMEORIGIN"]
    closed = [f"  Content-Security-Policy: {POLICY}; frame-ancestors 'self'", *framed]
    rules = [
        *(f"{root}/", *closed, "", f"{root}/themes/*", *closed, ""),
        *(f"{root}/sites/*", "  Content-Security-Policy: frame-ancestors 'self'", *framed, ""),
        *(f"{root}/assets/*", "  ! Cache-Control", "  Cache-Control: public, max-age=31536000, immutable", ""),
    ]
    return "\n".join(rules).encode()


def _faults(chapter: Chapter) -> Iterator[str]:
    for entry in chapter.entries:
        for shown in entry.shown:
            place = f"{chapter.name}, {entry.name}, {shown.state.title}"
            yield from (f"{place}: {what}" for what in (*([shown.error] if shown.error else []), *shown.findings))
