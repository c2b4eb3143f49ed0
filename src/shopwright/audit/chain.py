"""The chain: every entry holds its number and the hash of the one before, so that none can be changed unseen.

An entry's hash is the SHA-256 of its canonical JSON (keys sorted, no blanks, UTF-8) without the hash itself. Nothing
here knows where entries are kept. What a chain alone does not show is that entries are missing at its end: a signed
head does (``audit/head.py``).
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from shopwright.errors import AuditLogError

SEQUENCE = "event.sequence"
HASH = "event.hash"
PREVIOUS = "chain.previous"

MAX_LINE_BYTES = 16 << 10


@dataclass(frozen=True, slots=True)
class Link:
    """A place in the chain: the number of an entry, counted from 1, and its hash."""

    sequence: int
    hash: str


START = Link(0, "0" * 64)
"""What the first entry follows."""


def link_entry(entry: Mapping[str, Any], last: Link) -> tuple[bytes, Link]:
    """The line of an entry that follows ``last``, and its own link."""
    numbered = {**entry, SEQUENCE: last.sequence + 1, PREVIOUS: last.hash}
    digest = _digest(numbered)
    return _canonical({**numbered, HASH: digest}) + b"\n", Link(last.sequence + 1, digest)


def read_entry(line: bytes) -> tuple[dict[str, Any], Link]:
    """An entry and its link from a line, without its end. Raises ``AuditLogError`` if it is not as it was written."""
    try:
        entry = orjson.loads(line)
        link = Link(int(entry[SEQUENCE]), str(entry[HASH]))
        digest = _digest({name: value for name, value in entry.items() if name != HASH})
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise AuditLogError("the line is no record.") from error
    # Equal bytes too: a line written in another way could say something else to another reader (a key given twice).
    if digest != link.hash or line != _canonical(entry):
        raise AuditLogError("the record has been changed.")
    return entry, link


def follows(entry: Mapping[str, Any], link: Link, last: Link) -> bool:
    """Whether an entry is the one after ``last``."""
    return link.sequence == last.sequence + 1 and entry.get(PREVIOUS) == last.hash


def _digest(numbered: Mapping[str, Any]) -> str:
    return hashlib.sha256(_canonical(numbered)).hexdigest()


def _canonical(entry: Mapping[str, Any]) -> bytes:
    return orjson.dumps(entry, option=orjson.OPT_SORT_KEYS)
