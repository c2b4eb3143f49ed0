"""What is kept of an inspected page until all are judged together: small, and in the manifest for the next build.

Addresses stand as hashes: a page of a store names hundreds of files, and only whether each is there matters. Where one
is not, the page is read again to say which.
"""

from base64 import b64decode, b64encode
from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b
from typing import Any, NamedTuple

import orjson

from shopwright.seo.gate.offers import Offered
from shopwright.seo.gate.page import Inspection

Json = dict[str, Any]

MARK_BYTES = 8
"""Bytes of a hash: among a hundred million addresses two are taken for one with odds of one to three thousand."""


@lru_cache(maxsize=16_384)
def mark(text: str) -> bytes:
    """The hash of an address or a text."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=MARK_BYTES).digest()


def notes_of(seen: Inspection) -> Json:
    """An inspection as plain JSON values."""
    notes: Json = {
        "title": seen.title,
        "about": mark(seen.description).hex() if seen.description else "",
        "lang": seen.lang,
        "indexed": seen.indexed,
        "alternates": seen.alternates,
        "targets": b64encode(b"".join(sorted(map(mark, seen.targets)))).decode(),
        "findings": [tuple(found) for found in seen.findings],
    }
    rest: Json = {"places": seen.places, "offers": [tuple(offer) for offer in seen.offers], "share": seen.share}
    rest |= {"hero": seen.hero, "described": seen.described, "named": seen.named, "group": seen.group}
    return notes | {name: value for name, value in rest.items() if value}


class Notes(NamedTuple):
    """The notes of a page, read back."""

    title: str
    about: str
    lang: str
    indexed: bool
    alternates: list[tuple[str, str]]
    encoded: str
    findings: list[tuple[str, str, int]]
    places: list[tuple[str, str]]
    offers: list[Offered]
    share: tuple[str, str, str] | None
    hero: tuple[str, str, str] | None
    described: list[str]
    named: list[str]
    group: str

    @property
    def targets(self) -> frozenset[bytes]:
        """The marks of what the page links, shows or loads; only one of those who go through all pages asks."""
        return frozenset(_marks(b64decode(self.encoded)))


def read_notes(data: bytes) -> Notes:
    """What ``notes_of`` gave, from JSON."""
    said: Json = orjson.loads(data)
    return Notes(
        title=said["title"],
        about=said["about"],
        lang=said["lang"],
        indexed=said["indexed"],
        alternates=[(code, address) for code, address in said["alternates"]],
        encoded=said["targets"],
        findings=[(rule, what, line) for rule, what, line in said["findings"]],
        places=[(path, fragment) for path, fragment in said.get("places", ())],
        offers=[Offered(*offer) for offer in said.get("offers", ())],
        share=tuple(said["share"]) if "share" in said else None,
        hero=tuple(said["hero"]) if "hero" in said else None,
        described=said.get("described", []),
        named=said.get("named", []),
        group=said.get("group", ""),
    )


def _marks(data: bytes) -> Iterator[bytes]:
    return (data[start : start + MARK_BYTES] for start in range(0, len(data), MARK_BYTES))
