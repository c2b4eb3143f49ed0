"""Importing a source: read to its end, compared with what is there, written as one revision or not at all."""

import asyncio
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from shopwright.catalog.documents import IN_ORDER, VersionDocument
from shopwright.catalog.faults import Report
from shopwright.catalog.picture_files import PictureIntake
from shopwright.catalog.repository.drafting import draft
from shopwright.catalog.repository.kept import Kept
from shopwright.catalog.repository.writing import BATCH, RevisionWriter, writing
from shopwright.catalog.source import CatalogSource
from shopwright.catalog.versions.reading import SourceReading
from shopwright.catalog.versions.revision import Act, Author, Counts, Kind, Revision
from shopwright.catalog.versions.stage import Present, Stage
from shopwright.errors import ChangeRefused

MAX_STEP = 4_000_000
"""Characters of content after which a step is full."""

Progress = Callable[[str, int], None]
"""Told a stage's name (``read``, ``compare``, ``write``) and how many things of it are done."""


def _say_nothing(stage: str, done: int) -> None:
    """Progress that nobody watches."""
    del stage, done


@dataclass(frozen=True, slots=True)
class Bringing:
    """How a source is brought in. ``partial``: what it does not name stays.

    ``folder`` is where ``store.yaml`` lies: other files that belong to it are brought in too.
    """

    partial: bool = False
    folder: Path | None = None
    progress: Progress = _say_nothing


PLAINLY = Bringing()
"""The source is all there is, and nobody watches."""


@dataclass(frozen=True, slots=True)
class Importing:
    """One import into a kept store."""

    kept: Kept
    author: Author
    how: Bringing

    async def run(self, source: CatalogSource, report: Report) -> Revision | None:
        """Bring a source in; the revision, ``None`` if nothing differs from what is there.

        Raises ``SourceError`` or ``LimitExceeded`` for the source, ``ChangeRefused`` if it holds no product,
        ``StoreBusy`` or ``LeaseLost`` if somebody else writes, ``StorageError`` for pictures and temporary files, and
        what the store's ``room`` raises: then nothing was written, no picture either.
        """
        with tempfile.TemporaryDirectory(prefix="shopwright-") as folder, closing(Stage(Path(folder))) as stage:
            files = PictureIntake(self.kept.pictures)
            reading = SourceReading(source, stage, files.measure, self.how.folder)
            await asyncio.to_thread(reading.read, report, self._ticking("read"))
            if not stage.count(Kind.PRODUCT):
                remedy = "Run shopwright check. To empty a store, delete its products."
                raise ChangeRefused("the source holds no product.", where=str(source.path), remedy=remedy)
            async with writing(self.kept, self.author) as writer:
                await self._remember(stage, writer.base)
                await asyncio.to_thread(stage.settle, partial=self.how.partial)
                async with self.kept.room(await asyncio.to_thread(stage.growth)):
                    await asyncio.to_thread(files.keep)
                    return await self._bring_in(stage, writer, source.path.name)

    async def _bring_in(self, stage: Stage, writer: RevisionWriter, name: str) -> Revision | None:
        counts = Counts(*stage.compared())
        if not counts.total:
            return None
        await self._write(stage, writer)
        digest = await asyncio.to_thread(stage.digest)
        return await writer.commit(Act.IMPORT, self.author, counts, source=name, digest=digest)

    async def _remember(self, stage: Stage, revision: int) -> None:
        """Put beside the new catalogue what the store has."""
        tick = self._ticking("compare")
        for kind in Kind:
            present: list[Present] = []
            open_now, wanted = self.kept.open_at(revision), ("handle", "digest", "place")
            async for row in self.kept.versions(kind).columns(IN_ORDER, open_now, wanted):
                present.append(Present(kind, *row))
                if len(present) == BATCH:
                    stage.remember(present)
                    present.clear()
                tick()
            stage.remember(present)

    async def _write(self, stage: Stage, writer: RevisionWriter) -> None:
        """Write new versions, what is named before what names it, then end what is gone, the other way round."""
        tick = self._ticking("write")
        for kind in Kind:
            drafts = (draft(each, self.kept.store, writer.number) for each in stage.incoming(kind))
            for versions in _steps(drafts):
                await writer.write(kind, versions)
                for _ in versions:
                    tick()
        for kind in reversed(Kind):
            gone = stage.gone(kind)
            while handles := list(islice(gone, BATCH)):
                await writer.write(kind, (), handles)

    def _ticking(self, stage: str) -> Callable[[], None]:
        done = 0

        def tick() -> None:
            nonlocal done
            done += 1
            self.how.progress(stage, done)

        return tick


def _steps(versions: Iterable[VersionDocument]) -> Iterator[list[VersionDocument]]:
    """Versions by the step, bounded in number and in size."""
    step: list[VersionDocument] = []
    size = 0
    for version in versions:
        step.append(version)
        size += len(version.content)
        if len(step) == BATCH or size > MAX_STEP:
            yield step
            step, size = [], 0
    if step:
        yield step
