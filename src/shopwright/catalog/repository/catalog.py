"""One store's catalogue in a tenant's database: everything that can be asked of it and done to it."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from shopwright.catalog.faults import Report
from shopwright.catalog.repository.editing import Editing
from shopwright.catalog.repository.exporting import Exporting
from shopwright.catalog.repository.history import Difference, History
from shopwright.catalog.repository.importing import PLAINLY, Bringing, Importing
from shopwright.catalog.repository.kept import Kept
from shopwright.catalog.repository.pruning import Pruning
from shopwright.catalog.repository.reading import CatalogReader
from shopwright.catalog.repository.undoing import Undoing
from shopwright.catalog.source import CatalogSource
from shopwright.catalog.versions.edit import Json
from shopwright.catalog.versions.listed import Filter, Listed, Page
from shopwright.catalog.versions.revision import Author, Change, Kind, Revision


@dataclass(frozen=True, slots=True)
class CatalogRepository:
    """The catalogue of one store.

    What reads takes ``revision``, by default the newest. Methods raise ``ChangeRefused`` for what is not there or
    cannot be done, ``StoreBusy`` when others write for too long, ``DatabaseError``.
    """

    kept: Kept

    async def bring_in(
        self, source: CatalogSource, author: Author, report: Report, *, bringing: Bringing = PLAINLY
    ) -> Revision | None:
        """Import a source as one revision, ``None`` if nothing differs.

        Raises ``SourceError`` and ``LimitExceeded`` too; the report lists every fault of the source.
        """
        return await Importing(self.kept, author, bringing).run(source, report)

    async def patch(
        self, kind: Kind, keys: Sequence[str], patch: Json, author: Author, expected: str = ""
    ) -> Revision | None:
        """Apply a merge patch (RFC 7396) to some products or collections; ``None`` if that changes nothing.

        Raises ``ChangedMeanwhile`` when one of them has not the ``digest_of`` that is expected, if any is.
        """
        return await Editing(self.kept, author).patch(kind, keys, patch, expected)

    async def patch_all(self, filter_: Filter, patch: Json, author: Author) -> Revision | None:
        """Apply a merge patch to all products of a filter; ``None`` if that changes nothing."""
        return await Editing(self.kept, author).patch_all(filter_, patch)

    async def delete(self, kind: Kind, keys: Sequence[str], author: Author) -> Revision:
        """Delete products or collections; they can be restored."""
        return await Editing(self.kept, author).delete(kind, keys)

    async def restore(self, kind: Kind, keys: Sequence[str], author: Author) -> Revision:
        """Bring back what was deleted, as it was last."""
        return await Editing(self.kept, author).restore(kind, keys)

    async def undo(self, number: int, author: Author, *, merge: bool) -> Revision:
        """Take a revision back; ``merge``: later changes of other fields stay."""
        return await Undoing(self.kept, author, merge).run(number)

    async def prune(self, keep: int, author: Author) -> int:
        """Remove what only revisions before the newest ``keep`` need; how many versions."""
        return await Pruning(self.kept, author).run(keep)

    async def line(self, kind: Kind, key: str, revision: int | None = None) -> bytes:
        """One product or collection as its line of JSON."""
        return await CatalogReader(self.kept, await self.kept.at(revision)).line(kind, key)

    async def page(self, filter_: Filter, limit: int, after: str = "", revision: int | None = None) -> Page:
        """A page of products."""
        return await CatalogReader(self.kept, await self.kept.at(revision)).page(filter_, limit, after)

    async def search(self, text: str, limit: int, revision: int | None = None) -> tuple[Listed, ...]:
        """The products that have, for each word of ``text``, a word that begins with it; the best first."""
        return await CatalogReader(self.kept, await self.kept.at(revision)).search(text, limit)

    async def by_number(self, number: str, revision: int | None = None) -> tuple[Listed, ...]:
        """The products that have a variant with this SKU or GTIN."""
        return await CatalogReader(self.kept, await self.kept.at(revision)).by_number(number)

    async def log(self, limit: int) -> list[Revision]:
        """The newest revisions, newest first."""
        await self.kept.document()
        return await History(self.kept).log(limit)

    def differences(self, number: int) -> AsyncIterator[Difference]:
        """What a revision did to each thing."""
        return History(self.kept).differences(number)

    async def changes(self, since: int, *, follow: bool) -> AsyncIterator[Change]:
        """What revisions after ``since`` changed; ``follow``: and what changes from then on, without an end."""
        await self.kept.document()
        history = History(self.kept)
        async for change in history.follow(since) if follow else history.changes(since):
            yield change

    async def export(self, revision: int | None = None) -> Exporting:
        """The catalogue as the lines and files of a store folder, at one revision whatever is written meanwhile."""
        return Exporting(self.kept, await self.kept.at(revision))

    async def write_folder(self, out: Path, revision: int | None = None, *, with_reviews: bool = False) -> int:
        """Write a store folder with everything in it; how many products. Raises ``StorageError`` too."""
        return await replace(await self.export(revision), with_reviews=with_reviews).folder(out)
