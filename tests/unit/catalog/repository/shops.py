"""A store kept in a real database, and what fills it."""

import datetime as dt
from dataclasses import dataclass

import orjson

from shopwright.bootstrap.document_types import DOCUMENT_TYPES
from shopwright.catalog.faults import Report
from shopwright.catalog.picture_files import PictureFiles
from shopwright.catalog.repository.catalog import CatalogRepository
from shopwright.catalog.repository.importing import Bringing
from shopwright.catalog.repository.kept import Kept
from shopwright.catalog.source import open_source
from shopwright.catalog.versions.revision import Author, Kind

KINDS = tuple(kind for kind in DOCUMENT_TYPES if kind.name in {
    "stores", "settings", "collections", "pictures", "products", "revisions", "leases", "fences",
})  # fmt: skip
ANN = Author("ann", dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC))


def product(handle, **fields):
    return {"handle": handle, "title": handle.title(), **fields}


def priced(handle, amount, **fields):
    price = {"amount": amount, "currency": "EUR"}
    return product(handle, variants=[{"id": "only", "price": price, "sku": f"S-{handle}"}], **fields)


@dataclass
class Shop:
    """A repository, and the folder its imports are written to."""

    catalog: CatalogRepository
    folder: object

    def write(self, products, *, settings="", collections=(), pictures=()):
        self.folder.mkdir(exist_ok=True)
        (self.folder / "store.yaml").write_text(f"name: Luna\ncurrency: EUR\n{settings}")
        (self.folder / "products.jsonl").write_bytes(b"".join(orjson.dumps(one) + b"\n" for one in products))
        (self.folder / "collections.jsonl").unlink(missing_ok=True)
        if collections:
            (self.folder / "collections.jsonl").write_bytes(b"\n".join(map(orjson.dumps, collections)))
        for name, data in dict(pictures).items():
            (self.folder / name).write_bytes(data)

    async def bring_in(self, products=None, *, partial=False, author=ANN, report=None, **described):
        if products is not None:
            self.write(products, **described)
        source = open_source(self.folder)
        return await self.catalog.bring_in(source, author, report or Report(), bringing=Bringing(partial, self.folder))

    async def titles(self, revision=None):
        exporting = await self.catalog.export(revision)
        return [orjson.loads(line)["title"] async for line in exporting.lines(Kind.PRODUCT)]

    async def state(self, revision=None):
        """Everything a reader sees, as bytes."""
        exporting = await self.catalog.export(revision)
        kinds = (Kind.COLLECTION, Kind.PRODUCT)
        lines = [line for kind in kinds async for line in exporting.lines(kind)]
        return await exporting.settings() + b"".join(lines)


def shop_in(database, folder, store="luna", patience=60.0):
    pictures = PictureFiles(folder / "state")
    return Shop(CatalogRepository(Kept(database, store, pictures, patience)), folder / f"source-{store}")
