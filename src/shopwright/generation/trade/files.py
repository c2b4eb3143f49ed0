"""Sitemaps, robots.txt and merchant feeds: the parts of all products put together, and the pages of everything else.

What a family of files is made of has a key, kept with the family's first file; where it is the same as before, nothing
is read and nothing is written.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

import orjson

from shopwright.catalog.fault_rules import fault
from shopwright.catalog.faults import Fault
from shopwright.generation.edition import Edition
from shopwright.generation.manifest import Entry
from shopwright.generation.printing import Printing
from shopwright.generation.site import Site
from shopwright.generation.trade.parcels import part_file
from shopwright.seo.merchant_feed import feed_files
from shopwright.seo.sitemap import Listed, robots, sitemap_files, sitemap_index, url_element

Json = dict[str, Any]

FEED = "feeds/google.xml"
SITEMAP = "sitemap.xml"
_NAMED = 3
"""Variants that a fault names."""
_NOT_INDEXED = b'"indexed":false'


def trade_files(printing: Printing, site: Site, editions: dict[str, Edition]) -> Iterator[Fault]:
    """Add the files to those of the build. Gives what merchant feeds lack."""
    parts = {locale: _parts(printing, locale) for locale in editions}
    for locale, edition in editions.items():
        yield from _add_feed(printing, edition, parts[locale])
    _add_sitemap(printing, site, [part for found in parts.values() for part in found])


def _parts(printing: Printing, locale: str) -> list[Entry]:
    """The parts of a locale, in the order of the catalogue."""
    found: list[Entry] = []
    while entry := printing.entry(part_file(locale, len(found) + 1)):
        found.append(entry)
    return found


def _read(printing: Printing, parts: Iterable[Entry]) -> Iterator[Json]:
    return (orjson.loads(printing.read(part.file)) for part in parts)


def _add_feed(printing: Printing, edition: Edition, parts: list[Entry]) -> Iterator[Fault]:
    """The merchant feed of a locale, which is in one market."""
    at = edition.addresses
    about = (edition.site.store["name"], at.absolute(at.home), str(edition.context["description"]))
    name = at.file(FEED).removeprefix(at.base).lstrip("/")
    key = _key(*about, *(part.sha256 for part in parts))
    notes = printing.reuse(name, key)
    if notes is None:
        left_out: dict[str, _LeftOut] = defaultdict(_LeftOut)
        files = feed_files(*about, _items(printing, parts, left_out))
        names = [printing.add_stream(_numbered(name, number), chunks) for number, chunks in enumerate(files, start=1)]
        notes = {"files": names, "left_out": {reason: asdict(left_out[reason]) for reason in sorted(left_out)}}
        printing.note(name, key, notes)
    for reason, lost in notes["left_out"].items():
        said = (
            f"{edition.locale}: {lost['count']:,} variants have no {reason} ({_named(lost['first'], lost['count'])})."
        )
        yield fault("feed-left-out", said, value=edition.locale)


@dataclass(slots=True)
class _LeftOut:
    """How many variants a feed lacks for one reason, and what names the first."""

    count: int = 0
    first: list[str] = field(default_factory=list)

    def add(self, names: list[str]) -> None:
        self.count += len(names)
        self.first = [*self.first, *names][:_NAMED]


def _named(first: list[str], count: int) -> str:
    more = f" and {count - len(first):,} more" if count > len(first) else ""
    return f"{', '.join(first)}{more}"


def _items(printing: Printing, parts: list[Entry], left_out: dict[str, _LeftOut]) -> Iterator[bytes]:
    """The items of all parts; an id that two products share stands for the first."""
    seen: set[int] = set()
    for part in _read(printing, parts):
        for reason, names in part["left_out"].items():
            left_out[reason].add(names)
        for name, line in part["items"]:
            if hash(name) in seen:
                left_out["id of their own"].add([name])
            else:
                seen.add(hash(name))
                yield line.encode()


def _add_sitemap(printing: Printing, site: Site, parts: list[Entry]) -> None:
    """The sitemap index, its files, and robots.txt. Only pages that may be indexed are listed."""
    at = site.addresses(site.default_locale)
    pages = sorted(printing.pages(), key=lambda page: page.address)
    hidden = {page.address for page in pages if _NOT_INDEXED in page.notes}
    key = _key(at.origin, *(part.sha256 for part in parts), *(page.sha256 for page in pages))
    if printing.reuse(SITEMAP, key) is None:
        lines = _lines(printing, site, parts, [page for page in pages if page.address not in hidden], hidden)
        names = [printing.add_stream(f"sitemap-{n}.xml", file) for n, file in enumerate(sitemap_files(lines), start=1)]
        index = sitemap_index(at.absolute(f"{at.base}/{name}") for name in names)
        printing.add_files([(SITEMAP, index.encode())])
        printing.note(SITEMAP, key, {"files": [SITEMAP, *names]})
    printing.add_files([("robots.txt", robots(at.absolute(f"{at.base}/{SITEMAP}")).encode())])


def _lines(printing: Printing, site: Site, parts: list[Entry], pages: list[Entry], hidden: set[str]) -> Iterator[bytes]:
    """Pages that are no product's by address, then products in the order of the catalogue."""
    product = [f"{site.addresses(locale).home}products/" for locale in site.locales]
    origin = site.addresses(site.default_locale).origin
    for page in pages:
        if not page.address.startswith(tuple(product)):
            notes = orjson.loads(page.notes)
            yield url_element(Listed(origin + page.address, notes["alternates"])).encode()
    for part in _read(printing, parts):
        for address, line in part["pages"].items():
            if address not in hidden:
                yield line.encode()


def _numbered(name: str, number: int) -> str:
    """``google.xml``, ``google-2.xml``."""
    return name if number == 1 else name.replace(".xml", f"-{number}.xml")


def _key(*parts: str) -> str:
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=16).hexdigest()
