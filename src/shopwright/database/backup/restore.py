"""Restore: from a snapshot, and from the log after it, to exactly what was.

A database that is there is replaced only when that was asked for, and only after every byte of the snapshot, and of
the log up to the moment asked for, has been read and checked. While it is being written the database holds a mark; if
the restore is interrupted, the mark says so to whoever opens the database, and the next restore begins anew.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

from bson import Timestamp
from bson.codec_options import CodecOptions
from bson.raw_bson import RawBSONDocument
from pymongo.errors import PyMongoError
from pymongo.write_concern import WriteConcern

from shopwright.database.backup.digest import DocumentsDigest
from shopwright.database.backup.in_use import in_use
from shopwright.database.backup.log import chain_of, documents_in, read_log, segments_of
from shopwright.database.backup.manifest import CollectionRecord, Manifest, read_manifest, snapshot_ids, time_text
from shopwright.database.backup.mark import is_mark, new_mark
from shopwright.database.backup.replay import Naming, Replay, as_told
from shopwright.database.backup.snapshot import Client, Progress, collections_of, current_time, documents_at
from shopwright.database.backup.vault import Vault
from shopwright.database.cluster import tenant_name
from shopwright.database.failures import in_words
from shopwright.errors import BackupError

_DOCUMENTS = 2_000
_LISTED = "Run shopwright backups to see what there is."


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did: ``operations`` of the log came after the ``documents`` of the snapshot."""

    snapshot: str
    at: Timestamp
    databases: Sequence[str]
    documents: int
    operations: int


def newest_before(vault: Vault, database: str | None, at: Timestamp | None, named: str = "") -> Manifest:
    """The newest snapshot a database, or everything, can be restored from; not after ``at``. Raises ``BackupError``.

    Or the one ``named``: newer ones are then not even looked at, for they may be damaged.
    """
    names = snapshot_ids(vault)
    if named and named not in names:
        raise BackupError(f"there is no snapshot {named[:80]!r}.", where=vault.name, remedy=_LISTED)
    for name in [named] if named else reversed(names):
        manifest = read_manifest(vault, name)
        known = manifest.knows(database, later=at is not None) if database else manifest.everything
        if known and (at is None or manifest.at <= at):
            return manifest
    when = f" before {time_text(at)}" if at else ""
    held = f"the tenant {tenant_name(database)!r}" if database else "everything"
    what = f"{named or 'no snapshot'}{when} {'does not hold' if named else 'holds'} {held}."
    raise BackupError(what, where=vault.name, remedy=_LISTED)


def check_snapshot(vault: Vault, manifest: Manifest, databases: Sequence[str], progress: Progress) -> int:
    """Read every object of some databases and compare; returns the documents. Raises ``BackupError``."""
    records = [record for database in databases for record in manifest.of(database)]
    for record in records:
        digest = DocumentsDigest()
        for raw in _documents(vault, manifest, record):
            digest.add(raw)
            progress(1)
        _compare(record, digest, vault.name)
    return sum(record.documents for record in records)


def restore(
    client: Client,
    vault: Vault,
    manifest: Manifest,
    names: Naming,
    *,
    until: Timestamp | None = None,
    replace: bool = False,
    progress: Progress,
) -> Restored:
    """Restore the databases of a snapshot that ``names`` gives a name to.

    With ``until``, all that was written up to that cluster time is done again. Raises ``BackupError``; what was there
    is untouched unless ``replace`` was given and the whole snapshot, and the log after it, have been found sound.
    """
    later = until if until and until > manifest.at else None
    wanted = {was: now for was in manifest.databases if (now := names(was))}
    targets = _Targets(client, manifest.id, replace=replace)
    with _asking(), in_use(vault, manifest.id):
        targets.refuse_present({*wanted.values(), *filter(None, map(names, client.list_database_names()))})
        if later:
            chain_of(segments_of(vault), manifest.at, later)
        if replace:
            check_snapshot(vault, manifest, list(wanted), progress)
            for _ in read_log(vault, manifest.at, later or manifest.at):
                pass
        for now in wanted.values():
            targets.begin(now)
        documents = sum(_load(client, vault, manifest, was, now, progress) for was, now in wanted.items())
        replay = Replay(client, names, targets.begin)
        if later:
            replay.run(read_log(vault, manifest.at, later))
        restored = targets.end()
    return Restored(manifest.id, until or manifest.at, restored, documents, replay.operations)


@contextmanager
def _asking() -> Iterator[None]:
    try:
        yield
    except PyMongoError as error:
        raise BackupError(
            f"the server refused: {in_words(error)}.",
            remedy="Mend that and run the same restore again; the server's log says more.",
        ) from None


class _Targets:
    """The databases that are restored into: each is emptied and marked once, before anything is done in it."""

    def __init__(self, client: Client, snapshot: str, *, replace: bool) -> None:
        self._client = client
        self._snapshot = snapshot
        self._replace = replace
        self._mark = new_mark()
        self._begun: set[str] = set()

    def refuse_present(self, names: Iterable[str]) -> None:
        """Raises ``BackupError`` for one that holds anything, unless it may be replaced."""
        for name in sorted(names):
            present = self._client[name].list_collection_names()
            if present and not self._replace and not any(map(is_mark, present)):
                remedy = "Restore a tenant under another name (--as), or replace what is there (--replace)."
                raise BackupError("there is a database of that name.", where=name, remedy=remedy)

    def begin(self, name: str) -> None:
        """Empty and mark one that was not begun yet."""
        if name in self._begun:
            return
        self.refuse_present([name])
        self._begun.add(name)
        self._client.drop_database(name)
        self._client[name][self._mark].insert_one({"_id": self._snapshot})

    def end(self) -> list[str]:
        """Remove the marks; returns the names."""
        for name in self._begun:
            self._client[name].drop_collection(self._mark)
        return sorted(self._begun)


def _load(client: Client, vault: Vault, manifest: Manifest, was: str, now: str, progress: Progress) -> int:
    return sum(_load_collection(client, vault, manifest, record, now, progress) for record in manifest.of(was))


def _load_collection(
    client: Client, vault: Vault, manifest: Manifest, record: CollectionRecord, now: str, progress: Progress
) -> int:
    """Load first, index after: several times faster than the other way round."""
    client[now].command({"create": record.name, **record.options})
    codec: Any = CodecOptions(document_class=RawBSONDocument)
    collection = client[now].get_collection(record.name, codec_options=codec, write_concern=WriteConcern("majority"))
    digest, documents = DocumentsDigest(), _documents(vault, manifest, record)
    while batch := list(islice(documents, _DOCUMENTS)):
        for raw in batch:
            digest.add(raw)
        collection.insert_many([RawBSONDocument(raw) for raw in batch], ordered=False, bypass_document_validation=True)
        progress(len(batch))
    _compare(record, digest, vault.name)
    wanted = [as_told(index) for index in record.indexes if index["name"] != "_id_"]
    if wanted:
        client[now].command({"createIndexes": record.name, "indexes": wanted})
    return digest.documents


def values_of(vault: Vault, manifest: Manifest, collection: str, field: str) -> Iterator[tuple[str, Any]]:
    """A field of every document of the collections of this name, with the database each stands in.

    Raises ``BackupError``.
    """
    for record in manifest.collections:
        if record.name == collection:
            for raw in _documents(vault, manifest, record):
                yield record.database, RawBSONDocument(raw).get(field)


def _documents(vault: Vault, manifest: Manifest, record: CollectionRecord) -> Iterator[bytes]:
    for number in record.parts:
        yield from documents_in(vault.read(manifest.part(number)))


def _compare(record: CollectionRecord, digest: DocumentsDigest, where: str) -> None:
    if (digest.documents, digest.bytes, digest.text) != (record.documents, record.bytes, record.digest):
        place = f"{record.database}.{record.name}"
        raise BackupError("the documents are not those that were saved.", where=f"{where}: {place}")


def digests_of(
    client: Client, database: str, progress: Progress, at: Timestamp | None = None
) -> dict[str, DocumentsDigest]:
    """What the documents of each collection of a database add up to, at a cluster time or now."""
    moment = at or current_time(client)
    found = {}
    for listed in collections_of(client, database):
        digest = found[listed["name"]] = DocumentsDigest()
        for raw in documents_at(client, database, listed["name"], moment):
            digest.add(raw)
            progress(1)
    return found
