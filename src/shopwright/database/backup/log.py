"""The log between snapshots: what the server wrote, copied from its oplog in segments that join without a gap.

With them a database can be brought to any moment since the oldest snapshot, and losing the machine loses only what was
written since the last segment.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import bson
from bson import Timestamp
from bson.codec_options import CodecOptions
from bson.raw_bson import RawBSONDocument
from pymongo import CursorType
from pymongo.errors import PyMongoError
from pymongo.read_concern import ReadConcern

from shopwright.database.backup.manifest import stamp_of, stamp_text, time_text
from shopwright.database.backup.snapshot import HOW_TO_READ, Beside, Client, current_time, nothing_beside
from shopwright.database.backup.vault import LOG, Vault
from shopwright.database.failures import in_words
from shopwright.errors import BackupError, LogGap

SEGMENT_BYTES = 8 << 20
_NAME = re.compile(r"([0-9]{10}\.[0-9]{10})-([0-9]{10}\.[0-9]{10})", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Segment:
    """What was written after the cluster time ``start``, up to and with ``end``."""

    start: Timestamp
    end: Timestamp

    @property
    def name(self) -> str:
        """The name of its object."""
        return f"{LOG}{stamp_text(self.start)}-{stamp_text(self.end)}"


def segments_of(vault: Vault) -> list[Segment]:
    """The segments of a vault, oldest first. What else lies there, such as files of a file manager, is left out."""
    found = filter(None, (_NAME.fullmatch(held.key.removeprefix(LOG)) for held in vault.list(LOG)))
    return sorted(Segment(*map(stamp_of, match.groups())) for match in found)


def archive_log(client: Client, vault: Vault, since: Timestamp, beside: Beside = nothing_beside) -> list[Segment]:
    """Copy what was written after ``since``. Raises ``LogGap`` if the server no longer has all of it.

    What ``beside`` saves, and raises, comes before the copy: whatever the log names is then there.
    """
    try:
        end = current_time(client)
        if end <= since:
            return []
        beside()
        return list(_written(vault, since, end, entries(client, since, end)))
    except PyMongoError as error:
        raise BackupError(f"the log could not be read: {in_words(error)}.", remedy=HOW_TO_READ) from None


def _refuse_gap(client: Client, since: Timestamp) -> None:
    oldest = client.local["oplog.rs"].find_one(sort=[("$natural", 1)])
    if oldest is None or oldest["ts"] > since:
        remedy = "Take a snapshot now; take the log more often, or give the server a larger oplog."
        raise LogGap(f"the server has already overwritten its log of {time_text(since)}.", remedy=remedy)


def entries(client: Client, since: Timestamp, end: Timestamp) -> Iterator[RawBSONDocument]:
    """What was written after ``since``, up to and with ``end``, in the order of the log.

    Raises ``LogGap`` if the server no longer has all of it.
    """
    _refuse_gap(client, since)
    codec: Any = CodecOptions(document_class=RawBSONDocument)
    oplog = client.local.get_collection("oplog.rs", codec_options=codec, read_concern=ReadConcern("majority"))
    wanted = {"ts": {"$gt": since, "$lte": end}, "op": {"$in": ["i", "u", "d", "c"]}, "ns": {"$not": _SYSTEM}}
    with oplog.find(wanted, cursor_type=CursorType.NON_TAILABLE).sort("$natural", 1) as cursor:
        yield from cursor


_SYSTEM = bson.Regex(r"^(config|local)\.|^admin\.(?!\$cmd$)")
"""What no backup holds: sessions, the replica set, users."""


def _written(vault: Vault, since: Timestamp, end: Timestamp, entries: Iterable[RawBSONDocument]) -> Iterator[Segment]:
    held: list[bytes] = []
    size, start, last = 0, since, since
    for entry in entries:
        if size and size + len(entry.raw) > SEGMENT_BYTES:
            yield _stored(vault, Segment(start, last), held)
            held, size, start = [], 0, last
        held.append(bytes(entry.raw))
        size += len(entry.raw)
        last = entry["ts"]
    yield _stored(vault, Segment(start, end), held)


def _stored(vault: Vault, segment: Segment, entries: list[bytes]) -> Segment:
    vault.write(segment.name, b"".join(entries))
    return segment


def read_log(vault: Vault, since: Timestamp, until: Timestamp) -> Iterator[RawBSONDocument]:
    """The entries after ``since``, up to and with ``until``, in order. Raises ``BackupError`` at a gap.

    Each comes once, though segments overlap where two copied the log at once: not everything can be done twice.
    """
    reached = since
    for segment in chain_of(segments_of(vault), since, until):
        for entry in map(RawBSONDocument, documents_in(vault.read(segment.name))):
            if reached < entry["ts"] <= until:
                reached = entry["ts"]
                yield entry


def documents_in(data: bytes) -> Iterator[bytes]:
    """The BSON documents of an object, one after the other (each begins with its length, bsonspec.org)."""
    start = 0
    while start < len(data):
        end = start + int.from_bytes(data[start : start + 4], "little")
        if not start + 4 < end <= len(data):
            raise BackupError("it ends within a document.")
        yield data[start:end]
        start = end


def reach(segments: Iterable[Segment], since: Timestamp) -> Timestamp:
    """How far segments lead from a time on without a gap."""
    reached = since
    for segment in sorted(segments):
        if segment.start <= reached < segment.end:
            reached = segment.end
    return reached


def chain_of(segments: Iterable[Segment], since: Timestamp, until: Timestamp) -> list[Segment]:
    """The segments that lead from one time to another. Raises ``BackupError`` if one is missing between."""
    chain, reached = [], since
    for segment in sorted(segments):
        if segment.end <= reached or reached >= until:
            continue
        if segment.start > reached:
            break
        chain.append(segment)
        reached = segment.end
    if reached < until:
        remedy = "Restore to an earlier time, or copy the log first if the server still lives."
        raise BackupError(f"the log of {time_text(until)} is not here: it ends at {time_text(reached)}.", remedy=remedy)
    return chain
