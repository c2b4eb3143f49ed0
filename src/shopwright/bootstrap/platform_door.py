"""The door of a platform's tenants, joined from its parts: connections, tenants' standing, quotas, audit trails."""

from pathlib import Path

from shopwright.access.standing import Standing
from shopwright.audit.event import AuditEvent
from shopwright.audit.repository.trail import AuditTrail
from shopwright.bootstrap.audited import CatalogEvents
from shopwright.bootstrap.catalog import picture_folder
from shopwright.bootstrap.document_types import GRAPH
from shopwright.bootstrap.door import Door
from shopwright.bootstrap.platform import Platform
from shopwright.bootstrap.quotas import platform_meter, room_in
from shopwright.catalog.picture_files import PictureFiles
from shopwright.catalog.repository.catalog import CatalogRepository
from shopwright.catalog.repository.kept import Kept
from shopwright.database.tenant_database import TenantDatabase
from shopwright.errors import DocumentRefused
from shopwright.multi_tenant.documents import TENANTS, TenantDocument
from shopwright.multi_tenant.quotas.quota import Quota


def platform_door(platform: Platform, state: Path) -> Door:
    """The door of an open platform; ``state`` is its state folder. Raises ``SettingsError`` for plans that are none."""
    meter = platform_meter(platform.control, platform.settings.plans)

    async def stand(tenant: str) -> Standing:
        return await standing_of(platform.control, tenant)

    async def admit(database: TenantDatabase) -> None:
        await meter.admit(database, Quota.REQUESTS)

    async def record(database: TenantDatabase, event: AuditEvent) -> None:
        await AuditTrail(database).record(event)

    def join(database: TenantDatabase, store: str) -> CatalogRepository:
        pictures = PictureFiles(picture_folder(state, database.name))
        room, tell = room_in(meter, database), CatalogEvents(database, store).tell
        return CatalogRepository(Kept(database, store, pictures, graph=GRAPH, room=room, tell=tell))

    return Door(platform.database, stand, admit, record, join)


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
