"""A head that leaves the database: how far a trail went at a time, signed so that nobody else can say it.

A chain cannot show that its end is missing, and whoever may write everything in the database could make another chain.
A head that was published elsewhere shows both: its event must still be there, with its hash. The signature is a public
key's (Ed25519), so that whoever looks needs no secret.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import orjson

from shopwright.audit.chain import Link
from shopwright.audit.event import time_text
from shopwright.errors import AuditLogError, StorageError
from shopwright.storage.releases.signing import Signer, Trust

MOST_BYTES = 2_000

_CONTEXT = b"shopwright audit head 1\n"
"""Stands before what is signed, so that a signature means nothing anywhere else."""


@dataclass(frozen=True, slots=True)
class Lost:
    """Numbers of events, both inclusive, that a restore could not bring back, and an operator gave up."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class SignedHead:
    """How far a tenant's trail went at a time. ``lost``: events that earlier heads promise and that are gone."""

    tenant: str
    last: Link
    at: dt.datetime
    lost: Lost | None = None

    def excuses(self, earlier: "SignedHead") -> bool:
        """Whether the event an earlier head names was given up."""
        return self.lost is not None and self.lost.first <= earlier.last.sequence <= self.lost.last


def write_signed_head(head: SignedHead, signer: Signer) -> bytes:
    """A head as it is published: one JSON object on a line."""
    said = _said(head)
    signature = signer.sign(_CONTEXT + _json(said))
    return _json({**said, "key": signer.key_id, "signature": signature}) + b"\n"


def read_signed_head(data: bytes, trust: Trust) -> SignedHead:
    """A published head. Raises ``AuditLogError`` unless one of the trusted keys signed it."""
    try:
        said = orjson.loads(data)
        key, signature = said.pop("key"), said.pop("signature")
        trust.check(_CONTEXT + _json(said), key, signature)
        last = Link(int(said["sequence"]), str(said["hash"]))
        lost = Lost(**said["lost"]) if said["lost"] else None
        return SignedHead(str(said["tenant"]), last, dt.datetime.fromisoformat(said["at"]), lost)
    except StorageError as error:
        raise AuditLogError(f"the head cannot be trusted: {error.what}", remedy=error.remedy) from error
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise AuditLogError("it is no head.") from error


def _said(head: SignedHead) -> dict[str, Any]:
    lost = {"first": head.lost.first, "last": head.lost.last} if head.lost else None
    link = {"sequence": head.last.sequence, "hash": head.last.hash}
    return {"tenant": head.tenant, **link, "at": time_text(head.at), "lost": lost}


def _json(value: dict[str, Any]) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
