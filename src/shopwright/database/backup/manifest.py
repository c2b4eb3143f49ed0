"""What a snapshot holds: one sealed document, written when everything else of the snapshot is in place."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from typing import Any

import bson
from bson import Timestamp
from bson.errors import BSONError

from shopwright.database.backup.vault import MANIFEST, SNAPSHOTS, Vault
from shopwright.errors import BackupError

FORMAT = 1
"""Raised when an older program could not read what a newer one writes."""


@dataclass(frozen=True, slots=True)
class CollectionRecord:
    """One collection: how to make it again, and what its documents must add up to.

    ``digest`` is the sum of the SHA-256 of all documents' bytes modulo 2^256, in hexadecimal: the same in any order.
    ``parts`` are the objects with its documents, by their number within the snapshot.
    """

    database: str
    name: str
    options: Mapping[str, Any]
    indexes: Sequence[Mapping[str, Any]]
    documents: int
    bytes: int
    digest: str
    parts: Sequence[int]


@dataclass(frozen=True, slots=True)
class Manifest:
    """A snapshot: databases as they were at the cluster time ``at``. ``taken`` is the wall clock's time of it.

    With ``everything``, a database it does not hold was not there: the log alone restores what was made later.
    """

    id: str
    taken: dt.datetime
    at: Timestamp
    server: str
    databases: Sequence[str]
    everything: bool
    collections: Sequence[CollectionRecord] = field(default=())
    format: int = FORMAT

    @property
    def documents(self) -> int:
        """Documents of all collections."""
        return sum(collection.documents for collection in self.collections)

    @property
    def bytes(self) -> int:
        """Their BSON, before it was compressed."""
        return sum(collection.bytes for collection in self.collections)

    def knows(self, database: str, *, later: bool) -> bool:
        """Whether a database can be restored from it; ``later`` if what was written after it is done again."""
        return database in self.databases or (later and self.everything)

    def part(self, number: int) -> str:
        """The name of one of its objects."""
        return part_name(self.id, number)

    def of(self, database: str) -> list[CollectionRecord]:
        """The collections of one database. Raises ``BackupError`` if the snapshot says nothing of it."""
        if not self.knows(database, later=True):
            held = ", ".join(self.databases)
            raise BackupError(f"it holds no database {database!r}.", where=self.id, remedy=f"It holds: {held}.")
        return [collection for collection in self.collections if collection.database == database]


def part_name(snapshot: str, number: int) -> str:
    """The name of an object with documents of a snapshot."""
    return f"{SNAPSHOTS}{snapshot}/{number:06d}"


def write_manifest(vault: Vault, manifest: Manifest) -> int:
    """Make a snapshot complete; returns the bytes stored."""
    return vault.write(f"{SNAPSHOTS}{manifest.id}{MANIFEST}", bson.encode(asdict(manifest)))


def read_manifest(vault: Vault, snapshot: str) -> Manifest:
    """The manifest of a snapshot. Raises ``BackupError``."""
    name = f"{SNAPSHOTS}{snapshot}{MANIFEST}"
    codec: Any = bson.CodecOptions(tz_aware=True)
    values = _decoded(vault.read(name), codec, name)
    if values.get("format") != FORMAT:
        remedy = "Use the version of Shopwright that made it, or a newer one."
        raise BackupError(f"its format {values.get('format')!r} is not known here.", where=name, remedy=remedy)
    collections = tuple(CollectionRecord(**record) for record in values.pop("collections"))
    return Manifest(**values, collections=collections)


def _decoded(data: bytes, codec: Any, name: str) -> dict[str, Any]:  # noqa: ANN401 - bson's options are generic over the document type
    try:
        return dict(bson.decode(data, codec))
    except BSONError as error:
        raise BackupError(f"it cannot be read: {error}.", where=name) from error


def snapshot_ids(vault: Vault) -> list[str]:
    """The complete snapshots of a vault, oldest first: their ids begin with the time they were taken."""
    ends = (held.key for held in vault.list(SNAPSHOTS))
    return sorted(key[len(SNAPSHOTS) : -len(MANIFEST)] for key in ends if key.endswith(MANIFEST))


def readable(vault: Vault, until: dt.datetime | None = None) -> Iterator[Manifest]:
    """The snapshots taken not after ``until``, the newest first, without those whose manifest cannot be read."""
    last = f"{until:%Y%m%dT%H%M%SZ}~" if until else "~"
    for name in reversed(snapshot_ids(vault)):
        if name <= last:
            with suppress(BackupError):
                yield read_manifest(vault, name)


def stamp_text(at: Timestamp) -> str:
    """A cluster time that sorts as text: ten digits of seconds, ten of the counter within the second."""
    return f"{at.time:010d}.{at.inc:010d}"


def stamp_of(text: str) -> Timestamp:
    """The cluster time of ``stamp_text``."""
    seconds, _, counter = text.partition(".")
    return Timestamp(int(seconds), int(counter))


def time_text(at: Timestamp) -> str:
    """A cluster time as people read it, to the second."""
    return f"{dt.datetime.fromtimestamp(at.time, dt.UTC):%Y-%m-%d %H:%M:%S} UTC"
