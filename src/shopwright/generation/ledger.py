"""The ledger of a site: every thing that has or had a page, where it stands, and where it stood before.

A file beside the manifest, input of the next build: from it and the catalogue follows which addresses have moved or are
gone. Paths are written from the store's root, so a store may move to another folder of its host. One line is one
thing; live ones in the order of the catalogue's handles, then those that are gone.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import orjson

from shopwright.generation.edition import Edition
from shopwright.storage.exchange import MARK

NAME = f"{MARK}/addresses.jsonl"
VERSION = 1

MOST_BYTES_OF_LINE = 1_000_000

Json = dict[str, Any]
Places = dict[str, tuple[str, ...]]
"""Paths by locale: of a collection with several pages the first one first."""


@dataclass(frozen=True, slots=True)
class Thing:
    """A product, collection or other page (``kind``) by its handle.

    ``marks`` are what identifies it elsewhere (``sku:…``, ``gtin:…``), ``collection`` is the handle of the first one it
    stands in. ``former`` maps paths it stood at to (locale, day it left). Of a thing that is ``gone`` (the day), the
    ``places`` are the last ones and ``successor`` the handle of what took over.
    """

    kind: str
    handle: str
    places: Places
    marks: tuple[str, ...] = ()
    collection: str | None = None
    former: dict[str, tuple[str, str]] = field(default_factory=dict)
    gone: str | None = None
    successor: str | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What tells things apart."""
        return self.kind, self.handle

    def line(self) -> bytes:
        """The thing as a line of the ledger."""
        record: Json = {"kind": self.kind, "handle": self.handle, "places": self.places}
        record |= {"marks": self.marks} if self.marks else {}
        record |= {"former": dict(sorted(self.former.items()))} if self.former else {}
        named = {"collection": self.collection, "gone": self.gone, "successor": self.successor}
        return orjson.dumps(
            record | {key: value for key, value in named.items() if value},
            option=orjson.OPT_APPEND_NEWLINE,
        )

    def all_paths(self) -> Iterator[tuple[str, str]]:
        """Every path it stands or stood at, with its locale."""
        yield from ((path, locale) for locale, paths in self.places.items() for path in paths)
        yield from ((path, locale) for path, (locale, _) in self.former.items())

    def moved_on(self, before: "Thing", day: str) -> "Thing":
        """This thing, which the last build knew as ``before``, with the places it has left."""
        here = {path for paths in self.places.values() for path in paths}
        left = {path: (locale, day) for locale, paths in before.places.items() for path in paths}
        former = {path: since for path, since in {**left, **before.former}.items() if path not in here}
        return replace(self, former=former) if former else self


def placed(kind: str, handle: str, stands: Mapping[str, Iterable[str]], base: str) -> Thing:
    """A thing by its addresses in each locale; ``base`` is the path of the site's own address."""
    places = {locale: tuple(each.removeprefix(base) for each in addresses) for locale, addresses in stands.items()}
    return Thing(kind, handle, places)


def product_thing(record: Json, editions: Mapping[str, Edition], handles: Mapping[str, str]) -> Thing:
    """A product record as a thing; ``handles`` are the last parts of its addresses by locale."""
    marks = (
        f"{name}:{value}"
        for variant in record.get("variants", ())
        for name in ("sku", "gtin")
        if (value := variant.get(name))
    )
    places: Places = {
        locale: (edition.addresses.product(handles[locale]).removeprefix(edition.addresses.base),)
        for locale, edition in editions.items()
    }
    collection = next(iter(record.get("collections", ())), None)
    return Thing("product", record["handle"], places, tuple(dict.fromkeys(marks)), collection)


def read_ledger(site: Path) -> Iterator[Thing]:
    """The things of the last build, one by one; none if there was none, or another version wrote the file.

    A line that is damaged is skipped: what it said is lost, nothing else.
    """
    try:
        with (site / NAME).open("rb") as lines:
            if orjson.loads(lines.readline(MOST_BYTES_OF_LINE) or b"{}") != {"shopwright": VERSION}:
                return
            while line := lines.readline(MOST_BYTES_OF_LINE):
                thing = parse_thing(line)
                if thing:
                    yield thing
    except (OSError, ValueError):
        return


def parse_thing(line: bytes) -> Thing | None:
    """The thing of a line; none if the line is damaged."""
    try:
        record = orjson.loads(line)
        return Thing(
            kind=str(record["kind"]),
            handle=str(record["handle"]),
            places={str(locale): tuple(map(_path, paths)) for locale, paths in record["places"].items()},
            marks=tuple(map(str, record.get("marks", ()))),
            collection=_text(record.get("collection")),
            former={_path(path): (str(since[0]), str(since[1])) for path, since in record.get("former", {}).items()},
            gone=_text(record.get("gone")),
            successor=_text(record.get("successor")),
        )
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):
        return None


def _text(value: object) -> str | None:
    """A text or nothing. Raises ``TypeError``."""
    if value is not None and not isinstance(value, str):
        raise TypeError("no text")
    return value


def _path(value: str) -> str:
    """A path as it may stand in a rule. Raises ``ValueError``."""
    if not value.startswith("/") or not value.isascii() or not value.isprintable() or set(value) & set(" *?#:"):
        raise ValueError("no path of a ledger")
    return value


def ledger_lines(things: Iterable[Thing]) -> Iterator[bytes]:
    """The lines of a ledger: the same bytes for the same things."""
    yield orjson.dumps({"shopwright": VERSION}, option=orjson.OPT_APPEND_NEWLINE)
    yield from (thing.line() for thing in things)
