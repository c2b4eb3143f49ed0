"""The domains of tenants, joined from their parts: the control database, DNS, files, trails."""

import asyncio
import datetime as dt
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from shopwright.asset_pipeline.small_file import fetch_small
from shopwright.audit.event import AuditEvent
from shopwright.audit.repository.trail import AuditTrail
from shopwright.bootstrap.audit_failures import failures_told
from shopwright.bootstrap.platform import Platform
from shopwright.errors import DatabaseError, StorageError, TenantError
from shopwright.multi_tenant.domains.dns_texts import DnsTexts
from shopwright.multi_tenant.domains.documents import ClaimDocument, DomainDocument
from shopwright.multi_tenant.domains.domain import read_domain
from shopwright.multi_tenant.domains.proof import MOST_BYTES, Proof, Prover
from shopwright.multi_tenant.domains.proxy import Headers, Site, headers_by, headers_in
from shopwright.multi_tenant.domains.repository.domains import DomainRepository
from shopwright.storage.header_rules import HeaderRules
from shopwright.storage.objects.folder import FolderObjects
from shopwright.storage.releases.document import read_release
from shopwright.storage.releases.live_folder import LIVE
from shopwright.storage.releases.pointer import KEY, read_pointer
from shopwright.storage.releases.site_files import read_header_rules


def usual_prover() -> Prover:
    """By the resolver of this machine, and files at public addresses only."""
    return Prover(DnsTexts(), lambda address: fetch_small(address, MOST_BYTES))


@dataclass(frozen=True, slots=True)
class TenantDomains:
    """The domains of a platform's tenants; ``by`` is who asks, at a time (an aware one).

    Methods raise ``SettingsError`` for what is no domain, ``TenantError``, ``DatabaseError``.
    """

    platform: Platform
    by: str
    at: dt.datetime
    prover: Prover = field(default_factory=usual_prover)

    @property
    def domains(self) -> DomainRepository:
        """What the control database knows."""
        return DomainRepository(self.platform.control)

    async def claim(self, tenant: str, text: str, store: str) -> ClaimDocument:
        """Say that a domain is a tenant's, for one of its stores; the claim with what is to be put at the domain."""
        domain = read_domain(text)
        async with self._failures_told(tenant, "domain.claim", domain):
            await self._tell(tenant, "domain.claim", domain)
            return await self.domains.claim(tenant, domain, store, self.at)

    async def prove(self, tenant: str, text: str) -> str:
        """Look for the token of a claim: where it was found. From then on the domain is the tenant's.

        Who had it before keeps it for as long as their own token is found too; only in a file, if this one is too: a
        domain that leads to our own proxy has the file of who had it, whatever its owner wants.
        """
        domain = read_domain(text)
        async with self._failures_told(tenant, "domain.prove", domain):
            return await self._prove(await self.domains.claimed(tenant, domain))

    async def _prove(self, claim: ClaimDocument) -> str:
        found = await self._finds(claim.domain, claim.token)
        if not found:
            (name, text_), (address, _) = Proof(claim.domain, claim.token).record, Proof(claim.domain, claim.token).file
            remedy = f"Put the text {text_} in a TXT record at {name}, or in the file {address}, and try again."
            raise TenantError("the proof is not found.", where=claim.domain, remedy=remedy)
        await self.domains.prove(claim, self.at, await self._lost(claim, found))
        await self._tell(claim.tenant, "domain.prove", claim.domain)
        return found

    async def release(self, tenant: str, text: str) -> bool:
        """Let a domain go; whether the tenant had, or claimed, it."""
        domain = read_domain(text)
        async with self._failures_told(tenant, "domain.release", domain):
            await self._tell(tenant, "domain.release", domain)
            return await self.domains.release(tenant, domain)

    async def prove_again(self) -> tuple[list[DomainDocument], list[DomainDocument]]:
        """Look for the proof of every domain: those without it for now, and those that were let go for it.

        One that cannot be looked after counts as without it for now: it does not keep the others waiting.
        """
        missing: list[DomainDocument] = []
        released: list[DomainDocument] = []
        async for domain in self.domains.all():
            try:
                gone = await self._is_over(domain)
            except (TenantError, DatabaseError):
                gone = False
            if gone is not None:
                (released if gone else missing).append(domain)
        return missing, released

    async def sites(self, root: Path) -> list[Site]:
        """What a proxy serves: each proved domain with the store in ``root/TENANT/STORE``, as it is live now."""
        found = [domain async for domain in self.domains.all()]
        return await asyncio.to_thread(lambda: [_site(domain, root) for domain in found])

    async def _is_over(self, domain: DomainDocument) -> bool | None:
        """Whether a domain was let go; None if its proof was found."""
        if not await self.domains.is_claimed(domain.tenant, domain.id):  # a release was killed half way
            return await self.domains.release(domain.tenant, domain.id)
        if await self._finds(domain.id, domain.token):
            await self.domains.prove(await self.domains.claimed(domain.tenant, domain.id), self.at)
            return None
        is_over = await self.domains.let_go(domain, self.at)
        if is_over:
            with suppress(DatabaseError):  # of a tenant that cannot be reached: it is over all the same
                await self._tell(domain.tenant, "domain.release", domain.id)
        return is_over

    async def _lost(self, claim: ClaimDocument, found: str) -> DomainDocument | None:
        """Another tenant's hold on the domain whose proof is not there any more, or weaker than the one found now."""
        holder = await self.domains.holder(claim.domain)
        if holder is None or holder.tenant == claim.tenant:
            return None
        theirs = await self._finds(holder.id, holder.token)
        return None if theirs in ("dns", found) else holder

    async def _finds(self, domain: str, token: str) -> str:
        return await asyncio.to_thread(self.prover.finds, Proof(domain, token))

    def _failures_told(self, tenant: str, action: str, domain: str) -> AbstractAsyncContextManager[None]:
        return failures_told(partial(self._record, tenant), self._event(action, domain))

    async def _tell(self, tenant: str, action: str, domain: str) -> None:
        await self._record(tenant, self._event(action, domain))

    async def _record(self, tenant: str, event: AuditEvent) -> None:
        async with self.platform.tenants.tenant(tenant) as database:
            await AuditTrail(database).record(event)

    def _event(self, action: str, domain: str) -> AuditEvent:
        return AuditEvent(action, actor=self.by, target=f"domain/{domain}", details={"domain.name": domain})


def _site(domain: DomainDocument, root: Path) -> Site:
    """A folder that is published to has what is live behind a link; one that was built is the site itself."""
    store = root / domain.tenant / domain.serves
    is_target = (store / KEY).is_file()
    live = store / LIVE if is_target else store
    return Site(domain.id, domain.token, str(live), _headers(store, is_target=is_target))


def _headers(store: Path, *, is_target: bool) -> Headers:
    """Those of a store; the usual ones if its own cannot be read: one store's fault leaves all others served."""
    try:
        if not is_target:
            return headers_by(read_header_rules(store))
        objects = FolderObjects(store)
        pointer, _ = read_pointer(objects)
        return headers_in(read_release(objects, pointer.release if pointer else "", None))
    except StorageError:
        return headers_by(HeaderRules())
