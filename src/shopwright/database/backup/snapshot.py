"""A snapshot: every document as it was at one cluster time, while writes go on.

Reads are made at that time (``atClusterTime``), so that no write after it is seen. How long the server keeps what is
needed for this is ``minSnapshotHistoryWindowInSeconds``; it is widened while a snapshot is taken, if the user may.
Names, options and indexes of collections are not part of the server's snapshots: they are read before and after, and
when they changed meanwhile the snapshot is begun anew.
"""

import datetime as dt
import secrets
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Self

from bson import Timestamp
from bson.codec_options import CodecOptions
from bson.raw_bson import RawBSONDocument
from pymongo import MongoClient
from pymongo.errors import OperationFailure, PyMongoError

from shopwright.database.backup.digest import DocumentsDigest
from shopwright.database.backup.manifest import CollectionRecord, Manifest, part_name, write_manifest
from shopwright.database.backup.vault import SNAPSHOTS, Vault
from shopwright.database.failures import in_words
from shopwright.errors import BackupError, ShopwrightError

Client = MongoClient[dict[str, Any]]
Progress = Callable[[int], None]
"""Told how many more documents are done."""

Beside = Callable[[], object]
"""Saves what stands beside the databases, such as files that documents name: called when every document was read."""


def nothing_beside() -> None:
    """The databases are all there is."""


HOW_TO_READ = (
    "Is the server running? Its user needs readAnyDatabase, and clusterMonitor for the log; the server's log says more."
)

PART_BYTES = 8 << 20
BEGINNINGS = 5
"""How often reading is begun anew when collections are changed meanwhile."""

_WRITERS = 2
_WINDOW_SECONDS = 6 * 3_600
CHANGED = (246, 239)
"""SnapshotUnavailable (the collection changed since) and SnapshotTooOld."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a snapshot is of: some databases, which may be ``everything`` that there is."""

    databases: Sequence[str]
    everything: bool
    beside: Beside = nothing_beside


def take_snapshot(client: Client, vault: Vault, scope: Scope, taken: dt.datetime, progress: Progress) -> Manifest:
    """Write a snapshot. ``taken`` names it. Raises ``BackupError``, and what ``beside`` raises; then there is none."""
    try:
        with wide_window(client):
            for _ in range(BEGINNINGS):
                found = _Snapshot(client, vault, scope, taken, progress).take()
                if found:
                    return found
    except PyMongoError as error:
        raise BackupError(f"the database could not be read: {in_words(error)}.", remedy=HOW_TO_READ) from None
    raise BackupError(
        "collections are made or changed faster than they can be read.", remedy="Wait for migrations to end."
    )


def current_time(client: Client) -> Timestamp:
    """The newest cluster time that a majority has written: nothing up to it can be undone."""
    found = client.admin.command("hello")["lastWrite"]["majorityOpTime"]["ts"]
    return Timestamp(found.time, found.inc)


def collections_of(client: Client, database: str) -> list[dict[str, Any]]:
    """Every collection of a database: ``name``, ``options``, ``info``, ``indexes``. Views are left out.

    Raises ``BackupError`` for one that cannot be read as it was: a backup without it would not be whole.
    """
    listing = client[database].list_collections(filter={"type": {"$ne": "view"}})
    found = [listed for listed in listing if not listed["name"].startswith("system.")]
    for listed in found:
        _refuse_unreadable(listed, database)
    return [
        {**listed, "indexes": [dict(index) for index in client[database][listed["name"]].list_indexes()]}
        for listed in sorted(found, key=lambda listed: str(listed["name"]))
    ]


def _refuse_unreadable(listed: Mapping[str, Any], database: str) -> None:
    if listed["type"] != "collection" or listed["options"].get("capped"):
        raise BackupError(
            "a capped or time-series collection cannot be read as it was at one time.",
            where=f"{database}.{listed['name']}",
            remedy="Shopwright makes none: move it to a database whose name does not begin with t_.",
        )


def documents_at(client: Client, database: str, collection: str, at: Timestamp) -> Iterator[bytes]:
    """The BSON of every document of a collection as it was at a cluster time. Raises the driver's errors."""
    codec: Any = CodecOptions(document_class=RawBSONDocument)
    raw_database = client.get_database(database, codec_options=codec)
    reading = {"level": "snapshot", "atClusterTime": at}
    cursor: Any = raw_database.cursor_command("find", collection, codec_options=codec, readConcern=reading)
    with cursor:
        for document in cursor:
            yield document.raw


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """One try."""

    client: Client
    vault: Vault
    scope: Scope
    taken: dt.datetime
    progress: Progress

    def take(self) -> Manifest | None:
        """The snapshot; None if a collection was changed meanwhile. What was written of one that fails is removed."""
        name = f"{self.taken:%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}"
        manifest = None
        try:
            manifest = self._taken(name)
        except OperationFailure as error:
            if error.code not in CHANGED:
                raise
        finally:
            if manifest is None:
                with suppress(ShopwrightError):  # else the next prune does it
                    self.vault.delete([held.key for held in self.vault.list(f"{SNAPSHOTS}{name}/")])
        return manifest

    def _taken(self, name: str) -> Manifest | None:
        """The manifest comes last: with it the snapshot is listed, and then everything of it is there."""
        at, before = current_time(self.client), self._listed()
        records = tuple(self._written(before, name, at))
        if self._listed() != before:
            return None
        self.scope.beside()
        server = str(self.client.server_info()["version"])
        manifest = Manifest(name, self.taken, at, server, tuple(self.scope.databases), self.scope.everything, records)
        self._refuse_lost(manifest)
        write_manifest(self.vault, manifest)
        return manifest

    def _refuse_lost(self, manifest: Manifest) -> None:
        """Whoever prunes with a clock that is a day ahead takes this for one that was abandoned."""
        there = {held.key for held in self.vault.list(f"{SNAPSHOTS}{manifest.id}/")}
        lost = [
            number for record in manifest.collections for number in record.parts if manifest.part(number) not in there
        ]
        if lost:
            where = f"{self.vault.name}/{manifest.part(lost[0])}"
            remedy = "Look at the clocks of the machines that prune this place, and back up again."
            raise BackupError("somebody removed it while the backup went on.", where=where, remedy=remedy)

    def _listed(self) -> list[tuple[str, dict[str, Any]]]:
        return [(name, found) for name in self.scope.databases for found in collections_of(self.client, name)]

    def _written(
        self, listed: Sequence[tuple[str, dict[str, Any]]], name: str, at: Timestamp
    ) -> Iterator[CollectionRecord]:
        with _Parts(self.vault, name) as parts:
            for database, found in listed:
                digest, first = DocumentsDigest(), parts.number
                for raw in documents_at(self.client, database, found["name"], at):
                    digest.add(raw)
                    parts.add(raw)
                    self.progress(1)
                parts.end()
                yield CollectionRecord(
                    database,
                    found["name"],
                    found["options"],
                    found["indexes"],
                    digest.documents,
                    digest.bytes,
                    digest.text,
                    tuple(range(first, parts.number)),
                )


class _Parts:
    """Objects with documents, sealed and stored by threads while the next are read; few wait at a time."""

    def __init__(self, vault: Vault, snapshot: str) -> None:
        self._vault = vault
        self._snapshot = snapshot
        self._held: list[bytes] = []
        self._bytes = 0
        self._threads = ThreadPoolExecutor(_WRITERS)
        self._waiting: deque[Future[int]] = deque()
        self.number = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._threads.shutdown(cancel_futures=kind is not None)
        while kind is None and self._waiting:
            self._waiting.popleft().result()

    def add(self, raw: bytes) -> None:
        """One more document of the collection."""
        self._held.append(raw)
        self._bytes += len(raw)
        if self._bytes >= PART_BYTES:
            self.end()

    def end(self) -> None:
        """Whatever follows belongs into another object."""
        if not self._held:
            return
        if len(self._waiting) > _WRITERS:
            self._waiting.popleft().result()
        data = b"".join(self._held)
        name = part_name(self._snapshot, self.number)
        self._waiting.append(self._threads.submit(self._vault.write, name, data))
        self._held, self._bytes = [], 0
        self.number += 1


@contextmanager
def wide_window(client: Client) -> Iterator[None]:
    """Let the server keep the past for as long as a large snapshot takes; a user who may not is left with its own."""
    name = "minSnapshotHistoryWindowInSeconds"
    try:
        before = client.admin.command({"getParameter": 1, name: 1})[name]
        client.admin.command({"setParameter": 1, name: max(before, _WINDOW_SECONDS)})
    except OperationFailure:
        yield
        return
    try:
        yield
    finally:
        client.admin.command({"setParameter": 1, name: before})
