"""Domains in the control database: any number of tenants may claim one, one tenant has it."""

import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import dataclass

from shopwright.database.documents import Session
from shopwright.database.tenant_database import TenantDatabase
from shopwright.errors import TenantError
from shopwright.multi_tenant.domains.documents import (
    CLAIMS,
    CLAIMS_OF,
    DOMAINS,
    DOMAINS_OF,
    IN_ORDER,
    ClaimDocument,
    DomainDocument,
)
from shopwright.multi_tenant.domains.proof import new_token

MOST = 100
"""Claims of one tenant."""

GRACE = dt.timedelta(days=7)
"""How long a domain is kept whose proof is not found any more: a mistake in its DNS costs no store."""


@dataclass(frozen=True, slots=True)
class DomainRepository:
    """The domains of every tenant; ``control`` is the control database. Methods raise ``DatabaseError``."""

    control: TenantDatabase

    async def claim(self, tenant: str, domain: str, store: str, at: dt.datetime) -> ClaimDocument:
        """Say that a domain is a tenant's, for a store; the claim with its token, the same each time it is said.

        Raises ``TenantError`` for too many.
        """
        claims = self.control.documents(CLAIMS)
        known = await claims.get(_id(tenant, domain))
        if known is None and await claims.count(CLAIMS_OF, {"tenant": tenant}) >= MOST:
            raise _too_many(tenant)
        token = known.token if known else new_token()
        claim = ClaimDocument(
            id=_id(tenant, domain), tenant=tenant, domain=domain, serves=store, token=token, claimed=at
        )
        await claims.put(claim)
        if known is None and await claims.count(CLAIMS_OF, {"tenant": tenant}) > MOST:  # others came at the same moment
            await claims.delete(claim.id)
            raise _too_many(tenant)
        await self.control.documents(DOMAINS).update(domain, {"serves": store}, expected={"tenant": tenant})
        return claim

    async def claimed(self, tenant: str, domain: str) -> ClaimDocument:
        """A tenant's claim. Raises ``TenantError`` if there is none."""
        found = await self.control.documents(CLAIMS).get(_id(tenant, domain))
        if found is None:
            raise _unclaimed(tenant, domain)
        return found

    async def is_claimed(self, tenant: str, domain: str) -> bool:
        """Whether a tenant claims a domain."""
        return await self.control.documents(CLAIMS).get(_id(tenant, domain)) is not None

    async def claims(self, tenant: str) -> list[ClaimDocument]:
        """What a tenant claims."""
        return await self.control.documents(CLAIMS).find(CLAIMS_OF, {"tenant": tenant}, limit=MOST)

    async def holder(self, domain: str) -> DomainDocument | None:
        """Who has proved a domain."""
        return await self.control.documents(DOMAINS).get(domain)

    async def held(self, tenant: str) -> list[DomainDocument]:
        """What a tenant has proved."""
        return await self.control.documents(DOMAINS).find(DOMAINS_OF, {"tenant": tenant}, limit=MOST)

    async def all(self) -> AsyncIterator[DomainDocument]:
        """Every proved domain, by name."""
        async for found in self.control.documents(DOMAINS).stream(IN_ORDER, {}):
            yield found

    async def prove(self, claim: ClaimDocument, at: dt.datetime, before: DomainDocument | None = None) -> None:
        """A claim was proved just now: the domain is this tenant's.

        ``before`` is another tenant's hold whose own proof was looked for just now and not found: it ends. Raises
        ``TenantError`` when somebody has the domain then, in the same moment too.
        """
        new = DomainDocument(id=claim.domain, tenant=claim.tenant, serves=claim.serves, token=claim.token, proved=at)

        async def work(session: Session) -> bool:
            domains = self.control.documents(DOMAINS)
            found = await domains.get(claim.domain, session=session)
            is_free = found is None or found.tenant == claim.tenant or found == before
            if is_free:
                await domains.put(new, session=session)
            return is_free

        if not await self.control.transaction(work):
            remedy = "Its owner takes the other proof away, then proves it again."
            raise TenantError("another tenant has proved this domain.", where=claim.domain, remedy=remedy)
        await self._refuse_unclaimed(claim)

    async def _refuse_unclaimed(self, claim: ClaimDocument) -> None:
        """Whoever lets go takes the claim first: so either they find the hold that was just made, or this does."""
        there = await self.control.documents(CLAIMS).get(claim.id)
        if there is None or there.token != claim.token:
            await self.control.documents(DOMAINS).delete(claim.domain, expected={"tenant": claim.tenant})
            raise _unclaimed(claim.tenant, claim.domain)

    async def let_go(self, domain: DomainDocument, at: dt.datetime) -> bool:
        """End a hold whose proof is not found and was last found longer than ``GRACE`` ago; whether it ended."""
        if at - domain.proved <= GRACE:
            return False
        expected = {"tenant": domain.tenant, "proved": domain.proved}
        return await self.control.documents(DOMAINS).delete(domain.id, expected=expected)

    async def release(self, tenant: str, domain: str) -> bool:
        """Let a domain go, claimed or proved; whether there was anything."""
        claimed = await self.control.documents(CLAIMS).delete(_id(tenant, domain))
        return await self.control.documents(DOMAINS).delete(domain, expected={"tenant": tenant}) or claimed

    async def forget(self, tenant: str) -> int:
        """Let go everything of a tenant that is deleted; how many."""
        claimed = await self.control.documents(CLAIMS).delete_all(CLAIMS_OF, {"tenant": tenant})
        return claimed + await self.control.documents(DOMAINS).delete_all(DOMAINS_OF, {"tenant": tenant})


def _too_many(tenant: str) -> TenantError:
    return TenantError(f"it claims {MOST} domains already.", where=tenant, remedy="Release one first.")


def _unclaimed(tenant: str, domain: str) -> TenantError:
    return TenantError("it does not claim this domain.", where=f"{tenant} {domain}", remedy="Claim it first.")


def _id(tenant: str, domain: str) -> str:
    return f"{domain}/{tenant}"
