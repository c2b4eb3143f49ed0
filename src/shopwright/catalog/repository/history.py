"""What became of a kept catalogue: the log, what a revision changed, the feed of changes."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import orjson

from shopwright.catalog.documents import (
    BY_HANDLE,
    NEWEST,
    NUMBERED,
    REVISIONS,
    SINCE,
    UNTIL,
    VersionDocument,
    revision_id,
)
from shopwright.catalog.patch import make_patch
from shopwright.catalog.repository.drafting import read_revision
from shopwright.catalog.repository.kept import Kept
from shopwright.catalog.versions.revision import Action, Change, Kind, Revision
from shopwright.database.change_stream import insertions
from shopwright.database.conditions import OneOf, Range
from shopwright.database.document import Query
from shopwright.errors import NotKept

LOOKED_UP = 200
"""Versions whose other side is looked up at once."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What a revision did to one thing: the version it ended, the version it began; ``None`` where there is none."""

    kind: Kind
    key: str
    before: VersionDocument | None
    after: VersionDocument | None

    @property
    def action(self) -> Action:
        """Whether it came, changed or went."""
        if self.before and self.after:
            return Action.CHANGED
        return Action.ADDED if self.after else Action.DELETED

    def patch(self) -> dict[str, object]:
        """The merge patch (RFC 7396) from before to after, of a picture its hashes."""
        return make_patch(_object(self.before), _object(self.after))


@dataclass(frozen=True, slots=True)
class History:
    """The revisions of one store."""

    kept: Kept

    async def revision(self, number: int) -> Revision:
        """One revision. Raises ``ChangeRefused`` if there is none of this number."""
        document = await self.kept.documents(REVISIONS).get(revision_id(self.kept.store, number))
        if document is None:
            raise NotKept(f"there is no revision {number}.", where=self.kept.store, remedy="See the log.")
        return read_revision(document)

    async def log(self, limit: int) -> list[Revision]:
        """The newest revisions, newest first."""
        values = {"store": self.kept.store, "number": Range(ge=0)}
        found = await self.kept.documents(REVISIONS).find(NEWEST, values, limit=limit)
        return [read_revision(document) for document in found]

    async def differences(self, number: int) -> AsyncIterator[Difference]:
        """What a revision changed, kind by kind. Raises ``ChangeRefused`` if its versions were pruned."""
        document = await self.kept.document()
        await self.revision(number)
        if number <= document.kept:
            where = f"revision {number} of {self.kept.store}"
            raise NotKept(
                "what it changed was pruned.", where=where, remedy=f"Kept is what came after {document.kept}."
            )
        for kind in Kind:
            async for difference in self._of_kind(kind, number):
                yield difference

    async def _of_kind(self, kind: Kind, number: int) -> AsyncIterator[Difference]:
        """Each version that the revision began, with what it replaced; then those it ended without a successor."""
        async for after, before in self._pairs(kind, SINCE, "since", "until", number):
            yield Difference(kind, after.handle, before, after)
        async for before, successor in self._pairs(kind, UNTIL, "until", "since", number):
            if successor is None:
                yield Difference(kind, before.handle, before, None)

    async def _pairs(
        self, kind: Kind, query: Query, side: str, other: str, number: int
    ) -> AsyncIterator[tuple[VersionDocument, VersionDocument | None]]:
        """Versions that begin (or end) with a revision, with the one of the same thing that ends (or begins) then."""
        exactly = Range(ge=number, le=number)
        batch: list[VersionDocument] = []
        async for version in self.kept.versions(kind).stream(query, {"store": self.kept.store, side: exactly}):
            batch.append(version)
            if len(batch) == LOOKED_UP:
                for pair in await self._matched(kind, batch, other, exactly):
                    yield pair
                batch = []
        for pair in await self._matched(kind, batch, other, exactly):
            yield pair

    async def _matched(
        self, kind: Kind, batch: list[VersionDocument], other: str, exactly: Range
    ) -> list[tuple[VersionDocument, VersionDocument | None]]:
        handles = OneOf(tuple(version.handle for version in batch))
        values = self.kept.any_version(**{"handle": handles, other: exactly})
        found = await self.kept.versions(kind).find(BY_HANDLE, values, limit=len(batch)) if batch else []
        others = {version.handle: version for version in found}
        return [(version, others.get(version.handle)) for version in batch]

    async def changes(self, since: int) -> AsyncIterator[Change]:
        """What revisions after ``since`` changed, in their order. Raises ``ChangeRefused`` if that was pruned."""
        values = {"store": self.kept.store, "number": Range(gt=since)}
        numbers = [document.number async for document in self.kept.documents(REVISIONS).stream(NUMBERED, values)]
        for number in numbers:
            async for difference in self.differences(number):
                yield Change(number, difference.kind, difference.key, difference.action)

    async def follow(self, since: int) -> AsyncIterator[Change]:
        """As ``changes``, and then what changes from now on, without an end."""
        async for _ in insertions(self.kept.documents(REVISIONS)):
            async for change in self.changes(since):
                yield change
                since = max(since, change.revision)


def _object(version: VersionDocument | None) -> dict[str, object]:
    """The content of a version as a JSON object, its place included."""
    if version is None:
        return {}
    is_json = version.content.startswith("{")
    content: dict[str, object] = orjson.loads(version.content) if is_json else {"sha256": version.content}
    return content
