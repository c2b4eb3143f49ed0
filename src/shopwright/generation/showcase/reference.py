"""The reference around the frames: an index, a page for each theme, a page for each template."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

from shopwright.asset_pipeline.bundles import bundle_scripts, bundle_styles, content_name
from shopwright.generation.showcase.states import State
from shopwright.generation.showcase.vocabulary import PURPOSES, meaning
from shopwright.template_engine.anatomy import Anatomy, whole_anatomy
from shopwright.template_engine.api import THEME_FUNCTIONS
from shopwright.template_engine.engine import get_template, make_environment, render
from shopwright.template_engine.functions import data

Json = dict[str, Any]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; frame-src 'self'; "
    "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
"""The Content-Security-Policy of the reference's own pages."""

_HERE = Path(str(files("shopwright.generation.showcase")))
_FONT = "display.woff2"
_ICON = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="14" fill="#0d5a49"/>'
    b'<g fill="none" stroke="#fff" stroke-width="4"><rect x="12" y="14" width="40" height="36" rx="3"/>'
    b'<path d="M12 24h40M30 24v26"/></g></svg>'
)
_SLUG = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Shown:
    """A state as the reference shows it.

    ``frames`` maps ``light-ltr`` and the like to addresses; ``error`` says why there is nothing to see; ``data`` is
    what the template was given, as JSON text; ``findings`` are what the gate found.
    """

    state: State
    frames: Mapping[str, str]
    data: str
    error: str = ""
    findings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Entry:
    """A template of a theme: ``theme`` is the theme's name, ``origin`` that of the theme whose file it is."""

    theme: str
    origin: str
    name: str
    source: str
    anatomies: Mapping[str, Anatomy]
    shown: Sequence[Shown]

    @property
    def slug(self) -> str:
        """Its part of an address."""
        return slug(self.name)

    @property
    def part(self) -> bool:
        """Whether it is a partial."""
        return self.name.rpartition("/")[2].startswith("_")

    @property
    def purpose(self) -> str:
        """What it is for."""
        return PURPOSES.get(self.name, "A template of this theme's own.")

    @property
    def anatomy(self) -> Anatomy:
        """What it is made of."""
        return self.anatomies[self.name]

    @cached_property
    def users(self) -> list[str]:
        """The templates that extend or include it."""
        return [name for name, other in self.anatomies.items() if self.name in (*other.includes, other.extends)]

    @cached_property
    def values(self) -> list[Json]:
        """The values it takes: path, meaning, and the template inside that asks for it, if not this one itself."""
        own = set(self.anatomy.values)
        paths = sorted(whole_anatomy(self.name, self.anatomies))
        return [{"path": path, "meaning": meaning(path), "own": path in own} for path in paths]

    @property
    def calls(self) -> list[str]:
        """Signatures of the functions of the theme API that it calls."""
        return [THEME_FUNCTIONS[name] for name in self.anatomy.calls if name in THEME_FUNCTIONS]

    @property
    def count(self) -> int:
        """How many states are shown."""
        return len(self.shown)

    @property
    def lines(self) -> list[str]:
        """Its source."""
        return self.source.splitlines()


@dataclass(frozen=True, slots=True)
class Chapter:
    """A theme: its templates, and where its sample store's home page is in each scheme and direction."""

    name: str
    builtin: bool
    entries: Sequence[Entry]
    homes: Mapping[str, str]
    carts: Mapping[str, Sequence[Json]]

    @property
    def pages(self) -> list[Entry]:
        """Templates of whole pages."""
        return [entry for entry in self.entries if not entry.part]

    @property
    def parts(self) -> list[Entry]:
        """Partials."""
        return [entry for entry in self.entries if entry.part]


def slug(name: str) -> str:
    """A template's name in addresses: ``_card.html`` is ``part-card``, ``not_found.html`` is ``page-not-found``."""
    kind = "part" if name.rpartition("/")[2].startswith("_") else "page"
    return f"{kind}-{_SLUG.sub('-', name.removesuffix('.html').lower()).strip('-')}"


class Reference:
    """Writes the pages of the reference. ``root`` is the path of the showcase's address, without a slash at the end."""

    def __init__(self, chapters: Sequence[Chapter], root: str, font: bytes) -> None:
        self._chapters = chapters
        self._root = root
        self._font = content_name("display", font, ".woff2"), font
        folder = _HERE / "templates"
        self._templates = make_environment({path.name: path.read_text("utf-8") for path in folder.glob("*.html")})
        style = (_HERE / "css/showcase.css").read_bytes().replace(_FONT.encode(), self._font[0].encode())
        self._style = bundle_styles([("showcase.css", style)])
        self._script = bundle_scripts([("showcase.js", (_HERE / "js/showcase.js").read_bytes())])

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Every file of the reference: (name from the root of the showcase, bytes)."""
        yield "index.html", self._page("index.html")
        for chapter in self._chapters:
            place = f"themes/{chapter.name}"
            yield f"{place}/index.html", self._page("theme.html", chapter=chapter)
            for entry in chapter.entries:
                page = self._page("template.html", chapter=chapter, entry=entry)
                yield f"{place}/{entry.slug}/index.html", page
        yield from ((f"assets/{name}", content) for name, content in self._assets().values())

    def _assets(self) -> dict[str, tuple[str, bytes]]:
        return {
            "style": (content_name("showcase", self._style, ".css"), self._style),
            "script": (content_name("showcase", self._script, ".js"), self._script),
            "font": self._font,
            "icon": (content_name("showcase", _ICON, ".svg"), _ICON),
        }

    def _page(self, template: str, **values: object) -> bytes:
        names = {
            "root": self._root,
            "policy": POLICY,
            "chapters": self._chapters,
            "asset": {kind: f"{self._root}/assets/{name}" for kind, (name, _) in self._assets().items()},
            "data": data,
            "slug": slug,
            **values,
        }
        return render(get_template(self._templates, template), names).encode()
