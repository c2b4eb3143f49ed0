"""Where backups are kept, as this room sees it: objects by key, in a folder or a bucket (``storage/objects``).

snapshots/<id>/manifest     what the snapshot holds; written last, so without it there is no snapshot
snapshots/<id>/<number>     documents of one collection
log/<from>-<to>             what was written between two cluster times, in order
"""

from collections.abc import Iterable, Iterator
from typing import Protocol

from shopwright.database.backup.key import BackupKey
from shopwright.database.backup.sealing import MOST_BYTES, seal, unseal
from shopwright.errors import BackupError

SNAPSHOTS = "snapshots/"
LOG = "log/"
MANIFEST = "/manifest"


class Held(Protocol):
    """An object that is there; ``modified`` is in seconds since 1970."""

    @property
    def key(self) -> str:
        """Its key."""

    @property
    def size(self) -> int:
        """Its bytes."""

    @property
    def modified(self) -> float:
        """When it was written, by the clock of the place."""


class Bytes(Protocol):
    """What was read."""

    @property
    def data(self) -> bytes:
        """The bytes."""


class Place(Protocol):
    """A folder or bucket. Reading and writing may happen from several threads."""

    @property
    def name(self) -> str:
        """What its user calls it."""

    def read(self, key: str, most: int = ...) -> Bytes | None:
        """An object; None if it is not there."""

    def write(self, key: str, data: bytes) -> None:
        """Store an object whole."""

    def list(self, prefix: str) -> Iterator[Held]:
        """Every object whose key begins with ``prefix``, in no order."""

    def delete(self, keys: Iterable[str]) -> None:
        """Remove objects."""

    def tidy(self, until: float) -> int:
        """Remove what killed writers left before a time; how much."""


class Vault:
    """Sealed objects in a place: what is written is encrypted, what is read has been checked."""

    def __init__(self, place: Place, key: BackupKey) -> None:
        self._place = place
        self._key = key

    @property
    def name(self) -> str:
        """The place's name."""
        return self._place.name

    def write(self, name: str, data: bytes) -> int:
        """Seal and store; returns the bytes that were stored."""
        sealed = seal(self._key, name, data)
        self._place.write(name, sealed)
        return len(sealed)

    def read(self, name: str) -> bytes:
        """Fetch and unseal. Raises ``BackupError``."""
        found = self._place.read(name, MOST_BYTES + (1 << 20))
        if found is None:
            raise BackupError("it is missing.", where=f"{self.name}/{name}", remedy="Use another backup.")
        return unseal(self._key, name, found.data)

    def list(self, prefix: str) -> Iterator[Held]:
        """The objects below a folder."""
        return self._place.list(prefix)

    def delete(self, names: Iterable[str]) -> None:
        """Remove objects."""
        self._place.delete(names)

    def tidy(self, until: float) -> int:
        """Remove what killed writers left before a time (seconds since 1970); how much."""
        return self._place.tidy(until)
