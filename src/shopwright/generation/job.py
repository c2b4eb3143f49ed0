"""A job: what one turn of the press makes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Job:
    """Pages that come from the same values, one per locale. ``payload`` is JSON: all that the press needs."""

    addresses: dict[str, str]
    payload: bytes
