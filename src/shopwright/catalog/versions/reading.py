"""A source read into a stage: its settings, its collections and products in order, the pictures it has on disk."""

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path

from shopwright.catalog.faults import Report
from shopwright.catalog.pictures import find_picture
from shopwright.catalog.product import Collection, Product
from shopwright.catalog.source import CatalogSource
from shopwright.catalog.versions.facts import collection_facts, product_facts, settings_facts
from shopwright.catalog.versions.line import line_of
from shopwright.catalog.versions.revision import Kind
from shopwright.catalog.versions.stage import Stage

SETTINGS = "store"
"""Key of a store's settings among its versions: there is one of them."""

Tick = Callable[[], None]


def stage_source(source: CatalogSource, stage: Stage, report: Report, tick: Tick) -> None:
    """Read everything of a source. Raises ``SourceError`` or ``LimitExceeded``; the report lists every fault.

    The collections that the store describes become collections like the others, before them.
    """
    _Reading(source, stage).read(report, tick)


class _Reading:
    def __init__(self, source: CatalogSource, stage: Stage) -> None:
        self._source, self._stage = source, stage
        self._seen: set[str] = set()

    def read(self, report: Report, tick: Tick) -> None:
        store = self._source.store
        self._add(Kind.SETTINGS, SETTINGS, line_of(store.model_copy(update={"collections": ()})), settings_facts(store))
        for collection in store.collections:
            self._collection(collection)
        for item in self._source.read(report):
            if isinstance(item, Collection):
                self._collection(item)
            else:
                self._product(item)
            tick()

    def _collection(self, collection: Collection) -> None:
        self._add(Kind.COLLECTION, collection.handle, line_of(collection), collection_facts(collection))

    def _product(self, product: Product) -> None:
        self._add(Kind.PRODUCT, product.handle, line_of(product), product_facts(product))

    def _add(self, kind: Kind, key: str, line: bytes, facts: dict[str, object]) -> None:
        self._stage.add(kind, key, line, facts)
        pictures = facts["pictures"]
        assert isinstance(pictures, Iterable)  # noqa: S101 - every kind of facts has them
        for source in pictures:
            self._picture(str(source))

    def _picture(self, source: str) -> None:
        if source in self._seen:
            return
        self._seen.add(source)
        if file := find_picture(source, self._source.picture_folders):
            digest, size = _digest(file)
            self._stage.add(Kind.PICTURE, source, digest.encode(), {"bytes": size, "path": str(file)})


def _digest(file: Path) -> tuple[str, int]:
    """SHA-256 and size of a file."""
    with file.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
        return digest, stream.tell()
