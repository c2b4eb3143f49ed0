"""Tenants as the control database knows them."""

import datetime as dt
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from shopwright.database.cluster import refuse_no_tenant
from shopwright.database.lease import PATIENCE, SECONDS, Leases
from shopwright.database.tenant_database import TenantDatabase
from shopwright.errors import StoreBusy, TenantError
from shopwright.multi_tenant.documents import IN_CELL, IN_ORDER, IN_STATE, TENANTS, State, TenantDocument
from shopwright.multi_tenant.repository.held import Held

Clock = Callable[[], dt.datetime]


@dataclass(frozen=True, slots=True)
class Tenants:
    """The tenants of a deployment. ``control`` is its control database, ``clock`` tells the time, aware.

    One at a time works on a tenant; one that was killed is followed after ``seconds``, and others wait ``patience``
    seconds for it.
    """

    control: TenantDatabase
    clock: Clock
    seconds: float = SECONDS
    patience: float = PATIENCE + SECONDS

    async def find(self, handle: str) -> TenantDocument | None:
        """A tenant in whatever state; None if there never was one of that name. Raises ``DocumentRefused``."""
        return await self.control.documents(TENANTS).get(handle)

    async def get(self, handle: str) -> TenantDocument:
        """A tenant in whatever state. Raises ``TenantError`` if there never was one of that name."""
        found = await self.find(handle)
        if found is None:
            raise TenantError(
                "there is no such tenant.", where=handle[:48], remedy="`shopwright tenant list` shows those there are."
            )
        return found

    async def page(self, limit: int, *, state: State | None = None, after: str = "") -> list[TenantDocument]:
        """Up to ``limit`` tenants behind the handle ``after`` in the order of their handles, or those in a state."""
        query, values = (IN_STATE, {"state": state}) if state else (IN_ORDER, {})
        place = (after,) if after else None
        return await self.control.documents(TENANTS).find(query, values, limit=limit, after=place)

    async def in_cell(self, cell: str) -> int:
        """How many tenants a cell holds, with those being made there; deleted ones are none."""
        documents = self.control.documents(TENANTS)
        return sum([found.state != "deleted" async for found in documents.stream(IN_CELL, {"cell": cell})])

    @asynccontextmanager
    async def hold(self, handle: str, owner: str) -> AsyncIterator[Held]:
        """Work on a tenant alone: nobody else creates, changes, moves or deletes it meanwhile.

        ``owner`` tells others who works. Raises ``TenantError`` when somebody else does, and goes on for too long,
        ``DatabaseError`` for what no tenant can be called.
        """
        refuse_no_tenant(handle)
        leases = Leases(self.control, self.seconds)
        try:
            async with leases.hold(f"tenant:{handle}", owner, patience=self.patience) as lease:
                yield Held(self.control, lease, handle, self.clock)
        except StoreBusy as error:
            raise TenantError(error.what, where=handle, remedy=error.remedy) from None
