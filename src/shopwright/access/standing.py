"""How a tenant stands: what that alone leaves of anybody's rights."""

from enum import StrEnum, unique


@unique
class Standing(StrEnum):
    """``closed``: deleted, being made or deleted, or never there; the door tells nobody which."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    """Its own people may read and take their data out; operators may resume or delete it."""
    FROZEN = "frozen"
    """For the seconds in which it moves to another cell, it is only read."""
    CLOSED = "closed"
