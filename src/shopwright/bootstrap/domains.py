"""The domains of tenants, joined from their parts: the control database, DNS, files, trails."""

import asyncio
import datetime as dt
from dataclasses import dataclass, field

from shopwright.asset_pipeline.small_file import fetch_small
from shopwright.audit.event import AuditEvent
from shopwright.audit.repository.trail import AuditTrail
from shopwright.bootstrap.platform import Platform
from shopwright.errors import TenantError
from shopwright.multi_tenant.domains.dns_texts import DnsTexts
from shopwright.multi_tenant.domains.documents import ClaimDocument, DomainDocument
from shopwright.multi_tenant.domains.domain import read_domain
from shopwright.multi_tenant.domains.proof import MOST_BYTES, Proof, Prover
from shopwright.multi_tenant.domains.repository.domains import DomainRepository


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
        await self._tell(tenant, "domain.claim", domain)
        return await self.domains.claim(tenant, domain, store, self.at)

    async def prove(self, tenant: str, text: str) -> str:
        """Look for the token of a claim: where it was found. From then on the domain is the tenant's.

        Who had it before keeps it for as long as their own token is found too.
        """
        claim = await self.domains.claimed(tenant, read_domain(text))
        found = await self._finds(claim.domain, claim.token)
        if not found:
            (name, text_), (address, _) = Proof(claim.domain, claim.token).record, Proof(claim.domain, claim.token).file
            remedy = f"Put the text {text_} in a TXT record at {name}, or in the file {address}, and try again."
            raise TenantError("the proof is not found.", where=claim.domain, remedy=remedy)
        await self.domains.prove(claim, self.at, await self._lost(claim))
        await self._tell(tenant, "domain.prove", claim.domain)
        return found

    async def release(self, tenant: str, text: str) -> bool:
        """Let a domain go; whether the tenant had, or claimed, it."""
        domain = read_domain(text)
        await self._tell(tenant, "domain.release", domain)
        return await self.domains.release(tenant, domain)

    async def prove_again(self) -> tuple[list[DomainDocument], list[DomainDocument]]:
        """Look for the proof of every domain: those without it for now, and those that were let go for it."""
        missing, released = [], []
        async for domain in self.domains.all():
            if await self._finds(domain.id, domain.token):
                claim = await self.domains.claimed(domain.tenant, domain.id)
                await self.domains.prove(claim, self.at)
            elif await self.domains.let_go(domain, self.at):
                released.append(domain)
                await self._tell(domain.tenant, "domain.release", domain.id)
            else:
                missing.append(domain)
        return missing, released

    async def _lost(self, claim: ClaimDocument) -> DomainDocument | None:
        """Another tenant's hold on the domain whose proof is not there any more."""
        holder = await self.domains.holder(claim.domain)
        if holder is None or holder.tenant == claim.tenant or await self._finds(holder.id, holder.token):
            return None
        return holder

    async def _finds(self, domain: str, token: str) -> str:
        return await asyncio.to_thread(self.prover.finds, Proof(domain, token))

    async def _tell(self, tenant: str, action: str, domain: str) -> None:
        async with self.platform.tenants.tenant(tenant) as database:
            event = AuditEvent(action, actor=self.by, target=f"domain/{domain}", details={"domain.name": domain})
            await AuditTrail(database).record(event)
