"""Changing a kept catalogue in small: patches of one or many things, deletion, restoration. Each is one revision."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from shopwright.catalog.documents import BY_HANDLE, VersionDocument
from shopwright.catalog.repository.drafting_edits import EditDrafting
from shopwright.catalog.repository.kept import Kept
from shopwright.catalog.repository.reading import CatalogReader
from shopwright.catalog.repository.writing import BATCH, RevisionWriter, successor, writing
from shopwright.catalog.versions.edit import Json
from shopwright.catalog.versions.growth import Growth
from shopwright.catalog.versions.line import digest_of
from shopwright.catalog.versions.listed import Filter
from shopwright.catalog.versions.revision import Act, Author, Counts, Kind, Revision
from shopwright.errors import ChangedMeanwhile, ChangeRefused, NotKept


@dataclass(frozen=True, slots=True)
class Editing:
    """Changes by one author. Methods raise ``ChangeRefused``, and then nothing is changed; ``StoreBusy``.

    Those that may find everything as it should be already give ``None`` then: there is no revision.
    """

    kept: Kept
    author: Author

    async def patch(self, kind: Kind, keys: Sequence[str], patch: Json, expected: str = "") -> Revision | None:
        """Apply a merge patch to some products or collections.

        ``expected`` is the ``digest_of`` each must have, if any. Raises ``ChangedMeanwhile`` when one has another.
        """
        await self.kept.document()
        async with writing(self.kept, self.author) as writer:
            reader = CatalogReader(self.kept, writer.base)
            present = [await _present(reader, kind, key) for key in dict.fromkeys(keys)]
            if expected and any(digest_of(version.content.encode()) != expected for version in present):
                raise ChangedMeanwhile("somebody changed it meanwhile.", remedy="Read it again, then change that.")
            return await self._patch(writer, reader, kind, _each(present), patch)

    async def patch_all(self, filter_: Filter, patch: Json) -> Revision | None:
        """Apply a merge patch to all products of a filter."""
        await self.kept.document()
        async with writing(self.kept, self.author) as writer:
            reader = CatalogReader(self.kept, writer.base)
            return await self._patch(writer, reader, Kind.PRODUCT, reader.all(filter_), patch)

    async def delete(self, kind: Kind, keys: Sequence[str]) -> Revision:
        """Delete products or collections; they can be restored until they are pruned.

        A collection that products name is not deleted.
        """
        await self.kept.document()
        async with writing(self.kept, self.author) as writer:
            reader = CatalogReader(self.kept, writer.base)
            for key in keys:
                await _present(reader, kind, key)
                if kind is Kind.COLLECTION:
                    await _refuse_named(reader, key)
            await writer.write(kind, (), keys)
            return await writer.commit(Act.DELETE, self.author, Counts(deleted=len(set(keys))))

    async def restore(self, kind: Kind, keys: Sequence[str]) -> Revision:
        """Bring back what was deleted, as it was last."""
        await self.kept.document()
        async with writing(self.kept, self.author) as writer:
            reader = CatalogReader(self.kept, writer.base)
            drafting = EditDrafting(reader)
            last = [await self._deleted(reader, kind, key) for key in dict.fromkeys(keys)]
            versions = [await drafting.patched(kind, version, {}) for version in last]
            async with self.kept.room(Growth(products=len(versions) if kind is Kind.PRODUCT else 0)):
                await writer.write(kind, [successor(version, self.kept.store, writer.number) for version in versions])
                return await writer.commit(Act.RESTORE, self.author, Counts(added=len(versions)))

    async def _patch(
        self,
        writer: RevisionWriter,
        reader: CatalogReader,
        kind: Kind,
        present: AsyncIterator[VersionDocument],
        patch: Json,
    ) -> Revision | None:
        drafting, step, changed = EditDrafting(reader), [], 0
        async for version in present:
            patched = await drafting.patched(kind, version, patch)
            if patched.digest != version.digest:
                step.append(successor(patched, self.kept.store, writer.number))
                changed += 1
            if len(step) == BATCH:
                await writer.write(kind, step)
                step = []
        await writer.write(kind, step)
        return await writer.commit(Act.EDIT, self.author, Counts(changed=changed)) if changed else None

    async def _deleted(self, reader: CatalogReader, kind: Kind, key: str) -> VersionDocument:
        """The last version of something that was deleted."""
        where = self.kept.named(kind, key)
        if await reader.version(kind, key):
            raise ChangeRefused("it is there, so it cannot be restored.", where=where, remedy="To go back, undo.")
        versions = self.kept.versions(kind).stream(BY_HANDLE, self.kept.any_version(handle=key))
        last = max([version async for version in versions], key=lambda version: version.since, default=None)
        if last is None:
            raise NotKept("there never was one, or it was pruned.", where=where)
        found: VersionDocument = last
        return found


async def _present(reader: CatalogReader, kind: Kind, key: str) -> VersionDocument:
    version = await reader.version(kind, key)
    if version is None:
        raise NotKept("there is none.", where=reader.kept.named(kind, key), remedy="Find it by its title.")
    return version


async def _refuse_named(reader: CatalogReader, collection: str) -> None:
    for status in ("active", "draft", "archived"):
        page = await reader.page(Filter(collection=collection, status=status), 1)
        if page.products:
            raise ChangeRefused(
                f"products stand in it, such as {page.products[0].handle!r}.",
                where=reader.kept.named(Kind.COLLECTION, collection),
                remedy="Take them out of it first.",
            )


async def _each(versions: Sequence[VersionDocument]) -> AsyncIterator[VersionDocument]:
    for version in versions:
        yield version
