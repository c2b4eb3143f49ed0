"""The door of every tenant: the only way in for a caller, whoever it is and wherever the request came from.

Here it is asked whether the tenant is the caller's, how it stands, what the role allows and the factors prove, and
whether there are requests left this minute. Who is refused is told no more than they may know, and recorded in their
own tenant's audit trail; an operator who enters is recorded in the trail of the tenant entered.
"""

import datetime as dt
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass

from shopwright.access.actions import Action
from shopwright.access.caller import CONTROL, Caller
from shopwright.access.permission import refuse, refuse_hidden
from shopwright.access.standing import Standing
from shopwright.audit.event import TARGET, AuditEvent, actor_named
from shopwright.audit.forms import has_form, network_of
from shopwright.bootstrap.audit_failures import named
from shopwright.bootstrap.inside import Inside, Join
from shopwright.database.tenant_database import TenantDatabase
from shopwright.errors import AccessDenied, ShopwrightError, StepUpRequired, TenantHidden
from shopwright.performance.access_metrics import ENTRIES

Open = Callable[[str], AbstractAsyncContextManager[TenantDatabase]]
"""Opens a tenant's database, or the control database, as that database's own user."""

Stand = Callable[[str], Awaitable[Standing]]
Admit = Callable[[TenantDatabase], Awaitable[None]]
"""Counts a request of a tenant, or raises ``QuotaExceeded``."""

Record = Callable[[TenantDatabase, AuditEvent], Awaitable[None]]


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True, slots=True)
class Door:
    """Joined from its parts in ``bootstrap.platform_door``."""

    open: Open
    standing: Stand
    admit: Admit
    record: Record
    join: Join
    now: Callable[[], dt.datetime] = _now

    @asynccontextmanager
    async def enter(self, caller: Caller, tenant: str, action: Action) -> AsyncIterator[Inside]:
        """Let a caller into a tenant (or ``control``) for one action, or raise.

        Raises ``TenantHidden`` for a tenant of others, a deleted one and one that was never there, all alike;
        ``AccessDenied``, ``StepUpRequired``, ``QuotaExceeded``, ``TenantError`` in the seconds of a move,
        ``DatabaseError``.
        """
        try:
            refuse(caller, action, tenant, await self._standing_for(caller, tenant), self.now())
        except AccessDenied as denied:
            await self._tell(caller, _event(caller, tenant, action, self.now(), denied))
            raise
        ENTRIES.add("entered")
        async with self.open(tenant) as database:
            if caller.tenant == tenant:
                await self._count(database)
            else:
                await self.record(database, _event(caller, tenant, action, self.now()))
            try:
                yield Inside(caller, action, database, self.join)
            except AccessDenied as denied:
                await self._tell(caller, _event(caller, tenant, action, self.now(), denied))
                raise
            except ShopwrightError as error:
                if not action.reads:
                    with suppress(ShopwrightError):  # what is to be known is why it failed
                        await self.record(database, _event(caller, tenant, action, self.now(), error))
                raise

    async def _standing_for(self, caller: Caller, tenant: str) -> Standing:
        """A tenant of others is not even looked at: what does not happen takes no time that could be measured."""
        refuse_hidden(caller, tenant)
        return Standing.ACTIVE if tenant == CONTROL else await self.standing(tenant)

    async def _tell(self, caller: Caller, event: AuditEvent) -> None:
        """Record a refusal in the caller's own tenant; each counts as a request, so that nobody floods the trail."""
        ENTRIES.add(str(event.details["event.reason"]))
        home = caller.tenant
        if home != CONTROL and await self.standing(home) is Standing.CLOSED:
            home = CONTROL
        async with self.open(home) as database:
            await self._count(database)
            await self.record(database, event)

    async def _count(self, database: TenantDatabase) -> None:
        if database.name != CONTROL:
            await self.admit(database)


def _event(
    caller: Caller, tenant: str, action: Action, at: dt.datetime, error: ShopwrightError | None = None
) -> AuditEvent:
    """What the trail is told: ids and names of a closed list, no text of the request.

    Who is refused did not enter; who was let in to change something, and could not, did.
    """
    target = f"tenant/{tenant}"
    details = {
        "access.action": action.value,
        "access.role": caller.role.value,
        "session.id": caller.session,
        "source.network": network_of(caller.address),
        "event.reason": _reason(error) if error else "",
    }
    return AuditEvent(
        action="access.refuse" if isinstance(error, AccessDenied) else "access.allow",
        outcome="failure" if error else "success",
        actor=actor_named(caller.user),
        target=target if has_form(target, TARGET) else "",
        details={name: value for name, value in details.items() if value},
        at=at,
    )


def _reason(error: ShopwrightError) -> str:
    if isinstance(error, TenantHidden):
        return "hidden"
    if isinstance(error, StepUpRequired):
        return "step-up"
    return "denied" if isinstance(error, AccessDenied) else named(error)
