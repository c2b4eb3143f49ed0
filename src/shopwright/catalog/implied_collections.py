"""Collections that types and categories imply: each is given out before the first product that names it."""

from collections.abc import Iterable, Iterator, Mapping

import orjson
from pydantic import TypeAdapter

from shopwright.catalog.assembly import COLLECTIONS
from shopwright.catalog.draft import Draft, Import
from shopwright.catalog.product import Collection, Product
from shopwright.catalog.row import Row

MAX_COLLECTIONS = 5_000
_MANY = TypeAdapter(list[Collection])


class ImpliedCollections:
    """The collections given out so far; those that ``store.yaml`` describes count as given out."""

    def __init__(self, run: Import) -> None:
        self._run = run
        self._known = {collection.handle for collection in run.store.collections}

    def before(self, product: Product, draft: Draft) -> Iterator[Collection]:
        """The collections that must be known before a product: described in its rows, then implied by it."""
        for row in draft.rows:
            for collection in self._described(row):
                if collection.handle not in self._known:
                    self._known.add(collection.handle)
                    yield collection
        yield from self._implied(product.collections, draft.groups, draft.rows[0])

    def give(self, collections: Iterable[Collection]) -> None:
        """Count collections as given out."""
        self._known.update(collection.handle for collection in collections)

    def _implied(self, handles: tuple[str, ...], titles: Mapping[str, str], row: Row) -> Iterator[Collection]:
        for handle in handles:
            if handle in self._known:
                continue
            if len(self._known) >= MAX_COLLECTIONS:
                self._run.note("too-many-collections", row, "type", f"There are more than {MAX_COLLECTIONS:,} of them.")
                return
            self._known.add(handle)
            yield Collection(handle=handle, title=(titles.get(handle) or title_of(handle))[:300])

    def _described(self, row: Row) -> list[Collection]:
        text = row.get(COLLECTIONS)
        try:
            return _MANY.validate_python(orjson.loads(text)) if text else []
        except ValueError:
            self._run.note("patch-invalid", row, COLLECTIONS, "The column is no list of collections.")
            return []


def title_of(handle: str) -> str:
    """A title made from a handle: ``round-frames`` becomes ``Round frames``."""
    return handle.replace("-", " ").capitalize()
