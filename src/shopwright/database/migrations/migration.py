"""A numbered change to the documents of one collection."""

import hashlib
import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from shopwright.errors import DatabaseError

Raw = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Migration:
    """What becomes of each document of ``collection``, as it is stored (``_id``, not ``id``).

    ``change`` is a pure function: it is given every document once, also those that have the new form already, and
    returns the new one, or the same if nothing is to change. Once released, a migration is never edited: databases
    remember it.
    """

    number: int
    name: str
    collection: str
    change: Callable[[Raw], Raw]

    @property
    def digest(self) -> str:
        """SHA-256 of what it does, whatever the layout of its source."""
        source = "".join(inspect.getsource(self.change).split())
        return hashlib.sha256(f"{self.number} {self.name} {self.collection} {source}".encode()).hexdigest()


def in_order(migrations: Iterable[Migration]) -> tuple[Migration, ...]:
    """Migrations by number. Raises ``DatabaseError`` unless they are numbered 1, 2, 3, without a gap."""
    ordered = tuple(sorted(migrations, key=lambda migration: migration.number))
    if [migration.number for migration in ordered] != list(range(1, len(ordered) + 1)):
        raise DatabaseError("Migrations are not numbered 1, 2, 3, without a gap", remedy="Correct bootstrap/schema.py.")
    return ordered
