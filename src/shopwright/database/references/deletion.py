"""What becomes of those that name a document which is deleted: as each reference declares."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pymongo.asynchronous.client_session import AsyncClientSession
from pymongo.asynchronous.collection import AsyncCollection
from pymongo.asynchronous.database import AsyncDatabase

from shopwright.database.references.graph import Kind, Link, Raw, ReferenceGraph
from shopwright.database.references.locks import NAME, Key, exclude
from shopwright.database.references.paths import without
from shopwright.errors import ReferenceRefused

MOST_TOUCHED = 10_000
"""Documents one deletion may change or delete: a transaction has a minute."""


@dataclass(slots=True)
class Deletion:
    """One deletion within a transaction; ``deleted`` and ``detached`` count documents by collection."""

    database: AsyncDatabase[dict[str, Any]]
    session: AsyncClientSession
    graph: ReferenceGraph
    deleted: Counter[str] = field(default_factory=Counter)
    detached: Counter[str] = field(default_factory=Counter)
    _left: list[tuple[Link, Key]] = field(default_factory=list)

    async def delete(self, kind: Kind, id_: object) -> bool:
        """Delete a document and do what the references to it declare; whether there was one.

        Raises ``ReferenceRefused`` when one of them forbids it, or too much would be touched.
        """
        done = await self._delete(kind, id_)
        await self._refuse_left()
        return done

    async def settle(self, kind: Kind, gone: Sequence[Raw]) -> None:
        """Do what the references to things declare of which the last versions are deleted in this transaction.

        ``gone`` holds for each the fields by which it is named. Raises as ``delete``.
        """
        links = [link for link in self.graph.to(kind) if not link.reference.fenced]
        named = [(link, link.key_of(each)) for link in links for each in gone]
        await exclude(self.database[NAME], self.session, {key for _, key in named})
        for link, key in named:
            await self._release(link, key)
        await self._refuse_left()

    async def detach(self, link: Link, document: Raw, key: Key) -> None:
        """Take a reference out of a document."""
        change = {"$set": without(document, link.field, key[-1])}
        await self._sources(link).update_one({"_id": document["_id"]}, change, session=self.session)
        self._count(self.detached, link.source)

    async def _delete(self, kind: Kind, id_: object) -> bool:
        found = await self.database[kind.name].find_one({"_id": id_}, session=self.session)
        if found is None:
            return False
        links = self.graph.to(kind)
        guarded = {link.key_of(found) for link in links if not link.reference.fenced}
        await exclude(self.database[NAME], self.session, guarded)
        await self.database[kind.name].delete_one({"_id": id_}, session=self.session)
        self._count(self.deleted, kind)
        for link in links:
            await self._release(link, link.key_of(found))
        return True

    async def _release(self, link: Link, key: Key) -> None:
        if link.reference.on_delete == "refuse":
            self._left.append((link, key))  # what names it may itself be deleted before the end
            return
        async for document in self._sources(link).find(link.sources(key), session=self.session):
            if link.reference.on_delete == "cascade":
                await self._delete(link.source, document["_id"])
            else:
                await self.detach(link, document, key)

    async def _refuse_left(self) -> None:
        for link, key in self._left:
            if await self._sources(link).find_one(link.sources(key), {"_id": 1}, session=self.session):
                raise ReferenceRefused(
                    f"Documents of {link.source.name} name it",
                    where=f"{link.reference.to}, named by {link}",
                    remedy="Delete those first, or let them name another.",
                )

    def _sources(self, link: Link) -> AsyncCollection[dict[str, Any]]:
        return self.database[link.source.name]

    def _count(self, what: Counter[str], kind: Kind) -> None:
        what[kind.name] += 1
        if self.deleted.total() + self.detached.total() > MOST_TOUCHED:
            raise ReferenceRefused(
                f"More than {MOST_TOUCHED:,} documents would be changed at once",
                where=kind.name,
                remedy="Delete what names it first, some at a time.",
            )
