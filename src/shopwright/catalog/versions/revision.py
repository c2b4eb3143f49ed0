"""A revision: one change of a store's catalogue, made as a whole, numbered from 1."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

OPEN = 2**53 - 1
"""``until`` of a version that no revision has replaced: the largest whole number that JSON readers keep exactly."""


class Act(StrEnum):
    """What kind of change a revision was."""

    IMPORT = "import"
    EDIT = "edit"
    DELETE = "delete"
    RESTORE = "restore"
    UNDO = "undo"


class Kind(StrEnum):
    """What a version is a version of; what is named comes before what names it."""

    PICTURE = "picture"
    SETTINGS = "settings"
    COLLECTION = "collection"
    PRODUCT = "product"


class Action(StrEnum):
    """What a revision did to one thing."""

    ADDED = "added"
    CHANGED = "changed"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class Author:
    """Who changes a catalogue and when (an aware time): handed in, so that nothing below asks a clock."""

    name: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Counts:
    """How many products, collections, pictures and settings a revision added, changed and deleted."""

    added: int = 0
    changed: int = 0
    deleted: int = 0

    @property
    def total(self) -> int:
        """How many things are not as they were."""
        return self.added + self.changed + self.deleted


@dataclass(frozen=True, slots=True)
class Revision:
    """One entry of the log. ``source`` says where an import came from, ``undone`` which revision an undo took back.

    ``digest`` is that of the catalogue an import brought; ``products`` and ``collections`` are how many the store has
    since then.
    """

    number: int
    act: Act
    at: dt.datetime
    by: str
    counts: Counts
    products: int
    collections: int
    source: str = ""
    digest: str = ""
    undone: int | None = None

    def as_json(self) -> dict[str, Any]:
        """The object ``shopwright catalog log --json`` prints."""
        return {
            "revision": self.number,
            "act": self.act.value,
            "at": self.at.isoformat(),
            "by": self.by,
            "source": self.source,
            "digest": self.digest,
            "undone": self.undone,
            "added": self.counts.added,
            "changed": self.counts.changed,
            "deleted": self.counts.deleted,
            "products": self.products,
            "collections": self.collections,
        }


@dataclass(frozen=True, slots=True)
class Pruned:
    """Old revisions forgotten: those before ``oldest`` can no longer be read."""

    by: str
    at: dt.datetime
    oldest: int


@dataclass(frozen=True, slots=True)
class Change:
    """What one revision did to one thing; ``key`` is its handle (or a picture's source)."""

    revision: int
    kind: Kind
    key: str
    action: Action

    def as_json(self) -> dict[str, Any]:
        """The object the change feed gives."""
        return {"revision": self.revision, "kind": self.kind.value, "key": self.key, "action": self.action.value}
