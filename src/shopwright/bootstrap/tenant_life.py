"""A tenant is made, changed, suspended, resumed: each part of the platform does its share, one operation for all.

A creation is done in steps that the control database notes. Killed anywhere, the same call goes on where it ended, and
a deletion takes back what there is; of two at once, one makes the tenant and the other is told that it is there.
"""

import datetime as dt
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path

from shopwright.audit.chain import START
from shopwright.audit.event import TARGET, AuditEvent, actor_named
from shopwright.audit.forms import has_form
from shopwright.audit.repository.trail import AuditTrail
from shopwright.bootstrap.audit_failures import failures_told
from shopwright.bootstrap.platform import Platform
from shopwright.errors import TenantError
from shopwright.multi_tenant.documents import State, TenantDocument
from shopwright.multi_tenant.quotas.plan import read_plans
from shopwright.multi_tenant.repository.held import NewTenant, Work
from shopwright.multi_tenant.repository.tenants import Tenants


def utc_now() -> dt.datetime:
    """The time of the machine, aware, as documents keep it: whole milliseconds."""
    instant = dt.datetime.now(dt.UTC)
    return instant.replace(microsecond=instant.microsecond // 1_000 * 1_000)


MOST_TITLE = 200
"""Characters."""

Invite = Callable[[str], Awaitable[object]]
"""Invites the first people of the tenant with this handle."""


async def _nobody(tenant: str) -> None:
    """Nobody is invited."""
    del tenant


@dataclass(frozen=True, slots=True)
class Order:
    """A tenant that is wanted. Without ``plan`` it gets the first one, without ``cell`` the first with room."""

    handle: str
    title: str = ""
    plan: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True)
class TenantLife:
    """The tenants of an open platform, in the name of ``by``, who runs it. Files are kept below ``state``."""

    platform: Platform
    state: Path
    by: str

    @property
    def tenants(self) -> Tenants:
        """Who there is."""
        return Tenants(self.platform.control, utc_now)

    async def create(self, order: Order, invite: Invite = _nobody) -> TenantDocument:
        """Make a tenant, or go on with one that is half made. Its database may be there already: then it is adopted.

        ``invite`` is called when everything else is done: again, if the process is killed in it.

        Raises ``TenantError`` if there is, or was, one of that name, ``SettingsError`` for a plan or cell there is
        none of, ``DatabaseError``.
        """
        new = await self.new_tenant(order)
        async with self.failures_told(order.handle, "tenant.create"), self.tenants.hold(order.handle, self.by) as held:
            tenant = await held.create(new)
            await held.steps(self.creation_steps(tenant))
            await invite(tenant.id)
            return await held.finish("active")

    async def new_tenant(self, order: Order, source: str | None = None) -> NewTenant:
        """What an order comes to. Raises ``SettingsError``."""
        plans = read_plans(self.platform.settings.plans)
        plan = plans.named(order.plan) if order.plan else plans.first
        title = order.title or order.handle
        _refuse_title(title)
        there = await self.tenants.find(order.handle)
        cell = there.cell if there else await self.platform.cells.with_room(order.cell)
        return NewTenant(order.handle, title, cell, plan.name, source)

    def creation_steps(self, tenant: TenantDocument) -> list[Work]:
        """What makes a tenant, in the order in which each needs the one before."""
        return [
            Work("key", lambda: self.platform.keys.create(tenant.id)),
            Work("database", lambda: self.platform.provision(tenant.id, tenant.cell)),
            Work("audit", lambda: self._begin_trail(tenant)),
        ]

    async def describe(self, handle: str, *, title: str | None, plan: str | None) -> TenantDocument:
        """Change title or plan. Raises ``TenantError``, ``SettingsError`` for a plan there is none of."""
        if title is not None:
            _refuse_title(title)
        if plan is not None:
            read_plans(self.platform.settings.plans).named(plan)
        async with self.failures_told(handle, "tenant.change"), self.tenants.hold(handle, self.by) as held:
            tenant = await held.describe(title=title, plan=plan)
            await self.record(tenant.id, "tenant.change", {"tenant.plan": tenant.plan})
            return tenant

    async def suspend(self, handle: str) -> TenantDocument:
        """Let a tenant only read and export, until it is resumed; what is published stays. Raises ``TenantError``."""
        return await self._turn(handle, "suspended", "tenant.suspend")

    async def resume(self, handle: str) -> TenantDocument:
        """End a suspension. Raises ``TenantError``."""
        return await self._turn(handle, "active", "tenant.resume")

    async def record(self, tenant: str, action: str, details: dict[str, str] | None = None) -> None:
        """Tell a tenant's own trail what was done to it, and by whom."""
        async with self.platform.tenants.tenant(tenant) as database:
            await AuditTrail(database).record(self.event(tenant, action, details))

    def event(self, tenant: str, action: str, details: dict[str, str] | None = None) -> AuditEvent:
        """What a trail is told."""
        target = f"tenant/{tenant}"
        known = target if has_form(target, TARGET) else ""
        return AuditEvent(action, actor=actor_named(self.by), target=known, details=details or {})

    def failures_told(self, tenant: str, action: str) -> AbstractAsyncContextManager[None]:
        """Tell the platform's own trail if what is done meanwhile fails: the tenant's may be what cannot be reached."""
        return failures_told(AuditTrail(self.platform.control).record, self.event(tenant, action))

    async def _turn(self, handle: str, state: State, action: str) -> TenantDocument:
        async with self.failures_told(handle, action), self.tenants.hold(handle, self.by) as held:
            tenant = await held.to_state(state)
            await self.record(handle, action)
            return tenant

    async def _begin_trail(self, tenant: TenantDocument) -> None:
        """The trail begins with the creation, however often that is tried."""
        async with self.platform.tenants.tenant(tenant.id) as database:
            trail = AuditTrail(database)
            if await trail.end() == START:
                details = {"tenant.plan": tenant.plan, "tenant.cell": tenant.cell}
                await trail.record(self.event(tenant.id, "tenant.create", details))


def _refuse_title(title: str) -> None:
    if not 0 < len(title) <= MOST_TITLE or not title.isprintable():
        remedy = f"Give 1 to {MOST_TITLE} characters that can be printed."
        raise TenantError("this is no title.", where="title", remedy=remedy)
