"""The meter: lets work begin if the tenant may have it done, and says how much is used."""

import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from shopwright.database.holders import Holders
from shopwright.database.tenant_database import TenantDatabase
from shopwright.database.windows import count_in_window
from shopwright.multi_tenant.quotas.plan import MOST, Plan
from shopwright.multi_tenant.quotas.quota import Quota, Span
from shopwright.multi_tenant.quotas.usage import Usage, refused
from shopwright.performance.access_metrics import QUOTAS

PlanOf = Callable[[TenantDatabase], Awaitable[Plan]]
"""The plan of the tenant whose database it is."""

Count = Callable[[TenantDatabase], Awaitable[int]]
"""How much of something a tenant has, counted from its documents."""

Amounts = Mapping[Quota, int]
Tell = Callable[[TenantDatabase, Usage], Awaitable[None]]
"""Told when use comes to four fifths of a limit, and of refusals: of what is spent, of the first in its span."""


async def _nobody(database: TenantDatabase, usage: Usage) -> None:
    """Nobody wants to know."""
    del database, usage


@dataclass(frozen=True, slots=True)
class Meter:
    """The quotas of every tenant of a deployment. Methods raise ``DatabaseError`` too."""

    plan_of: PlanOf
    counts: Mapping[Quota, Count] = field(default_factory=dict)
    tell: Tell = _nobody

    async def admit(self, database: TenantDatabase, quota: Quota, amount: int = 1) -> Usage | None:
        """Let something happen, or come to be, at once. Raises ``QuotaExceeded``; then nothing was counted.

        What is ``spent`` is counted by this: gives how much of it is used then. Of what is kept or goes on there is
        room now, for what takes no time; for what does there is ``hold``.
        """
        if quota.span:
            return await self._spend(database, quota, quota.span, amount)
        async with self.hold(database, {quota: amount}):
            pass
        return None

    @contextlib.asynccontextmanager
    async def hold(self, database: TenantDatabase, amounts: Amounts) -> AsyncIterator[bool]:
        """Let work begin that adds so much to what is kept, or goes on with so much, until this ends.

        Gives whether any of it is limited. Raises ``QuotaExceeded`` before it begins: of several that begin at once, no
        more than have room together.
        """
        plan = await self.plan_of(database)
        limited = {quota: amount for quota, amount in amounts.items() if amount > 0 and plan.limit(quota) < MOST}
        async with contextlib.AsyncExitStack() as stack:
            for quota, amount in limited.items():
                await stack.enter_async_context(self._held(database, quota, amount, plan.limit(quota)))
            yield bool(limited)

    async def usage(self, database: TenantDatabase) -> tuple[Usage, ...]:
        """How much is used of each quota now."""
        plan = await self.plan_of(database)
        return tuple([await self._usage(database, quota, plan.limit(quota)) for quota in Quota])

    async def _usage(self, database: TenantDatabase, quota: Quota, limit: int) -> Usage:
        if quota.span:
            counted = await count_in_window(database, quota.value, quota.span, 0, MOST)
            return Usage(quota, limit, counted.used, counted.until)
        if quota.measure == "running":
            return Usage(quota, limit, await Holders(database, quota.value).held())
        return Usage(quota, limit, await self._kept(database, quota))

    async def _spend(self, database: TenantDatabase, quota: Quota, span: Span, amount: int) -> Usage:
        limit = (await self.plan_of(database)).limit(quota)
        counted = await count_in_window(database, quota.value, span, amount, limit)
        usage = Usage(quota, limit, counted.used, counted.until)
        if not counted.fits:
            if counted.refused == 1:  # once in a window, or refusing would cost more than letting in
                await self.tell(database, usage.refusing(amount))
            QUOTAS.add(quota.value)
            raise refused(usage, amount, database.name)
        await self._tell_if_near(database, usage, counted.used - amount)
        return usage

    @contextlib.asynccontextmanager
    async def _held(self, database: TenantDatabase, quota: Quota, amount: int, limit: int) -> AsyncIterator[None]:
        """First take the place, then count: whoever held one before is either still seen there, or in the count."""
        async with Holders(database, quota.value).hold(amount) as place:
            kept = await self._kept(database, quota)
            used = kept + (place.before or 0)
            usage = Usage(quota, limit, used)
            if place.before is None or used + amount > limit:
                QUOTAS.add(quota.value)
                await self.tell(database, usage.refusing(amount))
                raise refused(usage, amount, database.name)
            await self._tell_if_near(database, Usage(quota, limit, used + amount), used)
            yield

    async def _kept(self, database: TenantDatabase, quota: Quota) -> int:
        count = self.counts.get(quota)
        return await count(database) if count else 0

    async def _tell_if_near(self, database: TenantDatabase, usage: Usage, before: int) -> None:
        """Who brings use over the threshold tells, and nobody else: the count is one line for all."""
        if usage.is_near and not Usage(usage.quota, usage.limit, before).is_near:
            await self.tell(database, usage)
