"""Everything of a tenant is removed, and every place is looked at afterwards: the signed report is the proof.

The key goes first: from then on whatever a backup, the server's log or a forgotten copy still holds of people is
unreadable. The report is written before the tenant counts as deleted, so there is no deletion without one.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from shopwright.audit.repository.trail import AuditTrail
from shopwright.bootstrap.tenant_life import TenantLife, utc_now
from shopwright.bootstrap.tenant_places import Files, PutAside, SavedCopies
from shopwright.errors import TenantError
from shopwright.multi_tenant.archive.manifest import reaching
from shopwright.multi_tenant.deletion_report import DeletionReport, Place, SignedReport, sign_report
from shopwright.multi_tenant.documents import TenantDocument
from shopwright.multi_tenant.domains.repository.domains import DomainRepository
from shopwright.multi_tenant.quotas.documents import ALLOWANCES
from shopwright.multi_tenant.repository.held import Held, Work
from shopwright.storage.objects.stored import Objects
from shopwright.storage.releases.signing import Signer


@dataclass(frozen=True, slots=True)
class Reach:
    """Where a deletion reaches: the folders of this machine, backups, and targets the tenant's stores were sent to."""

    state: Path
    cache: Path
    backups: Sequence[SavedCopies] = ()
    targets: Sequence[Objects] = ()
    not_looked_at: Sequence[str] = field(default=())
    heads: Objects | None = None
    """Where heads of audit trails are published."""

    def files(self, tenant: str) -> list[Files | PutAside]:
        """The folders of one tenant below these, and files that bear its name."""
        return [
            Files("files", self.state / "tenants" / tenant),
            Files("caches", self.cache / "tenants" / tenant),
            PutAside(self.state / "trails", tenant),
        ]

    def report_file(self, tenant: str) -> Path:
        """Where the proof is kept."""
        return self.state / "deletions" / f"{tenant}.json"


@dataclass(frozen=True, slots=True)
class Deletion:
    """Deletions of tenants within ``reach``; reports are signed with ``signer``."""

    life: TenantLife
    reach: Reach
    signer: Signer

    async def run(self, handle: str) -> SignedReport:
        """Remove a tenant in whatever state it is, or go on with it.

        Raises ``TenantError``, ``DatabaseError``, ``SettingsError`` for a tenant whose cell the settings do not name.

        It also raises when anything is left that should be gone: then the tenant stays half deleted, and the same call
        goes on.
        """
        async with (
            self.life.failures_told(handle, "tenant.delete"),
            self.life.tenants.hold(handle, self.life.by) as held,
        ):
            self._refuse_unknown_cells(await held.read())
            tenant = await held.delete()
            await held.steps(self.steps(tenant))
            return await self._prove(held)

    def steps(self, tenant: TenantDocument) -> list[Work]:
        """What removes a tenant, in the order in which it does least harm to be killed in between."""
        return [
            Work("key", lambda: self.life.platform.keys.destroy(tenant.id)),
            Work("database", lambda: self._database(tenant.id)),
            Work("allowances", lambda: self._allowances(tenant.id)),
            Work("domains", lambda: self._domains.forget(tenant.id)),
            Work("files", lambda: self._files(tenant.id)),
            Work("targets", self._targets),
            Work("backups", lambda: asyncio.to_thread(self._backups, tenant.id)),
            Work("record", lambda: self._record(tenant)),
        ]

    def _refuse_unknown_cells(self, tenant: TenantDocument) -> None:
        """What lives where nobody looks would be left there, and the report would say nothing of it."""
        moving = (tenant.journal.origin, tenant.journal.to) if tenant.journal else ()
        for cell in filter(None, (tenant.cell, *moving)):
            self.life.platform.cells.uri(cell)

    async def _database(self, tenant: str) -> None:
        for cell in self.life.platform.cells.names:
            if await self.life.platform.traces(tenant, cell):
                await self.life.platform.withdraw(tenant, cell)

    async def _allowances(self, tenant: str) -> None:
        await self.life.platform.control.documents(ALLOWANCES).delete(tenant)

    async def _files(self, tenant: str) -> None:
        for files in self.reach.files(tenant):
            await asyncio.to_thread(files.remove)

    async def _targets(self) -> None:
        for target in self.reach.targets:
            await asyncio.to_thread(_empty, target)

    def _backups(self, tenant: str) -> None:
        for copies in self.reach.backups:
            copies.remove(tenant)

    async def _record(self, tenant: TenantDocument) -> None:
        """The platform's own trail tells of it: the tenant's is gone."""
        await AuditTrail(self.life.platform.control).record(self.life.event(tenant.id, "tenant.delete"))

    async def _prove(self, held: Held) -> SignedReport:
        tenant = await held.read()
        report = await self._report(tenant)
        if report.remaining:
            await held.again()
            left = ", ".join(f"{place.name} ({place.found:,})" for place in report.remaining)
            raise TenantError(f"something of it is left: {left}.", where=tenant.id, remedy="Delete it again.")
        signed = sign_report(report, self.signer)
        await asyncio.to_thread(_keep, self.reach.report_file(tenant.id), signed)
        await held.finish("deleted", proof=signed.sha256)
        return signed

    async def _report(self, tenant: TenantDocument) -> DeletionReport:
        journal = tenant.journal
        assert journal  # noqa: S101 - a tenant that is being deleted has one
        looked = utc_now().replace(microsecond=0)
        keys = self.life.platform.settings.key_folder
        places = [
            await self._key(tenant.id),
            await self._own_limits(tenant.id),
            await self._held_domains(tenant.id),
            await asyncio.to_thread(Files("master keys", keys / tenant.id).look),
            *await self._cells(tenant.id),
            *[await asyncio.to_thread(files.look) for files in self.reach.files(tenant.id)],
            *[await asyncio.to_thread(_look_at_target, target) for target in self.reach.targets],
            *[
                place
                for copies in self.reach.backups
                for place in await asyncio.to_thread(copies.places, tenant.id, looked)
            ],
            *await asyncio.to_thread(self._evidence, tenant.id),
            _CONTROL,
        ]
        return DeletionReport(
            tenant=tenant.id,
            created=tenant.created,
            begun=journal.begun,
            looked=looked,
            places=tuple(places),
            not_looked_at=(*self.reach.not_looked_at, *self._at_service()),
        )

    def _evidence(self, tenant: str) -> list[Place]:
        """What was made to outlast whoever it speaks of, and holds nothing that anybody wrote or is called."""
        heads = self.reach.heads
        found = sum(1 for _ in heads.list(f"{tenant}/")) if heads else 0
        return [
            _LOG,
            *(
                [_HEADS.model_copy(update={"name": f"heads in {heads.name}", "found": found})]
                if heads and found
                else []
            ),
        ]

    def _at_service(self) -> list[str]:
        kms = self.life.platform.settings.kms
        return ["the key management service: destroy the tenant's master key there"] if kms else []

    async def _key(self, tenant: str) -> Place:
        found = await self.life.platform.keys.exists(tenant)
        return Place(name="key vault in the control database", how="the tenant's key", found=found)

    @property
    def _domains(self) -> DomainRepository:
        return DomainRepository(self.life.platform.control)

    async def _held_domains(self, tenant: str) -> Place:
        found = len(await self._domains.held(tenant)) + len(await self._domains.claims(tenant))
        return Place(name="domains in the control database", how="those of the tenant", found=found)

    async def _own_limits(self, tenant: str) -> Place:
        found = await self.life.platform.control.documents(ALLOWANCES).get(tenant)
        return Place(name="allowances in the control database", how="the tenant's document", found=found is not None)

    async def _cells(self, tenant: str) -> list[Place]:
        """What each server still holds."""
        found = []
        for cell in self.life.platform.cells.names:
            traces = await self.life.platform.traces(tenant, cell)
            for name, count in (("database", traces.database), ("users", traces.users), ("roles", traces.roles)):
                found.append(Place(name=f"{name} in the cell {cell}", how=_ASKED[name], found=int(count)))
            found.append(_log(cell))
        return found


_ASKED = {"database": "listDatabases", "users": "usersInfo", "roles": "rolesInfo"}

_CONTROL = Place(
    name="control database",
    how="the tenant's own document",
    found=1,
    remains="Its handle, title, plan and times stay, so that the handle is never given to anybody else.",
)


_LOG = Place(
    name="audit log of this machine",
    how="not read",
    found=1,
    remains="Its chain cannot be shortened; it holds actions, times, hashes, and names of templates, never their text.",
)
_HEADS = Place(
    name="heads",
    how="listing",
    found=0,
    remains="Signed hashes and numbers of events, which show that the trail was whole; nothing can be read from them.",
)


def _log(cell: str) -> Place:
    return Place(
        name=f"log of the server of the cell {cell}",
        how="not read",
        found=1,
        remains="What was written lately stands in it until the server overwrites it; what is personal is sealed with "
        "the tenant's own key, which is destroyed.",
    )


def _empty(target: Objects) -> None:
    target.delete([held.key for held in target.list("")])


def _look_at_target(target: Objects) -> Place:
    return Place(name=f"target {target.name}", how="listing", found=sum(1 for _ in target.list("")))


def _keep(path: Path, signed: SignedReport) -> None:
    with reaching(path):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_suffix(".new")
        draft.write_bytes(signed.written())
        draft.replace(path)
