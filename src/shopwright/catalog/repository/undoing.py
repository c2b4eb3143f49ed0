"""Taking a revision back: a new revision in which what it changed is as it was before."""

from collections import Counter
from dataclasses import dataclass, field

import orjson

from shopwright.catalog.documents import PictureDocument, VersionDocument
from shopwright.catalog.repository.drafting_edits import EditDrafting
from shopwright.catalog.repository.history import Difference, History
from shopwright.catalog.repository.kept import Kept
from shopwright.catalog.repository.reading import CatalogReader
from shopwright.catalog.repository.writing import BATCH, RevisionWriter, successor, writing
from shopwright.catalog.versions.growth import Growth
from shopwright.catalog.versions.merge import take_back
from shopwright.catalog.versions.revision import Act, Author, Counts, Kind, Revision
from shopwright.errors import ChangeRefused

MAX_NAMED = 10
"""Clashes that the error names."""


@dataclass(slots=True)
class Undoing:
    """One revision that is taken back. ``merge``: of what was changed again since, only its own fields go back."""

    kept: Kept
    author: Author
    merge: bool = False
    _clashes: list[str] = field(default_factory=list, repr=False)

    async def run(self, number: int) -> Revision:
        """Take a revision back. Raises ``ChangeRefused`` if it was pruned, or if things were changed again since."""
        await self.kept.document()
        async with writing(self.kept, self.author) as writer:
            steps = _Steps(writer)
            drafting = EditDrafting(CatalogReader(self.kept, writer.base))
            async for difference in History(self.kept).differences(number):
                await self._take_back(difference, drafting, steps)
            if self._clashes:
                raise self._refusal(number)
            return await steps.commit(self.author, number)

    async def _take_back(self, difference: Difference, drafting: EditDrafting, steps: "_Steps") -> None:
        now = await drafting.reader.version(difference.kind, difference.key)
        if _same(now, difference.after):
            await steps.turn(difference.kind, now, difference.before)
        elif not _same(now, difference.before):
            await self._merge(difference, now, drafting, steps)

    async def _merge(
        self, difference: Difference, now: VersionDocument | None, drafting: EditDrafting, steps: "_Steps"
    ) -> None:
        """Both that revision and a later one changed it."""
        before, after = difference.before, difference.after
        mergeable = self.merge and difference.kind in (Kind.PRODUCT, Kind.COLLECTION)
        if not (mergeable and before and after and now):
            self._clashes.append(f"{difference.kind.value} {difference.key!r}")
            return
        whole, fields = take_back(*(orjson.loads(version.content) for version in (before, after, now)))
        if fields:
            self._clashes.append(f"{difference.kind.value} {difference.key!r} ({', '.join(fields)})")
        else:
            await steps.turn(difference.kind, now, await drafting.replaced(difference.kind, now, whole))

    def _refusal(self, number: int) -> ChangeRefused:
        named = ", ".join(self._clashes[:MAX_NAMED])
        more = f" and {len(self._clashes) - MAX_NAMED:,} more" if len(self._clashes) > MAX_NAMED else ""
        remedy = "Take the later revision back first" + ("." if self.merge else ", or merge.")
        where = f"revision {number} of {self.kept.store}"
        return ChangeRefused(f"these were changed again since: {named}{more}.", where=where, remedy=remedy)


@dataclass(slots=True)
class _Steps:
    """What is to be written, by the step. Things end last, so that nothing open names what is not."""

    writer: RevisionWriter
    _kind: Kind | None = None
    _versions: list[VersionDocument] = field(default_factory=list)
    _ended: dict[Kind, list[str]] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=lambda: {"added": 0, "changed": 0, "deleted": 0})
    _grown: Counter[Kind] = field(default_factory=Counter)
    _bytes: int = 0

    async def turn(self, kind: Kind, now: VersionDocument | None, wanted: VersionDocument | None) -> None:
        """Let a thing be another version, or come, or go."""
        if kind is not self._kind or len(self._versions) == BATCH:
            await self._write()
            self._kind = kind
        if wanted:
            self._versions.append(successor(wanted, self.writer.kept.store, self.writer.number))
            self._counts["changed" if now else "added"] += 1
            self._grown[kind] += now is None
            self._bytes += wanted.bytes if isinstance(wanted, PictureDocument) else 0
        elif now:
            self._ended.setdefault(kind, []).append(now.handle)
            self._counts["deleted"] += 1
            self._grown[kind] -= 1

    async def commit(self, author: Author, number: int) -> Revision:
        """Write the rest, and switch. Raises ``ChangeRefused`` if there is nothing to take back."""
        await self._write()
        for kind in reversed(Kind):
            handles = self._ended.get(kind, [])
            for start in range(0, len(handles), BATCH):
                await self.writer.write(kind, (), handles[start : start + BATCH])
        counts = Counts(**self._counts)
        if not counts.total:
            where = f"revision {number} of {self.writer.kept.store}"
            raise ChangeRefused("everything is as it was before it already.", where=where)
        async with self.writer.kept.room(self._growth()):
            return await self.writer.commit(Act.UNDO, author, counts, undone=number)

    def _growth(self) -> Growth:
        return Growth(self._grown[Kind.PRODUCT], self._grown[Kind.PICTURE], self._bytes)

    async def _write(self) -> None:
        if self._kind and self._versions:
            await self.writer.write(self._kind, self._versions)
            self._versions = []


def _same(one: VersionDocument | None, other: VersionDocument | None) -> bool:
    """Whether two versions say the same, or neither is there."""
    if one is None or other is None:
        return one is other
    return (one.digest, one.place) == (other.digest, other.place)
