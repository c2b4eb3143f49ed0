"""Who is calling: what a session or a service key was proved to stand for, for as long as one request lasts."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, unique

from shopwright.access.actions import Action
from shopwright.access.roles import Role

CONTROL = "control"
"""The tenant of platform operators. A reserved name: no store's tenant can have it."""


@unique
class Factor(StrEnum):
    """A way in which a caller proved who they are."""

    PASSWORD = "password"  # noqa: S105
    TOTP = "totp"
    PASSKEY = "passkey"
    RECOVERY_CODE = "recovery_code"
    FEDERATED = "federated"
    FEDERATED_SECOND = "federated_second"
    """A provider that is believed says that several factors were proved there."""
    SERVICE_KEY = "service_key"


@dataclass(frozen=True, slots=True)
class Caller:
    """Who is calling, and how sure that is.

    ``user`` and ``session`` are ids (of a service key: its own id is the session, its maker the user), ``tenant`` is
    ``control`` for a platform operator. ``stepped_up`` is when the caller last proved a second factor afresh for a
    dangerous action, or ``None``. ``scopes`` are the actions a service key is confined to; ``None``: all of the role.
    ``address`` is the network address the request came from.
    """

    user: str
    tenant: str
    role: Role
    factors: frozenset[Factor]
    signed_in: datetime
    stepped_up: datetime | None
    session: str
    scopes: frozenset[Action] | None
    address: str

    @property
    def multi_factor(self) -> bool:
        """Whether two different factors were proved: a passkey is two at once (what one has, and what unlocks it)."""
        return Factor.PASSKEY in self.factors or len(self.factors) > 1
