"""What speaks of people, or is secret, is sealed: the names of all fields of all kinds are read."""

import re
from typing import Any, get_args

from pydantic import BaseModel

from shopwright.bootstrap.control_types import CONTROL_TYPES
from shopwright.bootstrap.document_types import DOCUMENT_TYPES
from shopwright.database.encryption.field import seals_of

SPEAKING = re.compile(
    r"(^|_)(e?mail|phone|tel|first_?name|last_?name|full_?name|person|contact|address|ip|agent|birth\w*|street|city|zip|"
    r"password|passkeys?|secret|totp|otp|token|cookie|credential\w*|private\w*|asked|author|by|digest|recovery|subjects?|"
    r"devices?|material)(_|$)"
)

_WHO = "a user's id, or the account a command ran under"
_RANDOM = "the digest of a token of at least 128 random bits"
_CONTENT = "of what is published"
KNOWN = {
    **dict.fromkeys(("jobs.by", "live.by", "revisions.by"), _WHO),
    **dict.fromkeys(("ceremonies.digest", "links.digest", "service_keys.digest", "sessions.digest"), _RANDOM),
    **dict.fromkeys(
        (f"{name}.digest" for name in ("collections", "pictures", "products", "revisions", "settings")), _CONTENT
    ),
    **dict.fromkeys(("fences.token", "leases.token"), "a number that grows"),
    **dict.fromkeys(("domain_claims.token", "domains.token"), "stands in public DNS, and is worth nothing elsewhere"),
    "data_keys.material": "wrapped by a master key",
    "jobs.asked": "a time",
    "reviews.author": "stands on the published page",
    "users.devices": _RANDOM,
    "users.recovery": _RANDOM,
    "users.subjects": "a digest: of an issuer's name for somebody, which means nothing elsewhere",
    "users.totp_step": "the number of a half minute",
}
"""Not sealed, and why not."""


def fields(model: type[BaseModel], before: str = "", seen: frozenset[Any] = frozenset()):
    """Every field that is not sealed, those of parts included, dotted."""
    sealed = seals_of(model) if not before else {}
    for name, field in model.model_fields.items():
        if (field.alias or name) in sealed:
            continue
        yield f"{before}{name}"
        for inner in models(field.annotation):
            if inner not in seen:
                yield from fields(inner, f"{before}{name}.", seen | {inner})


def models(annotation: Any):
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from models(part)


def test_what_speaks_of_people_is_sealed():
    kinds = {kind.name: kind for kind in (*DOCUMENT_TYPES, *CONTROL_TYPES)}
    found = {
        f"{name}.{field}"
        for name, kind in kinds.items()
        for field in fields(kind.model)
        if SPEAKING.search(field.rpartition(".")[2])
    }
    assert found == KNOWN.keys()
