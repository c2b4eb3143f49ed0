"""How much a tenant has used of what it may."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any, Literal

from shopwright.errors import QuotaExceeded
from shopwright.multi_tenant.quotas.plan import MOST
from shopwright.multi_tenant.quotas.quota import Quota

NEAR = 80
"""Per cent of a limit from which on a tenant is told that it comes near."""

State = Literal["ok", "near", "full"]


@dataclass(frozen=True, slots=True)
class Usage:
    """``used`` of ``limit``, in the quota's unit. ``resets_at``: when it begins anew, for what is spent.

    ``refused`` is how much more was asked for and not given, 0 for a look at it.
    """

    quota: Quota
    limit: int
    used: int
    resets_at: dt.datetime | None = None
    refused: int = 0

    @property
    def is_near(self) -> bool:
        """Whether use has come to ``NEAR`` per cent of the limit; never of one that is as good as none."""
        return self.limit < MOST and self.used * 100 >= self.limit * NEAR

    @property
    def state(self) -> State:
        """``near`` from 80 % on, ``full`` at the limit."""
        if not self.is_near:
            return "ok"
        return "near" if self.used < self.limit else "full"

    def refusing(self, amount: int) -> "Usage":
        """The same, when so much more was refused."""
        return replace(self, refused=amount)

    def as_json(self) -> dict[str, Any]:
        """The object ``--json`` prints; the limit is null where there is none."""
        resets = self.resets_at.isoformat() if self.resets_at else None
        limit = self.limit if self.limit < MOST else None
        return {
            "quota": self.quota.value,
            "used": self.used,
            "limit": limit,
            "unit": self.quota.unit,
            "state": self.state,
            "resets_at": resets,
        }


def refused(usage: Usage, amount: int, tenant: str) -> QuotaExceeded:
    """The error for ``amount`` more than there is room for."""
    quota = usage.quota
    asked = "one more" if amount == 1 else f"{amount:,} more"
    error = QuotaExceeded(
        f"{usage.used:,} of {usage.limit:,} {quota.unit} are used, and {asked} {'was' if amount == 1 else 'were'} "
        f"asked for. Nothing was begun",
        where=f"tenant {tenant}",
        remedy=f"{_first(usage)} or ask the operator for a larger plan.",
    )
    error.limit, error.used, error.resets_at = usage.limit, usage.used, usage.resets_at
    error.status = 403 if quota.measure == "kept" else 429
    return error


def _first(usage: Usage) -> str:
    """What to do, up to the word "or"."""
    if usage.resets_at:
        return f"Wait until {usage.resets_at.isoformat(timespec='seconds').replace('+00:00', 'Z')}"
    return _REMEDIES[usage.quota]


_REMEDIES = {
    Quota.PRODUCTS: "Delete products that are not sold any more,",
    Quota.PICTURES: "Take pictures out of products,",
    Quota.STORAGE: "Take pictures out of products and run `shopwright catalog prune`,",
    Quota.KEYS: "Revoke a service key that is not used,",
    Quota.JOBS: "Wait until one of those at work has ended,",
    Quota.MEMORY: "Wait until one of the jobs at work has ended,",
}
