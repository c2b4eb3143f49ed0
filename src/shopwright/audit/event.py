"""One event of a tenant's audit trail: who did what to what, how it ended, and when.

An event can hold no free text and no personal data by its shape: people are ids, addresses are networks, and every
detail is listed in ``DETAILS`` with the only form its value may have.
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from shopwright.audit.actions import AUDITED
from shopwright.audit.forms import (
    HOST,
    IDENTIFIER,
    LONGEST,
    NETWORK,
    SHA256,
    WORD,
    Form,
    Scalar,
    has_form,
    refused,
)
from shopwright.audit.record import FIELDS, OUTCOMES, now

ACTOR = re.compile(r"[A-Za-z0-9]+(?:[-_.:][A-Za-z0-9]+)*")
TARGET = re.compile(r"[a-z]+(?:-[a-z]+)*(?:/[A-Za-z0-9_][A-Za-z0-9_.:-]*){1,4}")

_UNFIT = re.compile(r"[^A-Za-z0-9]+")

DETAILS: Mapping[str, Form] = {
    **{name: form for name, form in FIELDS.items() if name != "source.ip"},
    "event.reason": WORD,
    "source.network": NETWORK,
    "session.id": IDENTIFIER,
    "key.id": IDENTIFIER,
    "access.action": WORD,
    "access.role": WORD,
    "access.role.before": WORD,
    "access.factor": WORD,
    "tenant.plan": WORD,
    "tenant.cell": WORD,
    "tenant.state": WORD,
    "quota.name": WORD,
    "quota.limit": int,
    "quota.used": int,
    "quota.asked": int,
    "encryption.generation": int,
    "settings.name": WORD,
    "settings.hash.sha256": SHA256,
    "domain.name": HOST,
    "catalog.revision": int,
    "catalog.undone": int,
    "catalog.added": int,
    "catalog.changed": int,
    "catalog.deleted": int,
    "catalog.products": int,
    "catalog.hash.sha256": SHA256,
    "catalog.oldest": int,
    "release.id": IDENTIFIER,
    "release.files": int,
    "release.bytes": int,
    "job.id": IDENTIFIER,
    "job.kind": WORD,
    "backup.id": IDENTIFIER,
    "backup.documents": int,
    "backup.operations": int,
    "log.id": IDENTIFIER,
    "log.sequence": int,
    "log.first": int,
    "log.last": int,
    "count": int,
}
"""What an event may hold besides its own attributes, and in which form."""


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """Something that was done, or refused. Raises ``AuditLogError`` for what an event must not hold.

    ``action`` is one of ``AUDITED``; ``outcome`` is ``success``, ``failure`` (refused ones too) or ``unknown``;
    ``actor`` is the id of a user or service key, or the account that ran a command, empty for Shopwright itself;
    ``target`` is a kind and the id of one, such as ``store/luna``, ``user/5f1c``, ``template/luna/product.html``;
    ``details`` are some of ``DETAILS``; ``at`` is an aware time.
    """

    action: str
    outcome: str = "success"
    actor: str = ""
    target: str = ""
    details: Mapping[str, Scalar] = field(default_factory=dict)
    at: dt.datetime = field(default_factory=now)

    def __post_init__(self) -> None:
        if self.action not in AUDITED:
            raise refused("event.action")
        if self.outcome not in OUTCOMES:
            raise refused("event.outcome")
        if self.at.tzinfo is None:
            raise refused("@timestamp")
        for name, text, form in (("user.id", self.actor, ACTOR), ("target.id", self.target, TARGET)):
            if text and not has_form(text, form):
                raise refused(name)
        for name, value in self.details.items():
            if name not in DETAILS or not has_form(value, DETAILS[name]):
                raise refused(name)

    def as_json(self, tenant: str) -> dict[str, Any]:
        """The event in a tenant's trail as one flat JSON object, with ECS names; what is empty is left out."""
        named = {"organization.id": tenant, "user.id": self.actor, "target.id": self.target}
        return {
            "@timestamp": time_text(self.at),
            "event.action": self.action,
            "event.outcome": self.outcome,
            **{name: text for name, text in named.items() if text},
            **{name: round(value, 3) if isinstance(value, float) else value for name, value in self.details.items()},
        }


def time_text(at: dt.datetime) -> str:
    """A time as events say it: UTC, RFC 3339, milliseconds."""
    return at.astimezone(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def actor_named(name: str) -> str:
    """A name as an event's actor may be called: what has no place in one becomes hyphens. Ids stay as they are."""
    return name if has_form(name, ACTOR) else _UNFIT.sub("-", name).strip("-")[:LONGEST].rstrip("-")
