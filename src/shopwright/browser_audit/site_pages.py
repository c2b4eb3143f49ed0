"""Which pages of a built site are looked at: of each kind and language one, the largest where there are many.

What the largest page of a template passes, the others pass with less on them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from shopwright.errors import BrowserAuditError

NOT_FOUND = "not_found"
NO_SUCH_PAGE = "no-such-page/"

KINDS = (
    *("home", "collection", "product", "search", "cart", "policy", NOT_FOUND),
    *("collections", "content", "statement", "offline"),
)
"""Kinds of pages; the first seven are what Lighthouse measures."""

MEASURED = KINDS[:7]

_SINGLE = {
    "": "home",
    "collections/": "collections",
    "search/": "search",
    "cart/": "cart",
    "404.html": NOT_FOUND,
    "accessibility/": "statement",
    "offline.html": "offline",
}
_MANY = {"collections": "collection", "products": "product", "policies": "policy"}
_LANG = re.compile(rb"<html\b[^>]*?\blang=[\"']?([A-Za-z0-9-]{2,35})")
_NOINDEX = re.compile(rb"<meta\b[^>]*name=[\"']?robots[\"']?[^>]*noindex")
_HEADING = re.compile(r"<h1\b[^>]*>([^<]+)</h1>")
_HEAD_BYTES = 65_536


@dataclass(frozen=True, slots=True)
class SitePage:
    """A page to look at. ``address`` is where it is asked for, from the root of its host."""

    kind: str
    locale: str
    address: str
    file: Path
    indexed: bool
    there: str
    """Where its file stands; another address only for the page of what is not there."""


def site_pages(site: Path, base: str = "") -> list[SitePage]:
    """One page of each kind and language, every information page; the site's own language first.

    ``base`` is the path of the site's address. Raises ``BrowserAuditError`` for a folder without pages.
    """
    homes = [Path(), *sorted(Path(file.parent.name) for file in site.glob("*/404.html"))]
    found = [page for home in homes if (site / home / "index.html").is_file() for page in _of_home(site, home, base)]
    if not found:
        remedy = "Run shopwright build first."
        raise BrowserAuditError("there are no pages of a store.", where=str(site), remedy=remedy)
    return found


def _of_home(site: Path, home: Path, base: str) -> Iterator[SitePage]:
    folder = site / home
    places = {kind: list(_files(folder, kind)) for kind in KINDS}
    root = f"{base}/{home.as_posix()}/" if home.parts else f"{base}/"
    locale = ""
    for kind, files in places.items():
        for file in files if kind == "content" else files[:1]:
            head = _head(file)
            locale = locale or _locale(head)
            there = root + quote(file.relative_to(folder).as_posix().removesuffix("index.html"))
            asked = root + NO_SUCH_PAGE if kind == NOT_FOUND else there
            yield SitePage(kind, locale, asked, file, not _NOINDEX.search(head), there)


def _files(folder: Path, kind: str) -> Iterator[Path]:
    """The files of a kind below a language's folder, the largest first."""
    many = next((name for name, of in _MANY.items() if of == kind), None)
    if many:
        found = [*folder.glob(f"{many}/*/index.html"), *folder.glob(f"{many}/*/*/index.html")]
        yield from sorted(found, key=lambda file: (-file.stat().st_size, file.as_posix()))
    elif kind == "content":
        known = {name.rstrip("/") for name in _SINGLE} | set(_MANY)
        yield from sorted(file for file in folder.glob("*/index.html") if _is_content(file.parent, known))
    else:
        name = next(name for name, of in _SINGLE.items() if of == kind)
        file = folder / (f"{name}index.html" if name.endswith("/") or not name else name)
        yield from [file] if file.is_file() else []


def _is_content(folder: Path, known: set[str]) -> bool:
    """Whether a folder is an information page: it is none of the known ones and no language."""
    return folder.name not in known and not (folder / "404.html").exists()


def _head(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(_HEAD_BYTES)


def _locale(head: bytes) -> str:
    match = _LANG.search(head)
    return match[1].decode() if match else "und"


def product_word(file: Path) -> str:
    """A word that a search for products finds: the longest of a product page's heading."""
    match = _HEADING.search(file.read_text("utf-8", "replace"))
    words = re.findall(r"\w+", match[1]) if match else []
    return max(words, key=len, default="")
