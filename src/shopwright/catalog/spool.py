"""Rows put aside on disk and read back product by product, so that memory does not grow with the file."""

import sqlite3
import tempfile
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import Self

import orjson

from shopwright.errors import LimitExceeded

MAX_FAMILIES = 1_000_000
"""Most products of one file."""
MAX_FAMILY = 5_000
"""Most rows of one product: 2,048 variants, 250 pictures, and room for repeated rows."""

Spooled = tuple[int, int, list[str]]
"""Sheet (0 is the catalogue itself), record number, cells."""


class Spool:
    """A temporary SQLite file of rows by the product they belong to. Close it, or use it in a ``with``."""

    def __init__(self, workspace: Path | None = None) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="shopwright-", dir=workspace)
        self._database = sqlite3.connect(Path(self._folder.name) / "rows.sqlite", isolation_level=None)
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "temp_store = FILE", "cache_size = -8000"):
            self._database.execute(f"PRAGMA {pragma}")
        self._database.execute("CREATE TABLE rows (family INTEGER, sheet INTEGER, number INTEGER, cells BLOB)")
        self._database.execute("BEGIN")
        self._families: dict[str, int] = {}
        self._sizes: list[int] = []
        self._last: int | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close()
        self._folder.cleanup()

    def add(self, family: str, number: int, cells: list[str], sheet: int = 0) -> bool:
        """Put a row aside. False if its family has rows already, but not the one just before.

        Raises ``LimitExceeded`` when there are too many families; see ``is_full`` for the size of one.
        """
        known = len(self._families)
        ordinal = self._families.setdefault(family, known)
        adjoins = ordinal in (known, self._last)
        if ordinal == known:
            self._sizes.append(0)
            if known == MAX_FAMILIES:
                raise LimitExceeded(f"the catalogue has more than {MAX_FAMILIES:,} products.")
        self._sizes[ordinal] += 1
        self._last = ordinal
        self._database.execute("INSERT INTO rows VALUES (?, ?, ?, ?)", (ordinal, sheet, number, orjson.dumps(cells)))
        return adjoins

    def is_full(self, family: str) -> bool:
        """Whether a family has all the rows it may have."""
        ordinal = self._families.get(family)
        return ordinal is not None and self._sizes[ordinal] >= MAX_FAMILY

    def families(self) -> Iterator[list[Spooled]]:
        """The rows of each family, families and rows in the order in which they first appeared."""
        self._database.execute("CREATE INDEX by_family ON rows (family)")
        rows = self._database.execute("SELECT family, sheet, number, cells FROM rows ORDER BY family, rowid")
        for _, family in groupby(rows, key=lambda row: row[0]):
            yield [(sheet, number, orjson.loads(cells)) for _, sheet, number, cells in family]
