"""How much a tenant uses of what it may, and limits of its own: as the operator sees and sets them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from shopwright.audit.event import AuditEvent
from shopwright.audit.repository.trail import AuditTrail
from shopwright.bootstrap.platform import Platform, opened_platform
from shopwright.bootstrap.quotas import allowances_of, platform_meter
from shopwright.bootstrap.tenant import tenant_of
from shopwright.database.tenant_database import TenantDatabase
from shopwright.multi_tenant.quotas.plan import Limits
from shopwright.multi_tenant.quotas.usage import Usage
from shopwright.settings import DatabaseSettings


@dataclass(frozen=True, slots=True)
class TenantUsage:
    """The quotas of one tenant that is there; ``by`` is who asks. Methods raise ``DatabaseError``.

    ``settings`` say where it is; whoever has a platform open gives that.
    """

    settings: DatabaseSettings | Platform
    tenant: str
    by: str

    async def now(self) -> tuple[str, tuple[Usage, ...]]:
        """The name of the plan, and how much is used of each quota."""
        async with self._opened() as (platform, database):
            plan = await allowances_of(platform.control, platform.settings.plans).of(self.tenant)
            return plan.name, await platform_meter(platform.control, platform.settings.plans).usage(database)

    async def limit(self, limits: Limits) -> None:
        """Give the tenant limits of its own; none at all: those of its plan again. The tenant's trail is told."""
        async with self._opened() as (platform, database):
            allowances = allowances_of(platform.control, platform.settings.plans)
            for quota, most in limits.items():
                details = {"quota.name": quota.value, "quota.limit": most}
                target = f"quota/{quota.value}"
                await AuditTrail(database).record(
                    AuditEvent("quota.change", actor=self.by, target=target, details=details)
                )
            if limits:
                await allowances.limit(self.tenant, limits)
            else:
                event = AuditEvent("quota.change", actor=self.by, target="quota/all", details={"event.reason": "plan"})
                await AuditTrail(database).record(event)
                await allowances.follow_plan(self.tenant)

    @asynccontextmanager
    async def _opened(self) -> AsyncIterator[tuple[Platform, TenantDatabase]]:
        async with (
            opened_platform(self.settings) as platform,
            tenant_of(platform, self.tenant, there=True) as database,
        ):
            yield platform, database
