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

from shopwright.audit.forms import (
    ADDRESS,
    IDENTIFIER,
    SHA256,
    SIGNAL,
    TEMPLATE,
    VERSION,
    WORD,
    Form,
    Scalar,
    has_form,
    refused,
)

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

_PERSON = re.compile(r"[\w.@+\\-]+\$?")

FIELDS: Mapping[str, Form] = {
    "template.name": TEMPLATE,
    "template.line": int,
    "template.count": int,
    "theme.name": WORD,
    "rule.name": WORD,
    "rule.matches": int,
    "file.hash.sha256": SHA256,
    "policy.version": VERSION,
    "engine.version": VERSION,
    "render.pages": int,
    "render.fuel": int,
    "render.cpu_ms": float,
    "render.bytes": int,
    "limit.name": WORD,
    "limit.value": int,
    "worker.pid": int,
    "process.signal": SIGNAL,
    "process.exit_code": int,
    "event.duration": int,
    "log.records": int,
    "log.bytes": int,
    "source.ip": ADDRESS,
    "trace.id": IDENTIFIER,
}
"""What a record may hold besides its own attributes, and in which form. ``float`` takes whole numbers too."""


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
            raise refused("event.action")
        if self.outcome not in OUTCOMES:
            raise refused("event.outcome")
        if self.at.tzinfo is None:
            raise refused("@timestamp")
        for name, text, form in (
            ("event.reason", self.reason, WORD),
            ("organization.id", self.tenant, IDENTIFIER),
            ("user.id", self.user, _PERSON),
        ):
            if text and not has_form(text, form):
                raise refused(name)
        for name, value in self.fields.items():
            if name not in FIELDS or not has_form(value, FIELDS[name]):
                raise refused(name)

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
