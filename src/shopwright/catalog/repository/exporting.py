"""A kept catalogue as the files of a store folder, streamed: at one revision, in flat memory."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import orjson

from shopwright.catalog.documents import IN_ORDER
from shopwright.catalog.exporters.own import store_text
from shopwright.catalog.pictures import picture_source
from shopwright.catalog.repository.kept import Kept
from shopwright.catalog.repository.reading import CatalogReader
from shopwright.catalog.repository.reviews import ReviewRepository
from shopwright.catalog.store import Store
from shopwright.catalog.versions.reading import SETTINGS
from shopwright.catalog.versions.revision import Kind
from shopwright.errors import ChangeRefused, StorageError

AT_ONCE = 1_000_000
"""Bytes written at once."""


@dataclass(frozen=True, slots=True)
class Exporting:
    """One export of a kept catalogue as it was at ``revision``.

    ``with_reviews``: products have, behind their own reviews, those that were written since and are published. That is
    for a build: imported again, they would be there twice.
    """

    kept: Kept
    revision: int
    with_reviews: bool = False

    async def settings(self) -> bytes:
        """The text of ``store.yaml``. Its collections are among the others."""
        line = await CatalogReader(self.kept, self.revision).line(Kind.SETTINGS, SETTINGS)
        return store_text(Store.model_validate(orjson.loads(line))).encode()

    async def lines(self, kind: Kind) -> AsyncIterator[bytes]:
        """The lines of ``products.jsonl`` or ``collections.jsonl``, line ends included, in order.

        Raises ``ChangeRefused`` at the end if the revision was pruned meanwhile: then lines are missing.
        """
        contents = self._with_reviews() if self.with_reviews and kind is Kind.PRODUCT else self._contents(kind)
        async for content in contents:
            yield content.encode() + b"\n"
        await self.kept.at(self.revision)

    async def _contents(self, kind: Kind) -> AsyncIterator[str]:
        open_then = self.kept.open_at(self.revision)
        async for (content,) in self.kept.versions(kind).columns(IN_ORDER, open_then, ("content",)):
            yield content

    def _with_reviews(self) -> AsyncIterator[str]:
        open_then = self.kept.open_at(self.revision)
        rows = self.kept.versions(Kind.PRODUCT).columns(IN_ORDER, open_then, ("handle", "content"))
        lines = ((handle, content) async for handle, content in rows)
        return ReviewRepository(self.kept.database).joined(self.kept.store, lines)

    async def folder(self, out: Path) -> int:
        """Write a store folder with everything in it, pictures included; how many products.

        ``out`` must be empty or new. Raises ``StorageError``, ``ChangeRefused``.
        """
        try:
            await asyncio.to_thread(_begin, out, await self.settings())
            await self._write(Kind.COLLECTION, out / "collections.jsonl")
            products = await self._write(Kind.PRODUCT, out / "products.jsonl")
        except OSError as error:
            raise StorageError(f"cannot be written ({error.strerror}).", where=str(out)) from error
        await self._lay_out_pictures(out)
        return products

    async def _write(self, kind: Kind, file: Path) -> int:
        """Append the lines to a file that is made by the first of them, some at a time; how many."""
        count, waiting = 0, bytearray()
        async for line in self.lines(kind):
            waiting += line
            count += 1
            if len(waiting) > AT_ONCE:
                await asyncio.to_thread(_append, file, waiting)
                waiting = bytearray()
        await asyncio.to_thread(_append, file, waiting)
        return count

    async def _lay_out_pictures(self, out: Path) -> None:
        pictures = self.kept.versions(Kind.PICTURE)
        async for handle, sha256 in pictures.columns(IN_ORDER, self.kept.open_at(self.revision), ("handle", "content")):
            await asyncio.to_thread(self._lay_out, out, handle, sha256)

    def _lay_out(self, out: Path, handle: str, sha256: str) -> None:
        """A picture at its path; that comes from a document, so it is proved to stay inside once more."""
        root = out.resolve()
        if picture_source(handle) != handle or not (root / handle).resolve().is_relative_to(root):
            raise ChangeRefused("its path leaves the folder.", where=self.kept.named(Kind.PICTURE, handle))
        self.kept.pictures.lay_out(sha256, root / handle, linked=self.with_reviews)


def _begin(out: Path, settings: bytes) -> None:
    out.mkdir(parents=True, exist_ok=True)
    (out / "store.yaml").write_bytes(settings)


def _append(file: Path, data: bytearray) -> None:
    if data:
        with file.open("ab") as stream:
            stream.write(data)
