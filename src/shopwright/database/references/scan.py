"""Every reference of a database followed: what names something that is not there.

Documents are read some at a time, and what they name is looked up by its index, each thing once for as long as it is
remembered: memory does not grow with the database. What seems to dangle is looked at again within one transaction, so
that writes going on meanwhile are never mistaken for damage.
"""

from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from shopwright.database.documents import BATCH, Session
from shopwright.database.failures import answered
from shopwright.database.fields import stored_path
from shopwright.database.references.deletion import Deletion
from shopwright.database.references.graph import Kind, Link, Raw, ReferenceGraph, links_of
from shopwright.database.references.locks import Key
from shopwright.database.references.writing import missing_keys
from shopwright.database.tenant_database import TenantDatabase

REMEMBERED = 50_000
"""Things that are known to be there."""


@dataclass(frozen=True, slots=True)
class Dangling:
    """A document names by ``link`` what is not there."""

    link: Link
    id: Any
    key: Key


@dataclass(slots=True)
class ReferenceScan:
    """One look at every reference; ``documents`` and ``references`` count what was looked at."""

    database: TenantDatabase
    graph: ReferenceGraph
    documents: int = 0
    references: int = 0
    _there: dict[Key, None] = field(default_factory=dict)

    async def dangling(self) -> AsyncIterator[Dangling]:
        """Every reference to what is not there, kind by kind, those declared last first. Raises ``DatabaseError``.

        What names is declared after what it names: repaired in this order, nothing is in the way of what comes later.
        """
        for kind in reversed(self.graph.kinds.values()):
            if kind.references:
                async for batch in self._batches(kind):
                    for link in links_of(kind):
                        for found in await self._missing(link, batch):
                            yield found

    async def _batches(self, kind: Kind) -> AsyncIterator[Sequence[Raw]]:
        fields = {stored_path(kind.model, path) for each in kind.references for path in (each.field, *each.within)}
        where = {stored_path(kind.model, path): value for path, value in kind.present}
        cursor = self.database.raw[kind.name].find(where, dict.fromkeys(sorted(fields), 1)).batch_size(BATCH)
        async with cursor:
            while True:
                with answered(kind.name):
                    async with self.database.slots.taken():
                        batch = await cursor.to_list(BATCH)
                if not batch:
                    return
                self.documents += len(batch)
                yield batch

    async def _missing(self, link: Link, batch: Sequence[Raw]) -> list[Dangling]:
        named = [(document["_id"], list(link.named(document))) for document in batch]
        keys = {key for _, several in named for key in several}
        self.references += sum(len(several) for _, several in named)
        with answered(link.reference.to):
            missing = await missing_keys(self.database.raw, None, link, keys - self._there.keys())
        self._remember(keys - missing)
        found = [Dangling(link, id_, key) for id_, several in named for key in several if key in missing]
        return [each for each in found if await self.database.transaction(_StillDangling(self.database, each))]

    def _remember(self, keys: Iterable[Key]) -> None:
        """What was not asked for longest is forgotten first."""
        for key in keys:
            self._there.pop(key, None)
            self._there[key] = None
        while len(self._there) > REMEMBERED:
            del self._there[next(iter(self._there))]


@dataclass(frozen=True, slots=True)
class _StillDangling:
    """Whether a document that is there names what is not, in one state of the database."""

    database: TenantDatabase
    found: Dangling

    async def __call__(self, session: Session) -> Raw | None:
        link, tie = self.found.link, session.client_session
        with answered(link.source.name, in_transaction=True):
            filter_ = {"_id": self.found.id, **link.sources(self.found.key)}
            document = await self.database.raw[link.source.name].find_one(filter_, session=tie)
            is_missing = await missing_keys(self.database.raw, tie, link, [self.found.key])
        return document if is_missing else None


async def repair(database: TenantDatabase, graph: ReferenceGraph, found: Dangling) -> str:
    """Do what the reference declares for the end of what it names, in one transaction.

    What was done: ``deleted``, ``detached``; nothing where the reference only forbids that end, or it dangles no more.
    """

    async def work(session: Session) -> str:
        document = await _StillDangling(database, found)(session)
        if document is None or found.link.reference.on_delete == "refuse":
            return ""
        with answered(found.link.source.name, in_transaction=True):
            deletion = Deletion(database.raw, session.client_session, graph)
            if found.link.reference.on_delete == "cascade":
                await deletion.delete(found.link.source, found.id)
                return "deleted"
            await deletion.detach(found.link, document, found.key)
            return "detached"

    return await database.transaction(work)
