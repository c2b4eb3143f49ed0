"""A tenant goes to another cell while it is at work: copied, followed, frozen for a moment, switched.

Until the switch the old cell counts, so a move that fails or is killed has changed nothing; from the switch on the new
one does, and what is left to do is to remove the old. Between them the old one is frozen by its server: what was
written is copied, and what was not is refused and can be tried again.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

from shopwright.bootstrap.document_types import DOCUMENT_TYPES
from shopwright.bootstrap.tenant_life import TenantLife
from shopwright.database.backup.backups import connected
from shopwright.database.backup.transfer import Transfer
from shopwright.database.cluster import database_name
from shopwright.database.isolation.freezing import freeze, thaw
from shopwright.database.isolation.provision import provision
from shopwright.database.isolation.user_secret import UserSecretFile
from shopwright.errors import TenantError
from shopwright.multi_tenant.documents import Journal, TenantDocument
from shopwright.multi_tenant.repository.held import Held, Work

SWITCHED = "switched"
_MOST_ROUNDS = 20
_FEW = 50
"""Operations that are done again within a freeze nobody notices."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A move that came to its end.

    ``frozen_seconds``: how long nothing could be written; 0 where an earlier call made the switch.
    """

    tenant: TenantDocument
    documents: int = 0
    operations: int = 0
    collections: int = 0
    frozen_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class TenantMove:
    """Moves of tenants between cells; ``progress`` is told how many more documents are done."""

    life: TenantLife
    progress: Callable[[int], None] = lambda _: None

    async def run(self, handle: str, cell: str) -> Moved:
        """Move a tenant, or go on with the move to the same cell.

        Raises ``TenantError``, ``SettingsError`` for a cell there is none of or that is full, ``BackupError`` and
        ``DatabaseError`` when a server does not do its part: then the tenant works on where it was.
        """
        self._refuse_without_users(handle)
        self.life.platform.cells.uri(cell)
        async with (
            self.life.failures_told(handle, "tenant.move"),
            self.life.tenants.hold(handle, self.life.by) as held,
        ):
            tenant = await held.move(cell)
            moved = Moved(tenant)
            if SWITCHED not in _journal(tenant).names:
                moved = await self._carry(held, tenant)
            origin = _journal(await held.read()).origin or ""
            await held.steps(
                [
                    Work("withdrawn", lambda: self._withdraw(handle, origin, cell)),
                    Work("record", lambda: self.life.record(handle, "tenant.move", {"tenant.cell": cell})),
                ]
            )
            done = await held.finish()
        return Moved(done, moved.documents, moved.operations, moved.collections, moved.frozen_seconds)

    async def undo(self, handle: str) -> TenantDocument:
        """End a move that was killed before the switch: the copy goes, the tenant stays where it is.

        Raises ``TenantError`` where there is none, or where it can only go on.
        """
        async with self.life.tenants.hold(handle, self.life.by) as held:
            tenant = await held.read()
            journal = tenant.journal
            if journal is None or journal.operation != "move" or journal.to is None:
                raise TenantError("it is not being moved.", where=handle)
            if SWITCHED in journal.names:
                remedy = f"`shopwright tenant move {handle} --to {journal.to}` ends the move."
                raise TenantError(f"it lives in {journal.to} already.", where=handle, remedy=remedy)
            await self._thaw(held, tenant)
            if "begun" in journal.names:
                await self._withdraw(handle, journal.to, tenant.cell)
            return await held.finish()

    async def _carry(self, held: Held, tenant: TenantDocument) -> Moved:
        """From one cell to the other, up to the switch."""
        cells, cell = self.life.platform.cells, _journal(tenant).to or ""
        if _journal(tenant).frozen:
            await self._thaw(held, tenant)
        with connected(cells.uri(tenant.cell)) as source, connected(cells.uri(cell)) as target:
            transfer = Transfer(source, target, database_name(tenant.id))
            await asyncio.to_thread(transfer.refuse_same)
            await held.step(Work("begun", lambda: self._begin(transfer, cell)))
            documents = await asyncio.to_thread(transfer.copy, self.progress)
            operations = await self._catch_up(transfer)
            collections = await asyncio.to_thread(transfer.compare, self.progress)
            operations += await self._catch_up(transfer)
            await self._make_user(tenant.id, cell)
            frozen_at = time.monotonic()
            operations += await self._switch(held, tenant, transfer)
        await self.life.platform.tenants.forget(tenant.id)
        return Moved(tenant, documents, operations, collections, time.monotonic() - frozen_at)

    async def _withdraw(self, handle: str, gone: str, kept: str) -> None:
        """What is left in one cell goes; unless the names of both have come to mean the same deployment."""
        cells = self.life.platform.cells
        with connected(cells.uri(gone)) as one, connected(cells.uri(kept)) as other:
            await asyncio.to_thread(Transfer(one, other, database_name(handle)).refuse_same)
        await self.life.platform.withdraw(handle, gone)

    async def _begin(self, transfer: Transfer, cell: str) -> None:
        await self.life.platform.cells.with_room(cell)
        await asyncio.to_thread(transfer.refuse_taken)

    async def _catch_up(self, transfer: Transfer) -> int:
        """Follow until little is missing; a tenant that writes faster than it can be followed is frozen longer."""
        operations = 0
        for _ in range(_MOST_ROUNDS):
            done = await asyncio.to_thread(transfer.follow)
            operations += done
            if done < _FEW:
                break
        return operations

    async def _switch(self, held: Held, tenant: TenantDocument, transfer: Transfer) -> int:
        cells, cell = self.life.platform.cells, _journal(tenant).to or ""
        try:
            await held.freeze(frozen=True)
            await freeze(await cells.cluster(tenant.cell), tenant.id, DOCUMENT_TYPES)
            operations = await asyncio.to_thread(transfer.follow)
            await asyncio.to_thread(transfer.finish)
            await held.lives_in(cell, SWITCHED)
        except BaseException:
            await asyncio.shield(self._mend(held, tenant))
            raise
        return operations

    async def _mend(self, held: Held, tenant: TenantDocument) -> None:
        """What failed may have been the answer to the switch only: who is switched stays frozen where it was."""
        if (await held.read()).cell == tenant.cell:
            await self._thaw(held, tenant)

    async def _thaw(self, held: Held, tenant: TenantDocument) -> None:
        await thaw(await self.life.platform.cells.cluster(tenant.cell), tenant.id)
        await self._make_user(tenant.id, tenant.cell)
        await held.freeze(frozen=False)

    async def _make_user(self, tenant: str, cell: str) -> None:
        secret = UserSecretFile(self.life.platform.settings.user_secret_file).current()
        await provision(await self.life.platform.cells.cluster(cell), tenant, DOCUMENT_TYPES, secret)

    def _refuse_without_users(self, handle: str) -> None:
        if not self.life.platform.settings.tenant_users:
            raise TenantError(
                "without a database user of its own it cannot be kept from writing while it moves.",
                where=handle,
                remedy="Set SHOPWRIGHT_TENANT_USERS=yes.",
            )


def _journal(tenant: TenantDocument) -> Journal:
    """The journal of a tenant that is being moved."""
    assert tenant.journal  # noqa: S101 - ``Held.move`` wrote one
    return tenant.journal
