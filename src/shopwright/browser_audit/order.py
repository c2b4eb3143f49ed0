"""What a browser audit is to look at, and how thoroughly."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from shopwright.browser_audit.axe import SCHEMES, WIDTHS
from shopwright.browser_audit.findings import TOOLS
from shopwright.browser_audit.keyboard import WIDTHS as WALKED
from shopwright.browser_audit.lighthouse import Form
from shopwright.browser_audit.site_pages import KINDS, MEASURED, SitePage
from shopwright.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Depth:
    """How thoroughly. ``measured`` are the kinds of pages for Lighthouse, ``visited`` those for all other tools."""

    name: str
    runs: int
    forms: tuple[Form, ...]
    measured: tuple[str, ...]
    visited: tuple[str, ...]
    screens: tuple[tuple[int, str], ...]
    """Widths and colour schemes for axe."""

    walks: tuple[int, ...]
    """Widths for the keyboard."""

    locales: int | None
    """In how many languages, the site's own first; None: all. Markup is always checked in all."""


FULL = Depth(
    "full", 3, ("mobile", "desktop"), MEASURED, KINDS, tuple((w, s) for w in WIDTHS for s in SCHEMES), WALKED, None
)
QUICK = Depth("quick", 1, ("mobile",), ("home", "product"), MEASURED, ((320, "light"), (1280, "dark")), (1280,), 1)


@dataclass(frozen=True, slots=True)
class BrowserOrder:
    """One audit of one built site. Empty ``kinds`` or ``locales``: all there are."""

    site: Path
    date: str
    """The day of the audit, ISO 8601, for its report."""

    base: str = ""
    """The path of the site's address."""

    depth: Depth = FULL
    kinds: frozenset[str] = frozenset()
    locales: frozenset[str] = frozenset()
    tools: frozenset[str] = frozenset(TOOLS)

    def chosen(self, pages: Iterable[SitePage]) -> list[SitePage]:
        """The pages that are meant. Raises ``SettingsError`` for a kind or language that the site does not have."""
        found = list(pages)
        for option, named, there in (
            ("--pages", self.kinds, [page.kind for page in found]),
            ("--locales", self.locales, [page.locale for page in found]),
        ):
            if unknown := sorted(named - set(there)):
                remedy = f"Choose from {', '.join(dict.fromkeys(there))}."
                raise SettingsError(f"the site has no {unknown[0][:60]!r}.", where=option, remedy=remedy)
        return [
            page
            for page in found
            if page.kind in (self.kinds or set(KINDS)) and page.locale in (self.locales or {page.locale})
        ]

    def visited(self, pages: Iterable[SitePage], kinds: Iterable[str]) -> list[SitePage]:
        """Of chosen pages those of some kinds, in as many languages as the depth allows; one for each kind."""
        seen: dict[tuple[str, str], SitePage] = {}
        locales: list[str] = []
        for page in pages:
            locales += [page.locale] if page.locale not in locales else []
            if page.kind in kinds and page.locale in locales[: self.depth.locales]:
                seen.setdefault((page.kind, page.locale), page)
        return list(seen.values())
