"""Following the chain of a tenant's trail, as it is stored or as it was exported, and comparing it with its heads."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

import orjson

from shopwright.audit.chain import START, Link, follows, read_entry
from shopwright.audit.event import time_text
from shopwright.audit.published_heads import FoundHead
from shopwright.audit.signed_head import SignedHead
from shopwright.audit.verification import FAULTS_KEPT, ChainFault
from shopwright.errors import AuditLogError

_SOUGHT = ("@timestamp", "event.action", "event.outcome", "user.id", "target.id")
"""What events are searched by, which is stored beside their line."""


class Row(NamedTuple):
    """An event as it is stored: maybe not by us, so of any type; ``None`` for what is missing."""

    id: object
    at: object
    action: object
    outcome: object
    actor: object
    target: object
    line: object


@dataclass(frozen=True, slots=True)
class TrailVerification:
    """What a trail holds (``events``), how it ends (``last``), and the first hundred faults, none if it is whole.

    ``head`` is the newest published one; ``unpublished`` how many events came after it: cut off, only those would not
    be missed. ``lost``: heads whose events were given up by an operator.
    """

    events: int
    last: Link
    faults: tuple[ChainFault, ...]
    head: SignedHead | None
    unpublished: int
    lost: tuple[SignedHead, ...]


class TrailReading:
    """Where the reading of a tenant's trail is, and the faults met so far."""

    def __init__(self, tenant: str, found: Iterable[FoundHead] = (), noted: Link | None = None) -> None:
        self._tenant = tenant
        self._last = START
        self._events = 0
        self._faults: list[ChainFault] = []
        self._noted = noted
        self._hashes: dict[int, str] = {}
        self._copied_from = ""
        self._is_own = False
        found = list(found)
        for each in found:
            if each.head is None:
                self._fault(f"head {each.name}", each.fault)
        self._heads = [each.head for each in found if each.head]
        self._named = {head.last.sequence for head in self._heads} | ({noted.sequence} if noted else set())

    def read(self, row: Row) -> None:
        """Follow one event; after a fault the chain is taken up again at the event that was found."""
        place = f"event {row.id}" if isinstance(row.id, int) else f"event {str(row.id)[:40]!a}"
        try:
            entry, link = read_entry(row.line.encode() if isinstance(row.line, str) else b"")
        except AuditLogError as error:
            self._fault(place, error.what)
            return
        if not follows(entry, link, self._last):
            self._fault(place, f"event {link.sequence} does not follow event {self._last.sequence}.")
        self._compare_tenant(place, entry)
        if _says(row) != _said(entry, link):
            self._fault(place, "it is found by something else than it says.")
        self._events += 1
        self._last = link
        if link.sequence in self._named:
            self._hashes.setdefault(link.sequence, link.hash)

    def end(self) -> TrailVerification:
        """Compare with the heads: what the reading found."""
        if self._copied_from and not self._is_own:
            self._fault("the trail", "it belongs to another tenant.")
        lost = []
        for position, head in enumerate(self._heads):
            if self._holds(head.last):
                continue
            if any(later.excuses(head) for later in self._heads[position + 1 :]):
                lost.append(head)
            else:
                self._fault(f"head of {time_text(head.at)}", self._difference(head.last))
        if self._noted and not self._holds(self._noted):
            self._fault("the trail", f"event {self._noted.sequence} with the noted hash is not in it.")
        newest = self._heads[-1] if self._heads else None
        behind = max(0, self._last.sequence - (newest.last.sequence if newest else 0))
        return TrailVerification(self._events, self._last, tuple(self._faults), newest, behind, tuple(lost))

    def _compare_tenant(self, place: str, entry: dict[str, Any]) -> None:
        """Only a copy begins with the events of another tenant, and says so with its own first one."""
        whose = str(entry.get("organization.id"))
        if whose == self._tenant:
            first = (entry.get("event.action"), entry.get("target.id"))
            if self._copied_from and not self._is_own and first != ("backup.restore", f"tenant/{self._copied_from}"):
                self._fault(place, "the events before it belong to another tenant.")
            self._is_own = True
        elif self._is_own or (self._copied_from and self._copied_from != whose):
            self._fault(place, "it belongs to another tenant.")
        else:
            self._copied_from = whose

    def _holds(self, link: Link) -> bool:
        return link == START or self._hashes.get(link.sequence) == link.hash

    def _difference(self, link: Link) -> str:
        if link.sequence > self._last.sequence:
            return f"the trail had {link.sequence} events; it ends with event {self._last.sequence} now."
        return f"event {link.sequence} is not the one that was signed."

    def _fault(self, where: str, what: str) -> None:
        if len(self._faults) < FAULTS_KEPT:
            self._faults.append(ChainFault(where, 0, what))


def row_of_line(line: bytes) -> Row:
    """An exported line as it would be stored."""
    try:
        said = orjson.loads(line)
        at = dt.datetime.fromisoformat(said["@timestamp"])
        action, outcome, actor, target = (said.get(name, "") for name in _SOUGHT[1:])
        return Row(said.get("event.sequence"), at, action, outcome, actor, target, line.decode())
    except (ValueError, TypeError, KeyError, AttributeError):
        return Row(None, None, None, None, None, None, None)


def _says(row: Row) -> tuple[object, ...]:
    """What a row is found by, with its time as events say it."""
    at = time_text(row.at) if isinstance(row.at, dt.datetime) else row.at
    return (row.id, at, row.action, row.outcome, row.actor, row.target)


def _said(entry: dict[str, Any], link: Link) -> tuple[object, ...]:
    """The same of an event's line."""
    return (link.sequence, *(entry.get(name, "") for name in _SOUGHT))
