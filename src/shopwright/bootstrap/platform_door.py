"""The door of a platform's tenants, joined from its parts: connections, tenants' standing, quotas, audit trails."""

from pathlib import Path

from shopwright.access.standing import Standing
from shopwright.audit.event import AuditEvent
from shopwright.audit.repository.trail import AuditTrail
from shopwright.bootstrap.door import Door
from shopwright.bootstrap.platform import Platform
from shopwright.database.tenant_database import TenantDatabase
from shopwright.errors import DocumentRefused
from shopwright.multi_tenant.documents import TENANTS, TenantDocument
from shopwright.multi_tenant.quotas.quota import Quota
from shopwright.multi_tenant.quotas.repository.meter import Meter


def platform_door(platform: Platform, meter: Meter, state: Path) -> Door:
    """The door of a platform whose state folder is ``state``; ``meter`` counts requests."""

    async def stand(tenant: str) -> Standing:
        return await standing_of(platform.control, tenant)

    async def admit(database: TenantDatabase) -> None:
        await meter.admit(database, Quota.REQUESTS)

    async def record(database: TenantDatabase, event: AuditEvent) -> None:
        await AuditTrail(database).record(event)

    return Door(platform.database, stand, admit, record, state)


async def standing_of(control: TenantDatabase, tenant: str) -> Standing:
    """How a tenant stands: asked anew each time, so that a suspension holds from the next request on.

    ``closed`` for what no tenant can be called, too. Raises ``DatabaseError``.
    """
    try:
        found = await control.documents(TENANTS).get(tenant)
    except DocumentRefused:
        return Standing.CLOSED
    return _standing(found) if found else Standing.CLOSED


def _standing(tenant: TenantDocument) -> Standing:
    if tenant.state == "suspended":
        return Standing.SUSPENDED
    if tenant.state != "active":
        return Standing.CLOSED
    return Standing.FROZEN if tenant.journal and tenant.journal.frozen else Standing.ACTIVE
