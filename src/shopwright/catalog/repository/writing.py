"""Writing a revision: versions nobody sees yet, step by step, then one switch. See ADR 0016.

A writer holds the store by its lease, and every step is a transaction that begins by proving it (``Lease.fence``): a
writer that was overtaken, because it slept past its time, cannot write any more.
"""

from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from shopwright.catalog.documents import (
    BY_HANDLE,
    REVISIONS,
    SINCE,
    STORES,
    TYPE_OF,
    UNTIL,
    StoreDocument,
    VersionDocument,
    revision_id,
    version_id,
)
from shopwright.catalog.repository.drafting import revision_document
from shopwright.catalog.repository.kept import Kept
from shopwright.catalog.versions.revision import OPEN, Act, Author, Counts, Kind, Pruned, Revision
from shopwright.database.conditions import OneOf, Range, Values
from shopwright.database.documents import Documents, Session
from shopwright.database.lease import Lease, Leases
from shopwright.database.references.deletion import Deletion
from shopwright.errors import ChangeRefused, DuplicateDocument, ShopwrightError

Versions = Documents[Any]
BATCH = 500
"""Versions of one step."""

PRUNED = 50
"""Versions of one step of a prune: what names the last ones of a thing goes in the same transaction."""

Work = Callable[[Session], Awaitable[int]]
"""What a step does with its session; how many documents it changed."""


@dataclass(slots=True)
class RevisionWriter:
    """The writer of a store for as long as it holds the lease; ``base`` is the revision it starts from.

    Methods raise ``LeaseLost`` when somebody else went on.
    """

    kept: Kept
    base: int
    _lease: Lease = field(repr=False)
    _growth: Counter[Kind] = field(default_factory=Counter, repr=False)

    @property
    def number(self) -> int:
        """The revision that is being written."""
        return self.base + 1

    async def write(self, kind: Kind, versions: Sequence[VersionDocument], ended: Iterable[str] = ()) -> None:
        """One step: end the open versions of ``ended`` handles, and of those of ``versions``, and add ``versions``.

        Raises ``ReferenceRefused`` when they name what is not there.
        """
        documents = self.kept.versions(kind)
        handles = OneOf(tuple({*ended, *(version.handle for version in versions)}))
        open_now = self.kept.any_version(handle=handles, since=Range(le=self.base), until=Range(ge=OPEN))

        async def work(session: Session) -> int:
            ended = await _end(documents, open_now, self.number, session)
            await documents.insert_all(versions, session=session)
            return ended

        if handles.values:
            self._growth[kind] += len(versions) - await self._take_step(work)

    async def commit(
        self, act: Act, author: Author, counts: Counts, *, source: str = "", digest: str = "", undone: int | None = None
    ) -> Revision:
        """Let every reader see what was written: the switch."""
        products, collections = await self._totals()
        revision = Revision(
            self.number, act, author.at, author.name, counts, products, collections, source, digest, undone
        )

        async def work(session: Session) -> int:
            document = revision_document(revision, self.kept.store)
            await self.kept.documents(REVISIONS).insert(document, session=session)
            await self.kept.tell(revision, session)
            return 1

        await self._take_step(work, {"revision": self.number})
        return revision

    async def _totals(self) -> tuple[int, int]:
        """Products and collections that the store has with what was written."""
        before = await self.kept.documents(REVISIONS).get(revision_id(self.kept.store, self.base))
        products, collections = (before.products, before.collections) if before else (0, 0)
        return products + self._growth[Kind.PRODUCT], collections + self._growth[Kind.COLLECTION]

    async def sweep(self) -> None:
        """Remove what a writer left that never came to its end, and reopen what it had marked."""
        for kind in Kind:
            await self._remove_unseen(kind)
            await self._reopen(kind)

    async def _remove_unseen(self, kind: Kind) -> None:
        documents, unseen = self.kept.versions(kind), Range(gt=self.base)
        while found := await documents.find(SINCE, {"store": self.kept.store, "since": unseen}, limit=BATCH):
            values = self.kept.any_version(handle=_handles(found), since=unseen)
            await self._take_step(partial(_delete, documents, values))

    async def _reopen(self, kind: Kind) -> None:
        documents, marked = self.kept.versions(kind), Range(gt=self.base, lt=OPEN)
        while found := await documents.find(UNTIL, {"store": self.kept.store, "until": marked}, limit=BATCH):
            values = self.kept.any_version(handle=_handles(found), until=marked)
            await self._take_step(partial(_end, documents, values, OPEN))

    async def keep_from(self, pruned: Pruned) -> None:
        """Say that what only older revisions need may be gone."""

        async def work(session: Session) -> int:
            await self.kept.tell(pruned, session)
            return 0

        await self._take_step(work, {"kept": pruned.oldest})

    async def remove_ended(self, kind: Kind, revision: int) -> int:
        """Remove the versions that ended at a revision or before it; how many.

        Of a thing no version of which is left, what names it is deleted or forgets it, as its reference declares.
        """
        documents, ended, count = self.kept.versions(kind), Range(le=revision), 0
        while found := await documents.find(UNTIL, {"store": self.kept.store, "until": ended}, limit=PRUNED):
            handles = {version.handle for version in found}
            later = self.kept.any_version(handle=OneOf(tuple(handles)), until=Range(gt=revision))
            left = {version.handle async for version in documents.stream(BY_HANDLE, later)}
            values = self.kept.any_version(handle=_handles(found), until=ended)
            count += await self._take_step(partial(self._remove, kind, values, sorted(handles - left)))
        return count

    async def _remove(self, kind: Kind, values: Values, gone: Sequence[str], session: Session) -> int:
        deletion = Deletion(self.kept.database.raw, session.client_session, self.kept.graph)
        await deletion.settle(TYPE_OF[kind], [{"store": self.kept.store, "handle": handle} for handle in gone])
        return await _delete(self.kept.versions(kind), values, session)

    async def _take_step(self, work: Work, changes: dict[str, int] | None = None) -> int:
        async def step(session: Session) -> int:
            await self._lease.fence(session)
            stores = self.kept.documents(STORES)
            document = await stores.get(self.kept.store, session=session)
            if document is None or document.revision != self.base:
                raise ChangeRefused("its revision was switched.", where=self.kept.store)  # by a commit without answer
            if changes:
                await stores.update(self.kept.store, changes, session=session)
            return await work(session)

        return await self.kept.database.transaction(step)


@asynccontextmanager
async def writing(kept: Kept, author: Author) -> AsyncIterator[RevisionWriter]:
    """Become the writer of a store, which is made if it is new; what a killed writer left is swept away.

    What this one leaves without a ``commit`` is swept away at once, or by the next one. Raises ``StoreBusy`` when
    somebody else has been writing for too long.
    """
    async with Leases(kept.database).hold(kept.store, author.name, patience=kept.patience) as lease:
        stores = kept.documents(STORES)
        with suppress(DuplicateDocument):
            await stores.insert(StoreDocument(id=kept.store, revision=0, kept=0))
        document = await stores.get(kept.store)
        if document is None:
            raise ChangeRefused("the store was deleted.", where=kept.store)
        writer = RevisionWriter(kept, document.revision, lease)
        await writer.sweep()
        try:
            yield writer
        except Exception:
            with suppress(ShopwrightError):
                await writer.sweep()
            raise


def successor(version: VersionDocument, store: str, since: int) -> VersionDocument:
    """The same thing as a version that a revision begins."""
    return version.model_copy(update={"id": version_id(store, version.handle, since), "since": since, "until": OPEN})


async def _end(documents: Versions, values: Values, until: int, session: Session) -> int:
    return await documents.update_all(BY_HANDLE, values, {"until": until}, session=session)


async def _delete(documents: Versions, values: Values, session: Session) -> int:
    return await documents.delete_all(BY_HANDLE, values, session=session)


def _handles(found: Iterable[VersionDocument]) -> OneOf:
    return OneOf(tuple(version.handle for version in found))
