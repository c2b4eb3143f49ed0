"""What a tenant may use only so much of."""

from enum import StrEnum
from typing import Literal

Measure = Literal["kept", "running", "spent"]
"""How use is counted: from the documents that are there, from the work that is going on, within a span of time."""

Span = Literal["day", "minute"]
"""Of UTC: a day from midnight to midnight, a minute from second 0 to second 59."""


class Quota(StrEnum):
    """Each is counted in things, ``storage`` and ``memory`` in bytes."""

    PRODUCTS = "products"
    """In the catalogues of all stores, as they are now."""

    PICTURES = "pictures"
    """In the catalogues of all stores, as they are now."""

    STORAGE = "storage"
    """Bytes of files that are kept: each picture of any revision once, the logo, the files of own themes."""

    KEYS = "keys"
    """Service keys that are neither revoked nor over."""

    JOBS = "jobs"
    """Builds and publishings that go on at once."""

    MEMORY = "memory"
    """Bytes that these may take together."""

    GENERATIONS = "generations"
    """Builds of a store from the database, per day."""

    REQUESTS = "requests"
    """Calls at the door, per minute."""

    @property
    def measure(self) -> Measure:
        """How its use is counted."""
        return _MEASURES.get(self, "kept")

    @property
    def span(self) -> Span | None:
        """What it is spent within; None for those that are not spent."""
        return _SPANS.get(self)

    @property
    def unit(self) -> str:
        """What follows the number: ``products``, ``generations per day``, ``bytes``."""
        return _UNITS.get(self, str(self.value))


_SPANS: dict[Quota, Span] = {Quota.GENERATIONS: "day", Quota.REQUESTS: "minute"}
_MEASURES: dict[Quota, Measure] = {
    Quota.JOBS: "running",
    Quota.MEMORY: "running",
    Quota.GENERATIONS: "spent",
    Quota.REQUESTS: "spent",
}
_UNITS: dict[Quota, str] = {
    Quota.STORAGE: "bytes of files",
    Quota.MEMORY: "bytes of memory",
    Quota.KEYS: "service keys",
    Quota.JOBS: "jobs at once",
    Quota.GENERATIONS: "generations per day",
    Quota.REQUESTS: "requests per minute",
}
