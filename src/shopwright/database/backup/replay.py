"""Bring restored databases to a later moment: the entries of the log, done once more in their order.

Documents are written with the server's own ``applyOps``, which takes entries of the log as they are. What makes or
changes collections and indexes is done with ordinary commands. A transaction larger than one entry stands in several:
its parts wait until the last of them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from bson.raw_bson import RawBSONDocument
from pymongo.errors import OperationFailure

from shopwright.database.backup.snapshot import Client
from shopwright.database.failures import in_words
from shopwright.errors import BackupError

_OPERATIONS = 1_000
_BYTES = 12 << 20
"""Of one ``applyOps``, within the server's largest message of 16 MiB."""

_MISSING = (26, 27)
"""NamespaceNotFound, IndexNotFound: what is to go is gone."""


Naming = Callable[[str], str | None]
"""What a database shall be called that was called so; None for one that is left alone."""


class Replay:
    """Does entries again; ``begin`` is called with the name of each database before anything is done in it."""

    def __init__(self, client: Client, names: Naming, begin: Callable[[str], None]) -> None:
        self._client = client
        self._names = names
        self._begin = begin
        self._begun: set[str] = set()
        self._open: dict[tuple[str, int], list[RawBSONDocument]] = {}
        self._batch: list[dict[str, Any]] = []
        self._bytes = 0
        self.operations = 0

    def run(self, entries: Iterable[RawBSONDocument]) -> int:
        """Do them all; returns how many operations there were. Raises ``BackupError`` if one cannot be done."""
        for entry in entries:
            if entry["op"] == "c" and "applyOps" not in entry["o"]:
                self._flush()
                self._command(entry)
                continue
            for operation in self._operations(entry):
                self._add(operation)
        self._flush()
        return self.operations

    def _operations(self, entry: RawBSONDocument) -> Iterator[RawBSONDocument]:
        """The operations on documents that an entry ends; those of a transaction that goes on are kept."""
        if entry["op"] != "c":
            yield entry
            return
        order = entry["o"]
        key = (bytes(entry["lsid"].raw).hex(), int(entry["txnNumber"])) if "lsid" in entry else ("", 0)
        if order.get("partialTxn"):
            self._open.setdefault(key, []).extend(order["applyOps"])
            return
        if order.get("prepare"):
            raise BackupError(
                "the log holds a transaction of a sharded cluster.", remedy="Restore to a snapshot without --at."
            )
        earlier = self._open.pop(key, [])
        operations = [*earlier, *order["applyOps"]]
        if order.get("count", len(operations)) != len(operations):
            raise BackupError("the log holds a transaction without its beginning.")
        yield from operations

    def _add(self, operation: RawBSONDocument) -> None:
        database, _, collection = operation["ns"].partition(".")
        now = self._now(database)
        if now is None:
            return
        wanted = {"op": operation["op"], "ns": f"{now}.{collection}", "o": operation["o"]}
        if "o2" in operation:
            wanted["o2"] = operation["o2"]
        if self._bytes + len(operation.raw) > _BYTES or len(self._batch) >= _OPERATIONS:
            self._flush()
        self._batch.append(wanted)
        self._bytes += len(operation.raw)

    def _now(self, database: str) -> str | None:
        now = self._names(database)
        if now and now not in self._begun:
            self._begun.add(now)
            self._begin(now)
        return now

    def _flush(self) -> None:
        if not self._batch:
            return
        batch, self._batch, self._bytes = self._batch, [], 0
        try:
            self._client.admin.command({"applyOps": batch, "alwaysUpsert": False})
        except OperationFailure as error:
            remedy = "Does its user have readWriteAnyDatabase? Then the snapshot and the log do not belong together."
            raise BackupError(f"the log cannot be done again: {in_words(error)}.", remedy=remedy) from None
        self.operations += len(batch)

    def _command(self, entry: RawBSONDocument) -> None:
        database = entry["ns"].partition(".")[0]
        now = self._now(database)
        if now is None:
            return
        order = dict(entry["o"])
        kind = next(iter(order))
        if kind in _COMMANDS:
            _COMMANDS[kind](self._client, now, order, self._names)
            self.operations += 1
        elif kind not in _IGNORED:
            raise BackupError(f"the log holds the command {kind!r}, which cannot be done again.")


def _create(client: Client, database: str, order: dict[str, Any], _: Naming) -> None:
    client[database].command({key: value for key, value in order.items() if key != "idIndex"})


def _plain(client: Client, database: str, order: dict[str, Any], _: Naming) -> None:
    client[database].command(order)


def _drop(client: Client, database: str, order: dict[str, Any], _: Naming) -> None:
    try:
        client[database].command(order)
    except OperationFailure as error:
        if error.code not in _MISSING:
            raise


def _drop_database(client: Client, database: str, _order: dict[str, Any], _: Naming) -> None:
    client.drop_database(database)


def _rename(client: Client, _: str, order: dict[str, Any], names: Naming) -> None:
    moved = {key: _renamed(order[key], names) for key in ("renameCollection", "to")}
    client.admin.command({**moved, "dropTarget": bool(order.get("dropTarget"))})


def _renamed(namespace: str, names: Naming) -> str:
    database, _, collection = namespace.partition(".")
    return f"{names(database) or database}.{collection}"


def as_told(index: Mapping[str, Any]) -> dict[str, Any]:
    """The order for an index the server told of: where it tells no collation, it is not the collection's but none."""
    return {"collation": {"locale": "simple"}, **index}


def _create_index(client: Client, database: str, order: dict[str, Any], _: Naming) -> None:
    index = {key: value for key, value in order.items() if key != "createIndexes"}
    client[database].command({"createIndexes": order["createIndexes"], "indexes": [as_told(index)]})


def _commit_build(client: Client, database: str, order: dict[str, Any], _: Naming) -> None:
    client[database].command(
        {"createIndexes": order["commitIndexBuild"], "indexes": list(map(as_told, order["indexes"]))}
    )


_COMMANDS: Mapping[str, Callable[[Client, str, dict[str, Any], Naming], None]] = {
    "create": _create,
    "collMod": _plain,
    "drop": _drop,
    "dropDatabase": _drop_database,
    "renameCollection": _rename,
    "createIndexes": _create_index,
    "commitIndexBuild": _commit_build,
    "dropIndexes": _drop,
    "deleteIndexes": _drop,
}
_IGNORED = ("startIndexBuild", "abortIndexBuild", "abortTransaction", "commitTransaction")
"""An index that was being built is built when its build was committed; what was aborted left nothing."""
