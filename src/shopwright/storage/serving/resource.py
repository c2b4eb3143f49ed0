"""What a site has to give: a file with its headers, as it is and compressed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO, Protocol

from shopwright.storage.redirect_rules import Redirect


@dataclass(frozen=True, slots=True)
class Form:
    """Bytes that can be sent: as they are, or in a content coding."""

    size: int
    etag: str
    opened: Callable[[], BinaryIO]
    """Opens the bytes, from their beginning. Raises ``StorageError`` if they are gone or not what they were."""


@dataclass(frozen=True, slots=True)
class Resource:
    """A file of a site; ``headers`` hold all but length, coding and validator."""

    headers: Mapping[str, str]
    identity: Form
    encodings: Mapping[str, Form] = field(default_factory=dict)
    """Forms that were compressed before, by content coding."""

    modified: float | None = None
    """Seconds since 1970, where a file has a time."""


class Site(Protocol):
    """A store that can be served. Methods may be called from several threads and raise ``StorageError``."""

    @property
    def base(self) -> str:
        """The path of the site's address: ``/shops/luna``, or empty."""

    def find(self, path: str) -> Resource | None:
        """The file at a path below the site (``de/index.html``); None if there is none."""

    def redirect(self, path: str) -> Redirect | None:
        """Where an address below the site (``/old/``) leads, if its rules say so."""
