"""What a site consists of: one line per file, so that the next build knows what it need not do again."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from shopwright.storage.exchange import MARK

NAME = f"{MARK}/manifest.jsonl"
VERSION = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of a site; for pages also what they were made from (``key``) and what the gate noted.

    ``notes`` is JSON, so that many entries take little memory: ``title``, ``lang``, ``indexed``, ``links``,
    ``alternates`` and ``findings`` of a page (``worker.PageWorker``).
    """

    file: str
    sha256: str
    size: int
    key: str = ""
    address: str = ""
    notes: bytes = b"{}"

    def line(self) -> bytes:
        """The entry as a line of the manifest."""
        record: dict[str, Any] = {"file": self.file, "sha256": self.sha256, "bytes": self.size}
        if self.key:
            record |= {"key": self.key, "address": self.address, "notes": orjson.Fragment(self.notes)}
        return orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE)


def packed(notes: Any) -> bytes:  # noqa: ANN401 - any JSON value
    """Notes as JSON in no more memory than it is long: what orjson returns keeps the buffer it was written in."""
    return bytes(bytearray(orjson.dumps(notes)))


def manifest_bytes(entries: Iterable[Entry]) -> bytes:
    """A whole manifest, ordered by file: the same bytes for the same files."""
    head = orjson.dumps({"shopwright": VERSION}, option=orjson.OPT_APPEND_NEWLINE)
    return head + b"".join(entry.line() for entry in sorted(entries, key=lambda entry: entry.file))


def read_manifest(site: Path) -> dict[str, Entry]:
    """The manifest of a built site by file; empty if there is none or another version wrote it."""
    try:
        return {entry.file: entry for entry in _entries(site / NAME)}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def site_base(site: Path) -> str:
    """The path of the address a site was built for: ``/shops/luna`` of ``https://agency.example/shops/luna``."""
    home = read_manifest(site).get("index.html")
    return home.address.rstrip("/") if home else ""


def _entries(path: Path) -> Iterator[Entry]:
    with path.open("rb") as lines:
        if orjson.loads(next(lines, b"{}")) != {"shopwright": VERSION}:
            return
        for line in lines:
            record = orjson.loads(line)
            file, sha256, size = (record.pop(name) for name in ("file", "sha256", "bytes"))
            notes = packed(record.get("notes", {}))
            yield Entry(file, sha256, size, record.get("key", ""), record.get("address", ""), notes)
