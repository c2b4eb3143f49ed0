"""A database copied to another deployment while it is written to, and followed until it may be switched.

First every document as it was at one cluster time, then what was written since, from the log, again and again until
little is missing. Nobody may open the copy before it is whole: it bears the mark of a restore until then. Documents are
taken as they are, so what is sealed is never opened.
"""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from typing import Any

from bson import Timestamp
from bson.codec_options import CodecOptions
from bson.raw_bson import RawBSONDocument
from pymongo.errors import OperationFailure, PyMongoError
from pymongo.write_concern import WriteConcern

from shopwright.database.backup.log import entries
from shopwright.database.backup.mark import is_mark, new_mark
from shopwright.database.backup.replay import Replay, as_told
from shopwright.database.backup.restore import digests_of
from shopwright.database.backup.snapshot import (
    BEGINNINGS,
    CHANGED,
    Client,
    Progress,
    collections_of,
    current_time,
    documents_at,
    wide_window,
)
from shopwright.database.failures import in_words
from shopwright.errors import BackupError

_DOCUMENTS = 2_000
_NEVER = 2**31 - 1
"""Seconds of an index that removes what is over: until the copy is compared, nothing is removed in it."""

_SETTLE_SECONDS = 30
_PAUSE = 0.01


class Transfer:
    """A transfer of one database, by its name on the server. All methods block, and raise ``BackupError``."""

    def __init__(self, source: Client, target: Client, database: str) -> None:
        self._source = source
        self._target = target
        self._database = database
        self._reached = Timestamp(0, 0)
        self._replay = Replay(target, {database: database}.get, lambda _: None)

    def refuse_same(self) -> None:
        """Raise unless the two are different replica sets: copying onto itself would destroy what is there."""
        with _asking():
            if _identity(self._source) == _identity(self._target):
                raise BackupError("both cells are the same deployment.", remedy="Name another cell.")

    def refuse_taken(self) -> None:
        """Raise if there is a database of that name, which no transfer left."""
        with _asking():
            present = self._target[self._database].list_collection_names()
        if present and not any(map(is_mark, present)):
            raise BackupError("there is a database of that name.", where=self._database, remedy="Look at what it is.")

    def copy(self, progress: Progress) -> int:
        """Copy every document as it is at one cluster time; what was there of an earlier try goes. How many."""
        with _asking(), wide_window(self._source):
            for _ in range(BEGINNINGS):
                copied = self._copied(progress)
                if copied is not None:
                    return copied
        raise BackupError("collections are made or changed faster than they can be read.", where=self._database)

    def follow(self) -> int:
        """Do again what was written since; how many operations."""
        with _asking():
            end = settled_time(self._source)
            done = self._replay.operations
            if end > self._reached:
                self._replay.run(entries(self._source, self._reached, end))
                self._reached = end
            return self._replay.operations - done

    def compare(self, progress: Progress) -> int:
        """Compare every document of the copy with what it was at the time that was reached; how many collections."""
        with _asking():
            here = digests_of(self._target, self._database, progress)
            there = digests_of(self._source, self._database, progress, self._reached)
        copied = {name: digest.text for name, digest in here.items() if not is_mark(name)}
        if copied != {name: digest.text for name, digest in there.items()}:
            raise BackupError("the copy is not what it was made from.", where=self._database, remedy="Move it again.")
        return len(copied)

    def finish(self) -> None:
        """The copy is whole: let it be opened, and let it remove what is over."""
        database = self._target[self._database]
        with _asking():
            for listed in collections_of(self._source, self._database):
                for index in filter(_expires, listed["indexes"]):
                    changed = {"name": index["name"], "expireAfterSeconds": index["expireAfterSeconds"]}
                    database.command({"collMod": listed["name"], "index": changed})
            for name in filter(is_mark, database.list_collection_names()):
                database.drop_collection(name)

    def _copied(self, progress: Progress) -> int | None:
        """None if a collection was changed meanwhile."""
        self._target.drop_database(self._database)
        self._target[self._database][new_mark()].insert_one({"_id": "transfer"})
        at, before = current_time(self._source), collections_of(self._source, self._database)
        try:
            count = sum(self._collection(listed, at, progress) for listed in before)
        except OperationFailure as error:
            if error.code in CHANGED:
                return None
            raise
        self._reached = at
        return count if collections_of(self._source, self._database) == before else None

    def _collection(self, listed: Mapping[str, Any], at: Timestamp, progress: Progress) -> int:
        database, name = self._target[self._database], listed["name"]
        database.command({"create": name, **listed["options"]})
        codec: Any = CodecOptions(document_class=RawBSONDocument)
        collection = database.get_collection(name, codec_options=codec, write_concern=WriteConcern("majority"))
        count, documents = 0, documents_at(self._source, self._database, name, at)
        while batch := [RawBSONDocument(raw) for raw in islice(documents, _DOCUMENTS)]:
            collection.insert_many(batch, ordered=False, bypass_document_validation=True)
            progress(len(batch))
            count += len(batch)
        wanted = [_patient(as_told(index)) for index in listed["indexes"] if index["name"] != "_id_"]
        if wanted:
            database.command({"createIndexes": name, "indexes": wanted})
        return count


def settled_time(client: Client) -> Timestamp:
    """A cluster time that a majority has reached, and before which everything stands that was written until now."""
    wanted = client.admin.command("hello")["lastWrite"]["opTime"]["ts"]
    until = time.monotonic() + _SETTLE_SECONDS
    while (reached := current_time(client)) < wanted:
        if time.monotonic() > until:
            raise BackupError("the members of the replica set are too far behind.", remedy="Look at its state.")
        time.sleep(_PAUSE)
    return reached


def _identity(client: Client) -> str:
    """What no two replica sets share."""
    try:
        return str(client.admin.command("replSetGetConfig")["config"]["settings"]["replicaSetId"])
    except OperationFailure as error:
        remedy = "A cell is a replica set, and the user of its connection string has the role root."
        raise BackupError(f"the deployment cannot be told from others: {in_words(error)}.", remedy=remedy) from None


def _expires(index: Mapping[str, Any]) -> bool:
    return "expireAfterSeconds" in index


def _patient(index: dict[str, Any]) -> dict[str, Any]:
    return {**index, "expireAfterSeconds": _NEVER} if _expires(index) else index


@contextmanager
def _asking() -> Iterator[None]:
    try:
        yield
    except PyMongoError as error:
        remedy = "Mend that and move it again; the server's log says more."
        raise BackupError(f"a server refused: {in_words(error)}.", remedy=remedy) from None
