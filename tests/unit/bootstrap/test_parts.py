import datetime as dt
from contextlib import asynccontextmanager
from dataclasses import replace
from uuid import uuid4

import pytest
from tests.security.callers import NOW, OPERATOR, OWNER
from tests.security.tenants import HASHES, PARTY, SHOP, fill, standing

from shopwright.access.actions import Action
from shopwright.access.caller import CONTROL
from shopwright.bootstrap.audit import HeadPlace
from shopwright.bootstrap.parts import Machine, joined, open_parts
from shopwright.bootstrap.platform import open_platform
from shopwright.catalog.repository.stores import KeptStore
from shopwright.errors import AccessDenied, SettingsError, SignInRefused
from shopwright.multi_tenant.quotas.quota import Quota
from shopwright.settings import DatabaseSettings, Secret, read_settings
from shopwright.storage.objects.folder import FolderObjects


def machine_of(uri, folder):
    heads = HeadPlace(FolderObjects(folder / "heads"), folder / "key.pem", None, dt.timedelta(hours=1))
    settings = read_settings({"SHOPWRIGHT_STATE": str(folder), "SHOPWRIGHT_CACHE": str(folder / "cache")})
    return Machine(settings, DatabaseSettings(Secret(uri), None, folder / "mongo"), heads, PARTY)


class Opened:
    """Parts whose clock stands still, a tenant with something of everything, and what was told of requests."""

    def __init__(self, parts, filled, spent):
        self.parts = replace(parts, door=replace(parts.door, now=lambda: NOW))
        self.filled, self.spent = filled, spent
        self.owner = replace(OWNER, tenant=filled.name, user=filled.user)

    @asynccontextmanager
    async def inside(self, action, tenant="", caller=None):
        async with self.parts.door.enter(caller or self.owner, tenant or self.filled.name, action) as inside:
            yield inside


@pytest.fixture
async def opened(mongo_uri, tmp_path):
    machine, spent, name = machine_of(mongo_uri, tmp_path), [], f"luna-{uuid4().hex[:12]}"
    async with open_platform(machine.database) as platform:
        filled = await fill(platform, name, "LUNAMARK", tmp_path)
        yield Opened(joined(machine, platform, HASHES, spent.append), filled, spent)
        await platform.withdraw(name, "main")


async def test_what_is_guarded_reads_what_the_caller_may_read(opened):
    async with opened.inside(Action.CATALOG_READ) as inside:
        parts = opened.parts
        assert await parts.stores(inside).listed(9) == [KeptStore(SHOP, 1)]
        assert [user.id for user in await parts.staff(inside).listed()] == [opened.filled.user]
        assert [each.id for each in await parts.account(inside).sessions()] == [opened.filled.session]
        assert [each.id for each in await parts.sessions(inside).listed(opened.filled.user)] == [opened.filled.session]
        assert await parts.keys(inside).listed() == []
        assert len(await parts.releases(inside).newest(SHOP)) == 1
        assert await parts.looks(inside).themes() == {}
        assert (await parts.trail(inside).end()).sequence > 0


async def test_what_is_led_is_given_inside_its_action_only(opened):
    parts = opened.parts
    wanted = {
        Action.TENANT_CHANGE: parts.life,
        Action.TENANT_READ: parts.tenants,
        Action.USAGE_READ: parts.usage,
        Action.BRAND_CHANGE: parts.customisation,
        Action.DOMAIN_READ: lambda inside: parts.domains(inside, NOW),
    }
    for action, give in wanted.items():
        async with opened.inside(action) as inside:
            assert give(inside)
        async with opened.inside(Action.CATALOG_READ) as inside:
            with pytest.raises(AccessDenied, match=r"no part of catalog\.read"):
                give(inside)


async def test_the_trail_is_led_inside_its_action_only(opened):
    async with opened.inside(Action.AUDIT_READ) as inside, opened.parts.audit(inside) as audit:
        assert (await audit.verify()).faults == ()
    async with opened.inside(Action.CATALOG_READ) as inside:
        with pytest.raises(AccessDenied):
            async with opened.parts.audit(inside):
                pass


async def test_an_open_platform_tells_usage_and_keeps_a_look(opened):
    async with opened.inside(Action.USAGE_READ) as inside:
        assert (await opened.parts.usage(inside).now())[0] == "own"
    async with opened.inside(Action.BRAND_CHANGE) as inside:
        look, _ = await opened.parts.customisation(inside).change({"accent": "#0f766e"})
    assert look.accent == "#0f766e"


async def test_each_request_of_a_tenant_is_told(opened):
    async with opened.inside(Action.CATALOG_READ):
        pass
    assert [(usage.quota, usage.used) for usage in opened.spent] == [(Quota.REQUESTS, 1)]


async def test_visits_of_operators_cost_no_request(opened):
    async with opened.inside(Action.TENANT_READ, caller=OPERATOR) as inside:
        assert inside.tenant == opened.filled.name
    assert opened.spent == []


async def test_people_are_those_of_tenants_that_are_not_closed(opened):
    parts, name = opened.parts, opened.filled.name
    async with parts.people(name) as identity:
        assert await identity.user(opened.filled.user)
    async with parts.people(CONTROL) as identity:
        assert identity.database.name == CONTROL
    assert await parts.is_open(name)
    assert await parts.is_open(CONTROL)
    await standing(parts.platform, name, "deleted")
    for closed in (name, "never-there", "no tenant!"):
        assert not await parts.is_open(closed)
        with pytest.raises(SignInRefused):
            async with parts.people(closed):
                pass


async def test_who_asks_about_a_tenant_that_is_not_there_is_sent_to_the_platforms_own(opened):
    assert opened.parts.strangers().database is opened.parts.platform.control
    assert opened.parts.origin == PARTY.origin


async def test_answers_are_kept_where_the_caller_is_at_home(opened):
    async with opened.parts.answers(opened.owner, "key") as answers:
        assert (answers.database.name, answers.user) == (opened.filled.name, opened.filled.user)
    async with opened.parts.answers(OPERATOR, "key") as answers:
        assert await answers.begin("1" * 64, NOW) is None
        await answers.forget()


async def test_parts_are_opened_and_closed(mongo_uri, tmp_path):
    async with open_parts(machine_of(mongo_uri, tmp_path)) as parts:
        assert await parts.hashes.verify(None, "x") is False
    with pytest.raises(RuntimeError):
        await parts.hashes.verify(None, "x")


async def test_plans_that_are_none_are_refused(opened, tmp_path):
    machine = opened.parts.machine
    platform = replace(opened.parts.platform, settings=replace(machine.database, plans=tmp_path / "none.toml"))
    with pytest.raises(SettingsError):
        joined(machine, platform, HASHES)
