"""What events are looked for by, and a page of those that were found."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from shopwright.audit.actions import AUDITED
from shopwright.audit.forms import LONGEST
from shopwright.errors import AuditLogError

PLACE = re.compile(r"(\d{1,15})-(\d{1,16})", re.ASCII)
"""The form of a place's text."""

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
"""Before every event."""

_MILLISECOND = dt.timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which events; what is empty does not matter.

    ``action`` is an action (``catalog.import``) or the subject of several (``catalog``); ``since`` (inclusive) and
    ``until`` (exclusive) are aware times. Raises ``AuditLogError`` for what no event can have.
    """

    actor: str = ""
    action: str = ""
    target: str = ""
    since: dt.datetime | None = None
    until: dt.datetime | None = None

    def __post_init__(self) -> None:
        if self.action and not self.actions:
            remedy = "See docs/reference/audit-trail.md."
            raise AuditLogError("no event has this action.", where=repr(self.action[:80]), remedy=remedy)
        if max(len(self.actor), len(self.target)) > LONGEST:
            raise AuditLogError(f"it has more than {LONGEST} characters.", where="actor or target")
        if any(time and time.tzinfo is None for time in (self.since, self.until)):
            raise AuditLogError("a time without an offset.", where="since or until")

    @property
    def actions(self) -> tuple[str, ...]:
        """The actions that ``action`` means, sorted."""
        return tuple(sorted(each for each in AUDITED if self.action in (each, each.partition(".")[0])))

    def fits(self, actor: str, action: str, target: str) -> bool:
        """Whether an event of the time that is wanted is wanted."""
        return (
            (not self.actor or actor == self.actor)
            and (not self.action or action in self.actions)
            and (not self.target or target == self.target)
        )


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the order of a search: the time and number of an event."""

    at: dt.datetime
    sequence: int

    def __str__(self) -> str:
        return f"{(self.at - EPOCH) // _MILLISECOND}-{self.sequence}"


def read_place(text: str) -> Place:
    """A place from its text. Raises ``AuditLogError``."""
    found = PLACE.fullmatch(text)
    try:
        if found and int(found[2]) < 2**53:
            return Place(EPOCH + int(found[1]) * _MILLISECOND, int(found[2]))
    except OverflowError:
        pass
    raise AuditLogError("it is no place in a search.", where=repr(text[:40]), remedy="Give what the last page named.")


@dataclass(frozen=True, slots=True)
class FoundEvents:
    """Events, the newest first, as flat JSON objects with ECS names, and where the next page begins (None: nowhere)."""

    events: tuple[dict[str, Any], ...]
    after: Place | None
