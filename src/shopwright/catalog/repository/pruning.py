"""Removing versions that only old revisions need."""

from dataclasses import dataclass

from shopwright.catalog.repository.kept import Kept
from shopwright.catalog.repository.writing import writing
from shopwright.catalog.versions.revision import Author, Kind, Pruned
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
            return sum([await writer.remove_ended(kind, oldest) for kind in Kind])
