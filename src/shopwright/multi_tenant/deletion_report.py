"""The proof of a deletion: every place that was looked at, what was found there, and until when what remains is gone.

It is signed over its canonical JSON (keys sorted, no blanks), so that whoever is shown it can have it checked.
"""

import hashlib
from typing import Annotated

import orjson
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from shopwright.errors import TenantError
from shopwright.storage.releases.signing import Signer, Trust

MOST_BYTES = 1_000_000
_CONTEXT = b"shopwright deletion 1\n"
"""Stands before what is signed, so that a signature means nothing anywhere else."""

_CANONICAL = orjson.OPT_SORT_KEYS

_Text = Annotated[str, Field(max_length=1_000)]


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Place(_Value):
    """A place, and ``how`` it was looked at. ``found`` counts what is still there of the tenant.

    ``remains`` says why that stays; without it, nothing may. ``until`` is when it is gone by itself, null if never.
    """

    name: _Text
    how: _Text
    found: Annotated[int, Field(ge=0)]
    remains: _Text = ""
    until: AwareDatetime | None = None

    @property
    def is_clean(self) -> bool:
        """Whether nothing is here that should be gone."""
        return not self.found or bool(self.remains)


class DeletionReport(_Value):
    """What was found after a tenant was deleted. ``not_looked_at``: places nobody named, as far as they are known."""

    tenant: Annotated[str, Field(max_length=48)]
    created: AwareDatetime
    begun: AwareDatetime
    looked: AwareDatetime
    places: Annotated[tuple[Place, ...], Field(min_length=1, max_length=1_000)]
    not_looked_at: Annotated[tuple[_Text, ...], Field(max_length=100)] = ()

    @property
    def remaining(self) -> list[Place]:
        """The places where something is left that should be gone."""
        return [place for place in self.places if not place.is_clean]

    def canonical(self) -> bytes:
        """The bytes that are signed."""
        return _CONTEXT + orjson.dumps(self.model_dump(mode="json"), option=_CANONICAL)


class SignedReport(_Value):
    """A report with its signature; ``key`` names the key that signed."""

    report: DeletionReport
    key: Annotated[str, Field(max_length=100)]
    signature: Annotated[str, Field(max_length=200)]

    def written(self) -> bytes:
        """The bytes of the file."""
        return orjson.dumps(self.model_dump(mode="json"), option=_CANONICAL | orjson.OPT_INDENT_2) + b"\n"

    @property
    def sha256(self) -> str:
        """What the control database keeps of it."""
        return hashlib.sha256(self.written()).hexdigest()


def sign_report(report: DeletionReport, signer: Signer) -> SignedReport:
    """Put a signature under a report."""
    return SignedReport(report=report, key=signer.key_id, signature=signer.sign(report.canonical()))


def read_report(data: bytes, trust: Trust, where: str) -> SignedReport:
    """A report whose signature is right. Raises ``TenantError`` for what is none, ``StorageError`` for a false one."""
    try:
        signed = SignedReport.model_validate_json(data if len(data) <= MOST_BYTES else b"")
    except ValidationError as error:
        raise TenantError("it is no report of a deletion.", where=where) from error
    trust.check(signed.report.canonical(), signed.key, signed.signature)
    return signed
