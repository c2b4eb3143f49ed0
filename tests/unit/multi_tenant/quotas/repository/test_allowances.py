import datetime as dt

import pytest

from shopwright.database.migrations.run import migrate
from shopwright.errors import SettingsError
from shopwright.multi_tenant.documents import TENANTS, TenantDocument
from shopwright.multi_tenant.quotas.documents import ALLOWANCES
from shopwright.multi_tenant.quotas.plan import Plan, Plans
from shopwright.multi_tenant.quotas.quota import Quota
from shopwright.multi_tenant.quotas.repository.allowances import MOST_KNOWN, SECONDS, Allowances

NOW = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
PLANS = Plans((Plan("own", dict.fromkeys(Quota, 100)), Plan("small", dict.fromkeys(Quota, 5))))


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
async def control(tenant_database):
    await migrate(tenant_database, (TENANTS, ALLOWANCES))
    return tenant_database


async def settle(control, name, plan):
    tenant = TenantDocument(id=name, title="Luna", state="active", cell="main", plan=plan, created=NOW, changed=NOW)
    await control.documents(TENANTS).put(tenant)


async def test_the_plan_of_a_tenant_and_of_one_that_nobody_gave_any(control):
    allowances = Allowances(control, PLANS)
    await settle(control, "luna", "small")
    assert await allowances.of("luna") == PLANS.plans[1]
    assert await allowances.of("local") == PLANS.plans[0]
    await settle(control, "luna", "gold")
    with pytest.raises(SettingsError, match="no plan 'gold'"):
        await allowances.of("luna")


async def test_own_limits_add_up_and_can_be_taken_back(control):
    allowances = Allowances(control, PLANS)
    await settle(control, "luna", "small")
    await allowances.limit("luna", {Quota.KEYS: 9})
    plan = await allowances.limit("luna", {Quota.JOBS: 2})
    assert {quota: most for quota, most in plan.limits.items() if most != 5} == {Quota.KEYS: 9, Quota.JOBS: 2}
    assert await Allowances(control, PLANS).of("luna") == plan
    assert await allowances.follow_plan("luna") == PLANS.plans[1]
    await allowances.limit("luna", {Quota.KEYS: 9})
    await allowances.forget("luna")
    assert await allowances.of("luna") == PLANS.plans[1]


async def test_a_process_goes_by_what_it_read_for_seconds_only(control, tenant_database):
    clock = Clock()
    allowances = Allowances(control, PLANS, clock)
    await settle(control, tenant_database.name, "small")
    assert (await allowances.plan_of(tenant_database)).name == "small"
    await settle(control, tenant_database.name, "own")
    assert (await allowances.plan_of(tenant_database)).name == "small"
    clock.now += SECONDS
    assert (await allowances.plan_of(tenant_database)).name == "own"


async def test_what_is_remembered_is_bounded(control, tenant_database):
    allowances = Allowances(control, PLANS)
    allowances._known.update({str(n): (0.0, PLANS.first) for n in range(MOST_KNOWN)})
    await allowances.plan_of(tenant_database)
    assert list(allowances._known) == [tenant_database.name]
