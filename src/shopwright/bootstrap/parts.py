"""What an entrance that serves many callers at once is given: an open platform, and what stands behind its door.

A caller comes to a tenant through ``door`` alone. What is *guarded* asks before each call; what is *led* (it changes
more than one repository, or asks others) is handed out only inside the action that it is for.
"""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import partial

from shopwright.access.actions import Action
from shopwright.access.caller import CONTROL, Caller
from shopwright.access.openid.provider import Provider
from shopwright.access.passkeys import RelyingParty
from shopwright.access.password_hash import PasswordHashes
from shopwright.access.standing import Standing
from shopwright.audit.event import AuditEvent
from shopwright.audit.repository.trail import AuditTrail
from shopwright.bootstrap.audit import HeadPlace, TenantAudit
from shopwright.bootstrap.customisation import Customisation
from shopwright.bootstrap.document_types import GRAPH
from shopwright.bootstrap.domains import TenantDomains, usual_prover
from shopwright.bootstrap.door import Door
from shopwright.bootstrap.identity.at_the_door import OthersSessions, OwnAccount
from shopwright.bootstrap.identity.identity import Identity, refused
from shopwright.bootstrap.identity.keys import ServiceKeys
from shopwright.bootstrap.identity.staff import Staff
from shopwright.bootstrap.inside import Inside
from shopwright.bootstrap.kept_answers import KeptAnswers
from shopwright.bootstrap.platform import Platform, open_platform
from shopwright.bootstrap.platform_door import platform_door
from shopwright.bootstrap.quotas import platform_meter
from shopwright.bootstrap.recorded_releases import Recording
from shopwright.bootstrap.tenant_life import TenantLife
from shopwright.bootstrap.usage import TenantUsage
from shopwright.catalog.repository.stores import Stores
from shopwright.database.documents import Session
from shopwright.database.tenant_database import TenantDatabase
from shopwright.errors import AccessDenied
from shopwright.generation.repository import ReleaseRepository
from shopwright.multi_tenant.customisation.repository.looks import LookRepository
from shopwright.multi_tenant.domains.proof import Prover
from shopwright.multi_tenant.quotas.quota import Quota
from shopwright.multi_tenant.quotas.repository.meter import Meter
from shopwright.multi_tenant.quotas.usage import Usage
from shopwright.settings import DatabaseSettings, Settings

Spent = Callable[[Usage], None]
"""Told, at each call at the door, how many of its requests a tenant has used."""


def _ignore(usage: Usage) -> None:
    """Nobody wants to know."""
    del usage


@dataclass(frozen=True, slots=True)
class Machine:
    """What of this machine the parts need. ``party`` names the origin under which browsers reach the service."""

    settings: Settings
    database: DatabaseSettings
    heads: HeadPlace
    party: RelyingParty
    providers: tuple[Provider, ...] = ()
    prover: Prover = field(default_factory=usual_prover)


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything an entrance has. Methods raise ``DatabaseError``."""

    machine: Machine
    platform: Platform
    door: Door
    hashes: PasswordHashes
    meter: Meter

    @property
    def origin(self) -> str:
        """Our own, such as ``https://console.example.org``: links and redirects are made of it, never of a request."""
        return self.machine.party.origin

    @asynccontextmanager
    async def people(self, tenant: str) -> AsyncIterator[Identity]:
        """Who is who in a tenant that is not closed, or in ``control``. Raises ``SignInRefused`` for any other."""
        if tenant != CONTROL and await self.door.standing(tenant) is Standing.CLOSED:
            raise refused()
        async with self.platform.database(tenant) as database:
            yield self._identity(database)

    def strangers(self) -> Identity:
        """Whom to ask about a tenant that is not there: the same work is done, and nobody is found."""
        return self._identity(self.platform.control)

    async def is_open(self, tenant: str) -> bool:
        """Whether anybody can sign in to it."""
        return tenant == CONTROL or await self.door.standing(tenant) is not Standing.CLOSED

    @asynccontextmanager
    async def answers(self, caller: Caller, key: str) -> AsyncIterator[KeptAnswers]:
        """The answers kept for a caller, in their own tenant. Raises ``SignInRefused`` for a closed one."""
        async with self.people(caller.tenant) as identity:
            yield KeptAnswers(identity.database, caller.user, key)

    # Guarded

    def staff(self, inside: Inside) -> Staff:
        """The tenant's users."""
        return inside.part(lambda database: Staff(self._identity(database), inside.caller))

    def account(self, inside: Inside) -> OwnAccount:
        """The caller's own sessions and keys."""
        return inside.part(lambda database: OwnAccount(self._identity(database), inside.caller))

    def sessions(self, inside: Inside) -> OthersSessions:
        """Sessions of the tenant's users."""
        return inside.part(lambda database: OthersSessions(self._identity(database), inside.caller))

    def keys(self, inside: Inside) -> ServiceKeys:
        """The tenant's service keys."""
        return inside.part(lambda database: ServiceKeys(self._identity(database)))

    def stores(self, inside: Inside) -> Stores:
        """Which stores there are."""
        return inside.part(Stores)

    def releases(self, inside: Inside) -> ReleaseRepository:
        """What was published."""
        return inside.part(lambda database: ReleaseRepository(database, GRAPH))

    def looks(self, inside: Inside) -> LookRepository:
        """The brand, and own themes."""
        return inside.part(LookRepository)

    def trail(self, inside: Inside) -> AuditTrail:
        """The audit trail."""
        return inside.part(AuditTrail)

    # Led

    def life(self, inside: Inside) -> TenantLife:
        """Tenants as an operator makes and changes them, or an owner changes their own."""
        _only(inside, Action.TENANT_CREATE, Action.TENANT_CHANGE, Action.TENANT_SUSPEND, Action.TENANT_RESUME)
        return self._life(inside)

    def tenants(self, inside: Inside) -> TenantLife:
        """Tenants as an operator reads them, or anybody their own."""
        _only(inside, Action.TENANT_READ, Action.QUOTA_CHANGE)
        return self._life(inside)

    def usage(self, inside: Inside) -> TenantUsage:
        """Quotas."""
        _only(inside, Action.USAGE_READ, Action.QUOTA_CHANGE)
        return TenantUsage(self.platform, inside.tenant, inside.caller.user)

    def customisation(self, inside: Inside) -> Customisation:
        """Changes of the brand and of own themes."""
        _only(inside, Action.BRAND_CHANGE, Action.TEMPLATE_UPLOAD)
        machine = self.machine.settings
        return Customisation(self.platform, machine.cache, inside.tenant, inside.caller.user, machine.workers)

    def domains(self, inside: Inside, at: dt.datetime) -> TenantDomains:
        """Domains of the tenant."""
        _only(inside, Action.DOMAIN_READ, Action.DOMAIN_CHANGE)
        return TenantDomains(self.platform, inside.caller.user, at, self.machine.prover)

    def recording(self, inside: Inside, store: str, at: dt.datetime) -> Recording:
        """The record of a store's releases, while one is published or made live again."""
        _only(inside, Action.RELEASE_PUBLISH)
        return Recording(self.platform, inside.tenant, store, inside.caller.user, at, self.machine.heads)

    @asynccontextmanager
    async def audit(self, inside: Inside) -> AsyncIterator[TenantAudit]:
        """The trail with its published heads."""
        _only(inside, Action.AUDIT_READ, Action.AUDIT_EXPORT)
        async with self.platform.database(inside.tenant) as database:
            yield TenantAudit(AuditTrail(database), self.machine.heads)

    def _life(self, inside: Inside) -> TenantLife:
        return TenantLife(self.platform, self.machine.settings.state, inside.caller.user)

    def _identity(self, database: TenantDatabase) -> Identity:
        room = partial(self.meter.hold, database, {Quota.KEYS: 1})
        return Identity(database, self.platform.control, self.hashes, self.machine.party, _record, room)


@asynccontextmanager
async def open_parts(machine: Machine, told: Spent = _ignore) -> AsyncIterator[Parts]:
    """The parts of the machine's deployment, open while this lasts. Raises ``DatabaseError``, ``SettingsError``."""
    hashes = await asyncio.to_thread(PasswordHashes)
    try:
        async with open_platform(machine.database) as platform:
            yield joined(machine, platform, hashes, told)
    finally:
        hashes.close()


def joined(machine: Machine, platform: Platform, hashes: PasswordHashes, told: Spent = _ignore) -> Parts:
    """The parts of a platform that is open already. Raises ``SettingsError`` for plans that are none."""
    meter = platform_meter(platform.control, platform.settings.plans)

    async def admit(database: TenantDatabase) -> None:
        usage = await meter.admit(database, Quota.REQUESTS)
        if usage:
            told(usage)

    door = replace(platform_door(platform, machine.settings.state), admit=admit)
    return Parts(machine, platform, door, hashes, meter)


def _only(inside: Inside, *actions: Action) -> None:
    if inside.action not in actions:
        raise AccessDenied(f"This is no part of {inside.action}", remedy="Ask for its action at the door.")


async def _record(database: TenantDatabase, event: AuditEvent, session: Session | None = None) -> None:
    await AuditTrail(database).record(event, session=session)
