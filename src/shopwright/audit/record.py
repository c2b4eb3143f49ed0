"""One audited operation: who did what with which template, and how it ended.

Names are those of the Elastic Common Schema (ECS 8) where it has one, so that the log can be read into any tool that
knows it. A record can hold no template text and no customer data by its shape: every field is listed in ``FIELDS`` with
the only form its value may have, and no form is free text.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from shopwright.errors import AuditLogError

ACTIONS = frozenset(
    {
        "template.upload",
        "template.check",
        "template.refuse",
        "template.activate",
        "template.render",
        "template.limit",
        "template.kill",
        "log.repair",
    }
)
OUTCOMES = frozenset({"success", "failure", "unknown"})

Scalar = str | int | float

_MOST = 2**53 - 1
"""Largest number every reader of JSON keeps exactly (RFC 8259, section 6)."""

_WORD = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")
_IDENTIFIER = re.compile(r"[A-Za-z0-9]+(?:[-_.][A-Za-z0-9]+)*")
_PERSON = re.compile(r"[\w.@+\\-]+\$?")
_TEMPLATE = re.compile(r"[a-z0-9_-]+(?:/[a-z0-9_-]+)*\.[a-z0-9]+")
_VERSION = re.compile(r"[0-9A-Za-z]+(?:[.+!_-][0-9A-Za-z]+)*")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_SIGNAL = re.compile(r"SIG[A-Z0-9]+")
_ADDRESS = re.compile(r"[0-9a-f.:]+")

FIELDS: Mapping[str, re.Pattern[str] | type[int] | type[float]] = {
    "template.name": _TEMPLATE,
    "template.line": int,
    "template.count": int,
    "theme.name": _WORD,
    "rule.name": _WORD,
    "rule.matches": int,
    "file.hash.sha256": _SHA256,
    "policy.version": _VERSION,
    "engine.version": _VERSION,
    "render.pages": int,
    "render.fuel": int,
    "render.cpu_ms": float,
    "render.bytes": int,
    "limit.name": _WORD,
    "limit.value": int,
    "worker.pid": int,
    "process.signal": _SIGNAL,
    "process.exit_code": int,
    "event.duration": int,
    "log.records": int,
    "log.bytes": int,
    "source.ip": _ADDRESS,
    "trace.id": _IDENTIFIER,
}
"""What a record may hold besides its own attributes, and in which form. ``float`` takes whole numbers too."""

LONGEST = 255
"""Characters of a text, in any field."""


def now() -> dt.datetime:
    """The time as records keep it: UTC, whole milliseconds."""
    instant = dt.datetime.now(dt.UTC)
    return instant.replace(microsecond=instant.microsecond // 1000 * 1000)


@dataclass(frozen=True, slots=True)
class Record:
    """One operation. Raises ``AuditLogError`` for what a record must not hold.

    ``outcome`` is ``success``, ``failure`` or ``unknown``; ``reason`` is the name of a rule or a limit, never a
    sentence; ``tenant`` and ``user`` are names, empty where there is none (a sink adds the user it knows); ``fields``
    are some of ``FIELDS``.
    """

    action: str
    outcome: str = "success"
    reason: str = ""
    tenant: str = ""
    user: str = ""
    fields: Mapping[str, Scalar] = field(default_factory=dict)
    at: dt.datetime = field(default_factory=now)

    def __post_init__(self) -> None:
        if self.action not in ACTIONS:
            raise _refused("event.action")
        if self.outcome not in OUTCOMES:
            raise _refused("event.outcome")
        if self.at.tzinfo is None:
            raise _refused("@timestamp")
        for name, text, form in (
            ("event.reason", self.reason, _WORD),
            ("organization.id", self.tenant, _IDENTIFIER),
            ("user.id", self.user, _PERSON),
        ):
            if text and not _has_form(text, form):
                raise _refused(name)
        for name, value in self.fields.items():
            if name not in FIELDS or not _has_form(value, FIELDS[name]):
                raise _refused(name)

    def as_json(self) -> dict[str, Any]:
        """The record as one flat JSON object with ECS names; what is empty is left out."""
        at = self.at.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        named = {"event.reason": self.reason, "organization.id": self.tenant, "user.id": self.user}
        return {
            "@timestamp": at,
            "event.action": self.action,
            "event.outcome": self.outcome,
            **{name: text for name, text in named.items() if text},
            **{name: round(value, 3) if isinstance(value, float) else value for name, value in self.fields.items()},
        }


RecordSink = Callable[[Record], None]
"""Where records go. It returns when the record is kept, and raises ``AuditLogError`` when it cannot be."""


def _has_form(value: object, form: re.Pattern[str] | type[int] | type[float]) -> bool:
    if isinstance(form, re.Pattern):
        return isinstance(value, str) and len(value) <= LONGEST and form.fullmatch(value) is not None
    if isinstance(value, bool) or not isinstance(value, int | form):
        return False
    return -_MOST <= value <= _MOST  # neither infinite nor "not a number" lies between them


def _refused(name: str) -> AuditLogError:
    """An error that names the field only: its value may be just what must not be kept."""
    return AuditLogError(
        "the value is none a record may hold.", where=name[:LONGEST], remedy="See docs/reference/audit-log.md."
    )
