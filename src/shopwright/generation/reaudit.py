"""The audit of a site that is already built, from its files alone: nothing of the build's memory is believed."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from shopwright.errors import StorageError
from shopwright.generation.audit_record import recorded_waivers
from shopwright.generation.manifest import packed
from shopwright.seo.gate.built_site import BuiltSite
from shopwright.seo.gate.lines import LineReader
from shopwright.seo.gate.notes import notes_of
from shopwright.seo.gate.page import PageGate
from shopwright.seo.gate.said import Said
from shopwright.seo.gate.verdict import Verdict, judge
from shopwright.seo.gate.waivers import Waivers
from shopwright.storage.exchange import MARK, replacing

HOME = "index.html"


def read_built(folder: Path, tick: Callable[[], None] = lambda: None) -> BuiltSite:
    """A built site, every page of it inspected. Raises ``StorageError`` if the folder holds none."""
    home = folder / HOME
    if not home.is_file():
        raise StorageError(
            "there is no built site.", where=str(folder), remedy="Give a folder made by shopwright build."
        )
    with replacing(HOME):
        origin, base = _address(home.read_text("utf-8", "replace"))
    files = {f"{base}/{_address_of(name)}": name for name in _names(folder)}
    gate = PageGate(origin)
    pages = {}
    for address, name in files.items():
        if name.endswith(".html"):
            html = (folder / name).read_bytes().decode("utf-8", "replace")
            pages[address] = packed(notes_of(gate.inspect(html, address)))
            tick()
    return BuiltSite(pages, files, lambda name: folder / name, origin, base)


def audit_folder(folder: Path, today: dt.date, tick: Callable[[], None] = lambda: None) -> tuple[BuiltSite, Verdict]:
    """Judge a built site, with the waivers it was built with. Raises ``StorageError``."""
    site = read_built(folder, tick)
    return site, judge(site, Waivers(recorded_waivers(folder), today))


def _address(html: str) -> tuple[str, str]:
    """Origin and base path of the site whose home page this is, by its canonical address; empty if it says none."""
    parts = urlsplit(Said(html, "/", "", LineReader()).first("canonical"))
    return (f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""), parts.path.rstrip("/")


def _address_of(name: str) -> str:
    return name.removesuffix(HOME) if name == HOME or name.endswith(f"/{HOME}") else name


def _names(folder: Path) -> Iterator[str]:
    """The files of a site, without what only the next build needs."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if not name.startswith(f"{MARK}/") and path.is_file():
            yield name
