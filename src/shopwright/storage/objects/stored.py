"""What every place for releases can do, whether a folder or a bucket."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

MOST_BYTES = 512 * 1024 * 1024
"""Of one object that is read: more is no file of a store."""


@dataclass(frozen=True, slots=True)
class Stored:
    """An object that is there: ``modified`` is in seconds since 1970 by the clock of the place itself."""

    key: str
    size: int
    modified: float


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of an object, and the version a later conditional write compares with."""

    data: bytes
    version: str


class Objects(Protocol):
    """Objects by key (``a/b/c``). All methods may be called from several threads and raise ``StorageError``.

    A read that begins after a write has ended sees it (S3 promises that since 2020); a write is seen whole or not.
    """

    @property
    def name(self) -> str:
        """The place as its user named it, for messages."""

    def read(self, key: str, most: int = MOST_BYTES) -> Content | None:
        """An object of at most ``most`` bytes; None if it is not there."""

    def find(self, key: str) -> Stored | None:
        """What is known of an object without reading it; None if it is not there."""

    def write(self, key: str, data: bytes, headers: Mapping[str, str] | None = None) -> None:
        """Store an object; ``headers`` (Content-Type, Cache-Control, Content-Encoding) are kept where a place can."""

    def write_if(self, key: str, data: bytes, version: str | None) -> bool:
        """Store an object if its version is still ``version`` (None: if there is none). Whether it was stored."""

    def list(self, prefix: str) -> Iterator[Stored]:
        """Every object whose key begins with the folder ``prefix`` (``blobs/``), in no order."""

    def delete(self, keys: Iterable[str]) -> None:
        """Remove objects; those that are not there are no error."""

    def tidy(self, until: float) -> int:
        """Remove what killed writers left before a time (seconds since 1970); how much."""
