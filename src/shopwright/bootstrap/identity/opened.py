"""A tenant's people, opened on a platform: its database with its own rights and key, the control database beside it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from shopwright.access.passkeys import RelyingParty
from shopwright.access.password_hash import PasswordHashes
from shopwright.audit.event import AuditEvent, actor_named
from shopwright.audit.repository.trail import AuditTrail
from shopwright.bootstrap.identity.identity import Identity
from shopwright.bootstrap.identity.staff import Staff
from shopwright.bootstrap.platform import Platform
from shopwright.bootstrap.quotas import platform_meter
from shopwright.database.documents import Session
from shopwright.database.tenant_database import TenantDatabase
from shopwright.multi_tenant.quotas.quota import Quota

NO_BROWSER = RelyingParty("localhost", "https://localhost")
"""Of commands, which put no question to a browser."""

MACHINE = "127.0.0.1"
"""Where commands come from."""


@asynccontextmanager
async def open_identity(
    platform: Platform, tenant: str, hashes: PasswordHashes, party: RelyingParty = NO_BROWSER
) -> AsyncIterator[Identity]:
    """The people of a tenant, or of ``control``. Raises ``DatabaseError``."""
    async with platform.database(tenant) as database:
        meter = platform_meter(platform.control, platform.settings.plans)
        room = partial(meter.hold, database, {Quota.KEYS: 1})
        yield Identity(database, platform.control, hashes, party, _record, room)


@asynccontextmanager
async def open_staff(platform: Platform, tenant: str, by: str) -> AsyncIterator[Staff]:
    """The users of a tenant, or of ``control``, as the account ``by`` of this machine changes them. Raises as above."""
    hashes = PasswordHashes()
    try:
        async with open_identity(platform, tenant, hashes) as identity:
            yield Staff(identity, actor_named(by))
    finally:
        hashes.close()


async def _record(database: TenantDatabase, event: AuditEvent, session: Session | None) -> None:
    await AuditTrail(database).record(event, session=session)
