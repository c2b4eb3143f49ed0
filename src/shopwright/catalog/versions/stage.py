"""A source read to its end before anything is written: every thing with its digest, on disk, compared there.

A temporary SQLite file holds the new catalogue and, beside it, digest and place of what a store has now. What is to be
written follows from comparing both, so memory grows with neither.
"""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from shopwright.catalog.versions.growth import Growth
from shopwright.catalog.versions.line import digest_of
from shopwright.catalog.versions.revision import Kind
from shopwright.catalog.versions.sequence import GAP, settle

_SCHEMA = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -8000; PRAGMA temp_store = FILE;
CREATE TABLE new (ordinal INTEGER PRIMARY KEY, kind TEXT, key TEXT, digest TEXT, line BLOB, facts BLOB, yields INTEGER,
                  place INTEGER);
CREATE UNIQUE INDEX new_key ON new (kind, key);
CREATE TABLE old (kind TEXT, key TEXT, digest TEXT, place INTEGER, PRIMARY KEY (kind, key)) WITHOUT ROWID;
"""
_JOINED = "FROM new LEFT JOIN old ON old.kind = new.kind AND old.key = new.key"
_WRITTEN = f"{_JOINED} WHERE (old.key IS NULL OR old.digest != new.digest OR old.place != new.place)"
_GONE = "FROM old WHERE NOT EXISTS (SELECT 1 FROM new WHERE new.kind = old.kind AND new.key = old.key)"

_YIELD = "DELETE FROM new WHERE yields AND EXISTS (SELECT 1 FROM old WHERE old.kind = new.kind AND old.key = new.key)"


@dataclass(frozen=True, slots=True)
class Present:
    """What a store has now of one thing: its digest, its place in the order."""

    kind: Kind
    key: str
    digest: str
    place: int


@dataclass(frozen=True, slots=True)
class Incoming:
    """What is to become a new version: its line, what is found beside it, its place."""

    kind: Kind
    key: str
    digest: str
    line: bytes
    facts: dict[str, Any]
    place: int


class Stage:
    """The new catalogue and the present one, in a file of ``folder``. Close it when done.

    May be used from several threads, by one at a time.
    """

    def __init__(self, folder: Path) -> None:
        self._database = sqlite3.connect(folder / "stage.sqlite", isolation_level=None, check_same_thread=False)
        self._database.executescript(_SCHEMA)
        self._database.execute("BEGIN")

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def add(self, kind: Kind, key: str, line: bytes, facts: dict[str, Any], *, yields: bool = False) -> None:
        """Put a thing at the end of the new catalogue; the first one of a key counts.

        ``yields``: a partial import does not replace what the store has by it.
        """
        values = (kind, key, digest_of(line, facts.get("pictures", ())), line, orjson.dumps(facts), yields)
        sql = "INSERT OR IGNORE INTO new (kind, key, digest, line, facts, yields) VALUES (?, ?, ?, ?, ?, ?)"
        self._database.execute(sql, values)

    def digest(self) -> str:
        """One digest of the whole new catalogue, its order included."""
        whole = hashlib.sha256()
        for row in self._database.cursor().execute("SELECT kind, key, digest FROM new ORDER BY kind, ordinal"):
            whole.update("\0".join(row).encode())
        return whole.hexdigest()

    def remember(self, present: Iterable[Present]) -> None:
        """Put beside it what the store has now."""
        rows = ((each.kind, each.key, each.digest, each.place) for each in present)
        self._database.executemany("INSERT INTO old VALUES (?, ?, ?, ?)", rows)

    def settle(self, *, partial: bool) -> None:
        """Compare both: everything new gets its place.

        ``partial``: what the store has stays where it is, whether it is named or not, and new things come after it.
        """
        if partial:
            self._database.execute(_YIELD)
        for kind in Kind:
            rows = self._database.execute(
                f"SELECT new.ordinal, old.place {_JOINED} WHERE new.kind = ? ORDER BY new.ordinal",
                (kind,),
            ).fetchall()
            places = self._appended(kind, rows) if partial else settle([place for _, place in rows])
            pairs = ((place, ordinal) for place, (ordinal, _) in zip(places, rows, strict=True))
            self._database.executemany("UPDATE new SET place = ? WHERE ordinal = ?", pairs)
        if partial:
            self._database.execute(f"DELETE {_GONE}")

    def _appended(self, kind: Kind, rows: list[tuple[int, int | None]]) -> list[int]:
        last = self._one("SELECT coalesce(max(place), 0) FROM old WHERE kind = ?", kind)
        places = []
        for _, place in rows:
            last += GAP if place is None else 0
            places.append(last if place is None else place)
        return places

    def incoming(self, kind: Kind) -> Iterator[Incoming]:
        """What must be written of a kind, in the order of the catalogue."""
        columns = "new.key, new.digest, new.line, new.facts, new.place"
        sql = f"SELECT {columns} {_WRITTEN} AND new.kind = ? ORDER BY new.ordinal"
        for key, digest, line, facts, place in self._rows(sql, kind):
            yield Incoming(kind, key, digest, line, orjson.loads(facts), place)

    def gone(self, kind: Kind) -> Iterator[str]:
        """Keys of what the store has and the new catalogue has not; in a partial one nothing is."""
        for (key,) in self._rows(f"SELECT key {_GONE} AND old.kind = ? ORDER BY key", kind):
            yield key

    def count(self, kind: Kind) -> int:
        """How many things of a kind the new catalogue has."""
        return self._one("SELECT count(*) FROM new WHERE kind = ?", kind)

    def compared(self) -> tuple[int, int, int]:
        """How many things are added, changed, and gone."""
        added = self._one(f"SELECT count(*) {_JOINED} WHERE old.key IS NULL")
        written = self._one(f"SELECT count(*) {_WRITTEN}")
        return added, written - added, self._one(f"SELECT count(*) {_GONE}")

    def growth(self) -> Growth:
        """What both being settled makes larger, and by how much."""
        products, pictures = (self._grown(kind) for kind in (Kind.PRODUCT, Kind.PICTURE))
        return Growth(products, pictures, sum(each.facts["bytes"] for each in self.incoming(Kind.PICTURE)))

    def _grown(self, kind: Kind) -> int:
        added = self._one(f"SELECT count(*) {_JOINED} WHERE old.key IS NULL AND new.kind = ?", kind)
        return added - self._one(f"SELECT count(*) {_GONE} AND old.kind = ?", kind)

    def _one(self, sql: str, *values: str) -> int:
        return int(self._database.execute(sql, values).fetchone()[0])

    def _rows(self, sql: str, *values: str) -> Iterator[Any]:
        """Rows as they are asked for; not ``yield from``, which would close the cursor after its database."""
        for row in self._database.cursor().execute(sql, values):  # noqa: UP028
            yield row
