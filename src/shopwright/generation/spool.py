"""The catalogue of one build on disk, so that no process holds it as objects.

A temporary SQLite file: product records in catalogue order, who stands in which collection, which pictures are asked
for. Everything is written once and read in order; SQLite's page cache is the only memory it takes.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import orjson

from shopwright.catalog.product import Collection, Product, Status

EVERYTHING = "all"
"""Handle of the collection that holds every product."""

_SCHEMA = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -8000; PRAGMA temp_store = FILE;
CREATE TABLE product (position INTEGER PRIMARY KEY, handle TEXT UNIQUE NOT NULL, record BLOB NOT NULL, card BLOB,
  thing BLOB);
CREATE TABLE collection (handle TEXT PRIMARY KEY, position INTEGER NOT NULL, record BLOB NOT NULL);
CREATE TABLE member (collection TEXT, position INTEGER, PRIMARY KEY (collection, position)) WITHOUT ROWID;
CREATE TABLE picture (source TEXT PRIMARY KEY, title TEXT NOT NULL, prepared BLOB, shared INTEGER);
CREATE TABLE picture_file (name TEXT PRIMARY KEY, path TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE previous (kind TEXT, handle TEXT, successor TEXT NOT NULL, PRIMARY KEY (kind, handle)) WITHOUT ROWID;
CREATE TABLE title (locale TEXT, title TEXT, position INTEGER NOT NULL, PRIMARY KEY (locale, title)) WITHOUT ROWID;
CREATE TABLE twin (position INTEGER, locale TEXT, PRIMARY KEY (position, locale)) WITHOUT ROWID;
CREATE TABLE address (locale TEXT, handle TEXT, product TEXT NOT NULL, PRIMARY KEY (locale, handle)) WITHOUT ROWID;
"""


class Spool:
    """Records of one build. Positions count products from 0 in catalogue order."""

    def __init__(self, folder: Path) -> None:
        self._database = sqlite3.connect(folder / "spool.sqlite", isolation_level=None)
        self._database.executescript(_SCHEMA)
        self._database.execute("BEGIN")
        self.products = 0
        self.dated = False
        """Whether a product says when it was created: only then there is news."""

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def add_product(self, product: Product) -> bool:
        """Keep an active product; False if its handle is taken or it is not shown."""
        if product.status is not Status.ACTIVE:
            return False
        record = product.model_dump_json(exclude_defaults=True).encode()
        sql = "INSERT OR IGNORE INTO product (position, handle, record) VALUES (?, ?, ?)"
        if not self._database.execute(sql, (self.products, product.handle, record)).rowcount:
            return False
        self._follow("product", product.previous_handles, product.handle)
        self.dated = self.dated or product.created is not None
        members = [(handle, self.products) for handle in dict.fromkeys((*product.collections, EVERYTHING))]
        self._database.executemany("INSERT OR IGNORE INTO member VALUES (?, ?)", members)
        self._ask_pictures(product)
        self.products += 1
        return True

    def _ask_pictures(self, product: Product) -> None:
        sources = [picture.source for picture in product.pictures]
        sources += [variant.picture for variant in product.variants if variant.picture]
        self.ask_pictures((source, product.title) for source in dict.fromkeys(sources))
        self.share_picture(sources[0] if sources else None)

    def ask_pictures(self, wanted: Iterable[tuple[str, str]]) -> None:
        """Remember that pictures (source, title) are needed."""
        self._database.executemany("INSERT OR IGNORE INTO picture (source, title) VALUES (?, ?)", wanted)

    def share_picture(self, source: str | None) -> None:
        """Remember that a picture stands for a page wherever that is shared."""
        self._database.execute("UPDATE picture SET shared = 1 WHERE source = ?", (source,))

    def shared_pictures(self) -> Iterator[tuple[str, bytes]]:
        """Source and what the pipeline made of it, of every picture that stands for a page, in the order of asking."""
        return self._rows("SELECT source, prepared FROM picture WHERE shared AND prepared IS NOT NULL ORDER BY rowid")

    def add_collection(self, collection: Collection) -> None:
        """Keep a collection; the first one of a handle counts."""
        sql = "INSERT OR IGNORE INTO collection SELECT ?, count(*), ? FROM collection"
        record = collection.model_dump_json(exclude_defaults=True).encode()
        self._database.execute(sql, (collection.handle, record))
        self._follow("collection", collection.previous_handles, collection.handle)
        if collection.picture:
            self.ask_pictures([(collection.picture.source, collection.title)])
            self.share_picture(collection.picture.source)

    def _follow(self, kind: str, earlier: Iterable[str], handle: str) -> None:
        rows = [(kind, one, handle) for one in earlier if one != handle]
        if rows:
            self._database.executemany("INSERT OR IGNORE INTO previous VALUES (?, ?, ?)", rows)

    def previous_handles(self) -> Iterator[tuple[str, str, str]]:
        """Kind, earlier handle, and handle today of what says that it had another one; the first who says so counts."""
        return self._rows("SELECT kind, handle, successor FROM previous ORDER BY kind, handle")

    def claim_address(self, locale: str, handle: str, product: str) -> bool:
        """Take an address for a product; False if another product has it."""
        self._database.execute("INSERT OR IGNORE INTO address VALUES (?, ?, ?)", (locale, handle, product))
        sql = "SELECT product FROM address WHERE locale = ? AND handle = ?"
        return bool(self._database.execute(sql, (locale, handle)).fetchone()[0] == product)

    def claim_title(self, locale: str, title: str, position: int) -> None:
        """Take a title for a product; if another one has it, the product is its twin in this locale."""
        title = title.casefold()
        self._database.execute("INSERT OR IGNORE INTO title VALUES (?, ?, ?)", (locale, title, position))
        sql = "INSERT OR IGNORE INTO twin SELECT ?, locale FROM title WHERE locale = ? AND title = ? AND position != ?"
        self._database.execute(sql, (position, locale, title, position))

    def twins(self, position: int) -> list[str]:
        """The locales in which a product has its title from another one."""
        sql = "SELECT locale FROM twin WHERE position = ? ORDER BY locale"
        return [locale for (locale,) in self._database.execute(sql, (position,))]

    def records(self) -> Iterator[tuple[int, bytes]]:
        """Position and record of every product, in catalogue order."""
        return self._rows("SELECT position, record FROM product ORDER BY position")

    def record(self, position: int) -> bytes:
        """The record of one product."""
        row = self._database.execute("SELECT record FROM product WHERE position = ?", (position,)).fetchone()
        return bytes(row[0])

    def _rows(self, sql: str, *values: str) -> Iterator[Any]:
        """The rows of a query, read as they are asked for.

        Not ``yield from``: that would close the cursor of an abandoned build after its database.
        """
        for row in self._database.cursor().execute(sql, values):  # noqa: UP028 - see above
            yield row

    def set_card(self, position: int, card: bytes, thing: bytes = b"") -> None:
        """Keep the card of a product, and its line in the ledger of addresses."""
        self._database.execute("UPDATE product SET card = ?, thing = ? WHERE position = ?", (card, thing, position))

    def thing(self, handle: str) -> bytes | None:
        """A product's line in the ledger."""
        row = self._database.execute("SELECT thing FROM product WHERE handle = ?", (handle,)).fetchone()
        return bytes(row[0]) if row and row[0] else None

    def things(self) -> Iterator[bytes]:
        """The lines of all products in the ledger, ordered by handle."""
        return (bytes(line) for (line,) in self._rows("SELECT thing FROM product ORDER BY handle") if line)

    def card(self, position: int) -> bytes:
        """The card of one product."""
        row = self._database.execute("SELECT card FROM product WHERE position = ?", (position,)).fetchone()
        return bytes(row[0])

    def position(self, handle: str) -> int | None:
        """Where a product stands in the catalogue."""
        row = self._database.execute("SELECT position FROM product WHERE handle = ?", (handle,)).fetchone()
        return int(row[0]) if row else None

    def collections(self) -> list[dict[str, object]]:
        """Records of the collections that have products, with their ``count``, in order."""
        sql = (
            "SELECT c.record, count(*) FROM collection c JOIN member m ON m.collection = c.handle "
            "GROUP BY c.handle ORDER BY c.position"
        )
        return [{**orjson.loads(record), "count": count} for record, count in self._database.execute(sql)]

    def unnamed_collections(self) -> list[str]:
        """Handles that products name but no collection has."""
        sql = (
            "SELECT DISTINCT m.collection FROM member m LEFT JOIN collection c ON c.handle = m.collection "
            "WHERE c.handle IS NULL AND m.collection != ? ORDER BY m.collection"
        )
        return [handle for (handle,) in self._database.execute(sql, (EVERYTHING,))]

    def member_cards(self, collection: str) -> Iterator[bytes]:
        """Cards of a collection's products, in catalogue order."""
        sql = (
            "SELECT p.card FROM member m JOIN product p ON p.position = m.position "
            "WHERE m.collection = ? ORDER BY m.position"
        )
        return (card for (card,) in self._rows(sql, collection))

    def pictures(self) -> Iterator[tuple[str, str]]:
        """Source and product title of every picture asked for, in the order of asking."""
        return self._rows("SELECT source, title FROM picture ORDER BY rowid")

    def set_prepared(self, source: str, prepared: bytes) -> None:
        """Keep what the pipeline made of a picture."""
        self._database.execute("UPDATE picture SET prepared = ? WHERE source = ?", (prepared, source))

    def add_picture_files(self, files: Iterable[tuple[str, Path]]) -> None:
        """Remember the files (published name, where it is now) of a prepared picture."""
        rows = ((name, str(path)) for name, path in files)
        self._database.executemany("INSERT OR IGNORE INTO picture_file VALUES (?, ?)", rows)

    def forget_picture_files(self) -> None:
        """Begin the list of picture files anew: pictures are prepared once more, and may show other files."""
        self._database.execute("DELETE FROM picture_file")

    def picture_files(self) -> Iterator[tuple[str, Path]]:
        """The files of all prepared pictures, ordered by name."""
        return ((name, Path(path)) for name, path in self._rows("SELECT name, path FROM picture_file ORDER BY name"))

    def picture_file(self, name: str) -> Path | None:
        """Where the file of a published name is now."""
        row = self._database.execute("SELECT path FROM picture_file WHERE name = ?", (name,)).fetchone()
        return Path(row[0]) if row else None

    def prepared(self, source: str) -> bytes | None:
        """What the pipeline made of a picture; none if it was left out."""
        row = self._database.execute("SELECT prepared FROM picture WHERE source = ?", (source,)).fetchone()
        return bytes(row[0]) if row and row[0] else None
