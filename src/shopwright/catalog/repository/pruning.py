"""Removing versions that only old revisions need, and the bytes of pictures that nothing names any more."""

import asyncio
from dataclasses import dataclass

from shopwright.catalog.documents import EVERY_STORE, IN_ORDER, STORES
from shopwright.catalog.repository.kept import Kept
from shopwright.catalog.repository.writing import writing
from shopwright.catalog.versions.revision import OPEN, Author, Kind, Pruned
from shopwright.database.conditions import Range
from shopwright.errors import ChangeRefused


@dataclass(frozen=True, slots=True)
class Pruning:
    """A prune by one author."""

    kept: Kept
    author: Author

    async def run(self, keep: int) -> int:
        """Keep the newest ``keep`` revisions readable; how many versions were removed.

        What was removed can no longer be exported, undone or restored; the log stays. Raises ``ChangeRefused``.
        """
        if keep < 1:
            raise ChangeRefused("at least one revision is kept.", where="--keep")
        await self.kept.document()
        async with writing(self.kept, self.author) as writer:
            oldest = max(writer.base - keep + 1, 1)
            kept = max(oldest, (await self.kept.document()).kept)
            await writer.keep_from(Pruned(self.author.name, self.author.at, kept))
            count = sum([await writer.remove_ended(kind, oldest) for kind in Kind])
        await self._sweep_pictures()
        return count

    async def _sweep_pictures(self) -> None:
        """Their bytes are shared by all stores of the tenant, and by all versions that are left."""
        named: set[str] = set()
        versions = self.kept.versions(Kind.PICTURE)
        async for store in self.kept.documents(STORES).stream(EVERY_STORE, {}):
            ever = {"store": store.id, "since": Range(ge=0), "until": Range(le=OPEN)}
            named.update([content async for (content,) in versions.columns(IN_ORDER, ever, ("content",))])
        await asyncio.to_thread(self.kept.pictures.sweep, named, self.author.at.timestamp())
