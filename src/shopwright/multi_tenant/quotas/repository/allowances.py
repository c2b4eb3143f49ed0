"""What each tenant may use: its plan, and limits of its own, as the control database has them."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from shopwright.database.tenant_database import TenantDatabase
from shopwright.multi_tenant.documents import TENANTS
from shopwright.multi_tenant.quotas.documents import ALLOWANCES, AllowanceDocument, LimitPart
from shopwright.multi_tenant.quotas.plan import Limits, Plan, Plans
from shopwright.multi_tenant.quotas.quota import Quota

SECONDS = 10.0
"""How long a process goes by what it read: so long after a change of plan the old limits may still hold."""

MOST_KNOWN = 1_000
"""Tenants whose limits a process remembers."""


@dataclass(frozen=True, slots=True)
class Allowances:
    """The limits of every tenant. Methods raise ``DatabaseError``, and ``SettingsError`` for a plan there is not."""

    control: TenantDatabase
    plans: Plans
    clock: Callable[[], float] = time.monotonic
    _known: dict[str, tuple[float, Plan]] = field(default_factory=dict, repr=False)

    async def plan_of(self, database: TenantDatabase) -> Plan:
        """The plan of the tenant whose database it is, at most ``SECONDS`` old."""
        read, plan = self._known.get(database.name, (-SECONDS, None))
        if plan is None or self.clock() - read >= SECONDS:
            plan = await self.of(database.name)
            if len(self._known) >= MOST_KNOWN:
                self._known.clear()
            self._known[database.name] = (self.clock(), plan)
        return plan

    async def of(self, tenant: str) -> Plan:
        """The plan of a tenant with limits of its own, as it is now."""
        found = await self.control.documents(TENANTS).get(tenant)
        plan = self.plans.named(found.plan) if found else self.plans.first
        return plan.with_limits(await self._own(tenant))

    async def limit(self, tenant: str, limits: Limits) -> Plan:
        """Give a tenant limits of its own beside those it has; the plan then."""
        own = {**await self._own(tenant), **limits}
        await self._put(tenant, own)
        return await self.of(tenant)

    async def follow_plan(self, tenant: str) -> Plan:
        """Let a tenant have no limits but its plan's; the plan then."""
        await self._put(tenant, {})
        return await self.of(tenant)

    async def forget(self, tenant: str) -> None:
        """Remove what is kept of a tenant, which is deleted."""
        await self.control.documents(ALLOWANCES).delete(tenant)
        self._known.pop(tenant, None)

    async def _own(self, tenant: str) -> dict[Quota, int]:
        found = await self.control.documents(ALLOWANCES).get(tenant)
        return {Quota(each.quota): each.most for each in found.limits} if found else {}

    async def _put(self, tenant: str, own: Limits) -> None:
        limits = tuple(LimitPart(quota=quota.value, most=most) for quota, most in sorted(own.items()))
        await self.control.documents(ALLOWANCES).put(AllowanceDocument(id=tenant, limits=limits))
        self._known.pop(tenant, None)
