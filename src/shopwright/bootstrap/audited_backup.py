"""Backups and restores in the trails of those they are of; and trails that a restore does not take back.

A restored database is older than it was. Before one is replaced, its trail is put aside in a file; after it, the events
the backup did not have are added again, so that the trail goes on. The file stays until they are: a restore that is
killed and run again finds it.
"""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from shopwright.audit.event import AuditEvent
from shopwright.audit.repository.trail import AuditTrail
from shopwright.bootstrap.deployment import open_deployment
from shopwright.database.backup.mark import refuse_unfinished
from shopwright.database.cluster import CONTROL, Cluster, tenant_name
from shopwright.errors import AuditLogError, BackupError
from shopwright.settings import DatabaseSettings


@dataclass(frozen=True, slots=True)
class TrailKeeper:
    """Keeps the trails of the deployment in ``settings``; ``folder`` is where they are put aside."""

    settings: DatabaseSettings
    folder: Path

    def put_aside(self, tenants: Sequence[str]) -> None:
        """Before tenants (or ``control``) are replaced: keep each trail that is there and whole enough to be read.

        Raises ``DatabaseError``; ``OSError`` when there is no room for them, before anything is replaced.
        """
        asyncio.run(self._put_aside(tenants))

    def tell(self, databases: Iterable[str], event: AuditEvent) -> int:
        """Record an event in the trail of each of these databases; first, what was put aside is added again.

        How many events were. Raises ``AuditLogError``, ``DatabaseError``.
        """
        return asyncio.run(self._tell(list(map(tenant_name, databases)), event))

    async def _put_aside(self, tenants: Sequence[str]) -> None:
        async with open_deployment(self.settings) as cluster:
            there = {CONTROL, *await cluster.tenants()}
            for tenant in tenants or sorted(there):
                if tenant in there:
                    await self._write(cluster, tenant)

    async def _write(self, cluster: Cluster, tenant: str) -> None:
        database = cluster.named(tenant)
        try:
            await refuse_unfinished(database)
        except BackupError:  # a restore was killed: what it put aside still counts
            return
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        await self._carry(AuditTrail(database), self._file(tenant))  # killed at the very end, before it was added again
        if await asyncio.to_thread(self._file(tenant).exists):
            self._file(tenant).replace(self._file(tenant).with_suffix(".other"))
        new = self._file(tenant).with_suffix(".new")
        with new.open("w", encoding="utf-8") as file:
            async for line in AuditTrail(database).lines():
                file.write(f"{line}\n")
        new.replace(self._file(tenant))

    async def _tell(self, tenants: Sequence[str], event: AuditEvent) -> int:
        carried = 0
        async with open_deployment(self.settings) as cluster:
            for tenant in tenants:
                trail = AuditTrail(cluster.named(tenant))
                found = await self._carry(trail, self._file(tenant))
                details = {**event.details, "count": found} if found else event.details
                await trail.record(replace(event, details=details))
                carried += found
        return carried

    async def _carry(self, trail: AuditTrail, file: Path) -> int:
        """A trail that does not go on from what was restored stays aside, for whoever looks into it."""
        if not await asyncio.to_thread(file.exists):
            return 0
        with suppress(AuditLogError):
            carried = await trail.carry(_lines(file))
            await asyncio.to_thread(file.unlink)
            return carried
        return 0

    def _file(self, tenant: str) -> Path:
        return self.folder / f"{tenant}.jsonl"


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield line.rstrip("\n")
