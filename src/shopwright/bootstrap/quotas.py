"""The meter of a platform, joined from its parts: who may use how much, what is counted where, who is told."""

import datetime as dt
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from shopwright.access.repository.keys import ServiceKeyRepository
from shopwright.audit.event import AuditEvent
from shopwright.audit.forms import Scalar
from shopwright.audit.repository.trail import AuditTrail
from shopwright.catalog.repository.amounts import Amounts
from shopwright.catalog.versions.growth import Growth, Room
from shopwright.database.tenant_database import TenantDatabase
from shopwright.multi_tenant.customisation.repository.looks import LookRepository
from shopwright.multi_tenant.quotas.plan import read_plans
from shopwright.multi_tenant.quotas.quota import Quota
from shopwright.multi_tenant.quotas.repository.allowances import Allowances
from shopwright.multi_tenant.quotas.repository.meter import Amounts as Asked
from shopwright.multi_tenant.quotas.repository.meter import Count, Meter
from shopwright.multi_tenant.quotas.usage import Usage

MEMORY_OF_BUILD = 500_000_000
"""Bytes a build is counted with, however large the store: what the product promises for 10,000 products."""


async def _products(database: TenantDatabase) -> int:
    return await Amounts(database).products()


async def _pictures(database: TenantDatabase) -> int:
    return await Amounts(database).pictures()


async def _storage(database: TenantDatabase) -> int:
    return await Amounts(database).picture_bytes() + await LookRepository(database).bytes()


async def _keys(database: TenantDatabase) -> int:
    return await ServiceKeyRepository(database).count(dt.datetime.now(dt.UTC))


COUNTS: Mapping[Quota, Count] = {
    Quota.PRODUCTS: _products,
    Quota.PICTURES: _pictures,
    Quota.STORAGE: _storage,
    Quota.KEYS: _keys,
}
"""How each quota of what is kept is counted from a tenant's documents."""


def allowances_of(control: TenantDatabase, plans: Path | None) -> Allowances:
    """The limits of a platform's tenants; ``plans`` is the operator's file, None for the built-in ones."""
    return Allowances(control, read_plans(plans))


def platform_meter(control: TenantDatabase, plans: Path | None) -> Meter:
    """The meter of a platform. Raises ``SettingsError`` for plans that are none."""
    return Meter(allowances_of(control, plans).plan_of, COUNTS, tell)


async def tell(database: TenantDatabase, usage: Usage) -> None:
    """Write in the tenant's trail that use came near a limit, or that something was refused."""
    details: dict[str, Scalar] = {
        "quota.name": usage.quota.value,
        "quota.limit": usage.limit,
        "quota.used": usage.used,
    }
    if usage.refused:
        details["quota.asked"] = usage.refused
    action, outcome = ("quota.refuse", "failure") if usage.refused else ("quota.warn", "success")
    event = AuditEvent(action, outcome, target=f"quota/{usage.quota.value}", details=details)
    await AuditTrail(database).record(event)


def room_in(meter: Meter, database: TenantDatabase) -> Room:
    """The room of a tenant's catalogues."""

    @asynccontextmanager
    async def room(growth: Growth) -> AsyncIterator[None]:
        async with meter.hold(database, _amounts(growth)):
            yield

    return room


def _amounts(growth: Growth) -> Asked:
    return {
        Quota.PRODUCTS: growth.products,
        Quota.PICTURES: growth.pictures,
        Quota.STORAGE: growth.bytes,
    }


@asynccontextmanager
async def generating(meter: Meter, database: TenantDatabase) -> AsyncIterator[bool]:
    """A build of a tenant's store goes on while this lasts. Raises ``QuotaExceeded`` before it begins.

    It counts as one of the day's as soon as there is room for it, whatever becomes of it. Gives whether it holds a
    place that somebody else may wait for.
    """
    async with meter.hold(database, {Quota.JOBS: 1, Quota.MEMORY: MEMORY_OF_BUILD}) as is_limited:
        await meter.admit(database, Quota.GENERATIONS)
        yield is_limited


@asynccontextmanager
async def publishing(meter: Meter, database: TenantDatabase) -> AsyncIterator[None]:
    """A publishing of a tenant's store goes on while this lasts. Raises ``QuotaExceeded`` before it begins."""
    async with meter.hold(database, {Quota.JOBS: 1}):
        yield
