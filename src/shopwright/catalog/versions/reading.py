"""A source read into a stage: its settings, its collections and products in order, the pictures it has on disk."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from shopwright.catalog.assessment import FILE, read_assessment
from shopwright.catalog.faults import Report
from shopwright.catalog.pictures import find_picture
from shopwright.catalog.product import Collection, Product
from shopwright.catalog.source import CatalogSource
from shopwright.catalog.versions.facts import Facts, collection_facts, product_facts, settings_facts
from shopwright.catalog.versions.line import line_of
from shopwright.catalog.versions.revision import Kind
from shopwright.catalog.versions.stage import Stage

SETTINGS = "store"
"""Key of a store's settings among its versions: there is one of them."""

Tick = Callable[[], None]
Keep = Callable[[Path], tuple[str, int]]
"""Keeps a picture's bytes; gives their SHA-256 and how many they are."""


@dataclass(frozen=True, slots=True)
class SourceReading:
    """A source on its way into a stage. ``keep`` is given each picture that lies beside it.

    ``folder`` is where ``store.yaml`` lies, and what belongs to it.
    """

    source: CatalogSource
    stage: Stage
    keep: Keep
    folder: Path | None = None
    _found: dict[str, bool] = field(default_factory=dict)
    _collections: set[str] = field(default_factory=set)

    def read(self, report: Report, tick: Tick) -> None:
        """Read everything. Raises ``SourceError`` or ``LimitExceeded``; the report lists every fault.

        The collections that the store describes become collections like the others, before them. Pictures that are not
        there are not named beside a product, so that what is named there exists.
        """
        store = self.source.store
        line = line_of(store.model_copy(update={"collections": ()}))
        facts = settings_facts(store)
        self._add(
            Kind.SETTINGS, SETTINGS, line, {**facts, "pictures": facts["pictures"] + self._assessment()}, yields=True
        )
        for collection in store.collections:
            self._collection(collection)
        for item in self.source.read(report):
            if isinstance(item, Collection):
                self._collection(item)
            else:
                self._product(item)
            tick()

    def _collection(self, collection: Collection) -> None:
        """A collection of which only handle and title are known may be implied by a product."""
        is_bare = collection == Collection(handle=collection.handle, title=collection.title)
        facts = collection_facts(collection)
        self._collections.add(collection.handle)
        self._add(Kind.COLLECTION, collection.handle, line_of(collection), facts, yields=is_bare)

    def _product(self, product: Product) -> None:
        """Collections beyond the bound of a source are named by products, but there are none."""
        facts = product_facts(product)
        there = [handle for handle in facts["collections"] if handle in self._collections]
        self._add(Kind.PRODUCT, product.handle, line_of(product), {**facts, "collections": there})

    def _add(self, kind: Kind, key: str, line: bytes, facts: Facts, *, yields: bool = False) -> None:
        there = [source for source in facts["pictures"] if self._is_there(source)]
        self.stage.add(kind, key, line, {**facts, "pictures": there}, yields=yields)

    def _assessment(self) -> list[str]:
        """The name of ``accessibility.json`` if there is one. Raises ``SourceError`` for one that cannot be used."""
        return [FILE] if self.folder and read_assessment(self.folder) else []

    def _is_there(self, picture: str) -> bool:
        """Whether a picture lies beside the source; its bytes are kept when it is first asked for."""
        if picture not in self._found:
            own = [self.folder] if self.folder and picture == FILE else self.source.picture_folders
            file = find_picture(picture, own)
            self._found[picture] = file is not None
            if file:
                digest, size = self.keep(file)
                self.stage.add(Kind.PICTURE, picture, digest.encode(), {"bytes": size})
        return self._found[picture]
