"""That what happens at doors, in trails and in lines of work is counted there (``access_metrics``, ``job_metrics``)."""

import asyncio
import datetime as dt
from dataclasses import replace

import pytest
from tests.security.callers import OWNER
from tests.security.house import House
from tests.unit.access.repository.test_tries import NOW, PLACE
from tests.unit.audit.repository.trails import event
from tests.unit.multi_tenant.quotas.repository.test_meter import meter_of

from shopwright.access.actions import Action
from shopwright.access.repository.tries import TryRepository
from shopwright.access.roles import Role
from shopwright.audit.repository import trail
from shopwright.audit.repository.trail import AuditTrail
from shopwright.database.migrations.run import migrate
from shopwright.database.tickets import TICKETS, Tickets
from shopwright.errors import AccessDenied, AuditLogError, QuotaExceeded, SignInRefused
from shopwright.multi_tenant.quotas.quota import Quota
from shopwright.performance.access_metrics import ENTRIES, EVENTS, QUOTAS, SIGN_INS
from shopwright.performance.job_metrics import LOST, WAITED


def of(metric, *values):
    return metric.collect().series.get(values, 0)


async def test_who_comes_in_and_who_does_not():
    asked = [(ENTRIES, "entered"), (ENTRIES, "denied"), (ENTRIES, "hidden")]
    before = [of(*each) for each in asked]
    async with House().door.enter(OWNER, "luna", Action.CATALOG_CHANGE):
        pass
    for caller, tenant in ((OWNER, "sol"), (replace(OWNER, role=Role.VIEWER), "luna")):
        with pytest.raises(AccessDenied):
            async with House().door.enter(caller, tenant, Action.CATALOG_CHANGE):
                pytest.fail("let in")
    assert [of(*each) - then for each, then in zip(asked, before, strict=True)] == [1, 1, 1]


async def test_what_a_quota_refuses(tenant_database):
    before = of(QUOTAS, "requests")
    meter = meter_of(requests=1)
    await meter.admit(tenant_database, Quota.REQUESTS)
    with pytest.raises(QuotaExceeded):
        await meter.admit(tenant_database, Quota.REQUESTS)
    assert of(QUOTAS, "requests") == before + 1


async def test_what_trails_are_told(tenant_database, monkeypatch):
    async def breaks(database, told):
        raise AuditLogError("no")

    kept, lost = of(EVENTS, "kept"), of(EVENTS, "lost")
    await AuditTrail(tenant_database).record(event(1))
    monkeypatch.setattr(trail, "append", breaks)
    with pytest.raises(AuditLogError):
        await AuditTrail(tenant_database).record(event(2))
    assert (of(EVENTS, "kept"), of(EVENTS, "lost")) == (kept + 1, lost + 1)


async def test_who_tries_too_often(tenant_database):
    before = of(SIGN_INS, "slowed")
    tries = TryRepository(tenant_database)
    for _ in range(PLACE.rule.free):
        await tries.admit(PLACE, NOW)
    with pytest.raises(SignInRefused):
        await tries.admit(PLACE, NOW)
    assert of(SIGN_INS, "slowed") == before + 1


async def test_how_long_work_waited_and_who_was_lost(tenant_database):
    await migrate(tenant_database, (TICKETS,))
    tickets = Tickets(tenant_database, seconds=0.01)
    before, lost = WAITED.collect().series[()], LOST.total
    await tickets.offer("ann", dt.datetime.now(dt.UTC) - dt.timedelta(seconds=40))
    await tickets.take()
    waited = WAITED.collect().series[()]
    assert waited.count == before.count + 1
    assert 39 < waited.sum - before.sum < 60
    await asyncio.sleep(0.05)
    await tickets.take()
    assert LOST.total == lost + 1
