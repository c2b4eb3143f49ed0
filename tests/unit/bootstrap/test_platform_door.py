"""The door on a real server: what it joins is asked for real."""

from dataclasses import replace
from uuid import uuid4

import pytest
from tests.security.callers import NOW, OPERATOR, OWNER
from tests.security.tenants import standing

from shopwright.access.actions import Action
from shopwright.access.standing import Standing
from shopwright.audit.repository.trail import AuditTrail
from shopwright.bootstrap.platform import open_platform
from shopwright.bootstrap.platform_door import platform_door, standing_of
from shopwright.errors import ChangeRefused, QuotaExceeded, TenantHidden
from shopwright.multi_tenant.documents import TENANTS, Journal
from shopwright.settings import DatabaseSettings, Secret

FEW = "".join(
    f"{quota} = {3 if quota == 'requests' else 100}\n"
    for quota in ("products", "pictures", "storage", "keys", "jobs", "memory", "generations", "requests")
)


@pytest.fixture
async def platform(mongo_uri, tmp_path):
    plans = tmp_path / "plans.toml"
    plans.write_text(f"[own]\n{FEW}")
    async with open_platform(DatabaseSettings(Secret(mongo_uri), None, tmp_path / "mongo", plans=plans)) as platform:
        yield platform


@pytest.fixture
async def luna(platform):
    name = f"luna-{uuid4().hex[:12]}"
    await standing(platform, name, "active")
    await platform.provision(name)
    yield name
    await platform.withdraw(name, "main")


async def trail_of(platform, name):
    async with platform.database(name) as database:
        return [line async for line in AuditTrail(database).lines()]


async def knock(door, caller, times):
    for _ in range(times):
        async with door.enter(caller, caller.tenant, Action.CATALOG_READ):
            pass


async def test_a_caller_enters_with_the_tenants_own_connection_until_the_minute_is_used_up(platform, luna, tmp_path):
    door = platform_door(platform, tmp_path)
    caller = replace(OWNER, tenant=luna)
    async with door.enter(caller, luna, Action.CATALOG_READ) as inside:
        assert inside.tenant == luna
        with pytest.raises(ChangeRefused, match="no such store"):
            await inside.catalog("shop").log(5)
    with pytest.raises(TenantHidden):
        async with door.enter(caller, "mars", Action.CATALOG_READ):
            pytest.fail("let in")
    with pytest.raises(QuotaExceeded, match="requests per minute"):
        await knock(door, caller, 4)
    told = await trail_of(platform, luna)
    assert len([line for line in told if '"access.refuse"' in line]) == 1
    assert [line for line in told if '"quota.refuse"' in line] != []


async def test_an_operators_visit_stands_in_the_tenants_trail(platform, luna, tmp_path):
    door = replace(platform_door(platform, tmp_path), now=lambda: NOW)
    async with door.enter(OPERATOR, luna, Action.TENANT_SUSPEND):
        pass
    told = await trail_of(platform, luna)
    assert ['"access.allow"' in line and '"tenant.suspend"' in line for line in told] == [True]


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("active", Standing.ACTIVE),
        ("suspended", Standing.SUSPENDED),
        ("creating", Standing.CLOSED),
        ("deleting", Standing.CLOSED),
        ("deleted", Standing.CLOSED),
    ],
)
async def test_a_tenant_stands_as_it_is_recorded(platform, state, expected):
    await standing(platform, "mars", state)
    assert await standing_of(platform.control, "mars") is expected
    await platform.control.documents(TENANTS).delete("mars")


async def test_while_it_moves_a_tenant_is_frozen(platform):
    await standing(platform, "mars", "active")
    journal = Journal(id="0" * 32, operation="move", begun=NOW, to="other", frozen=True)
    await platform.control.documents(TENANTS).update("mars", {"journal": journal})
    assert await standing_of(platform.control, "mars") is Standing.FROZEN
    await platform.control.documents(TENANTS).delete("mars")


@pytest.mark.parametrize("name", ["never-there", "", "../luna", "LUNA", "a" * 10_000, "luna\x00", "lu\u200bna"])
async def test_what_is_no_tenant_is_closed(platform, name):
    assert await standing_of(platform.control, name) is Standing.CLOSED
