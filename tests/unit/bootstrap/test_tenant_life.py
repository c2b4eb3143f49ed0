"""A tenant is made, changed, suspended, resumed; killed anywhere, it is finished or taken back."""

import asyncio
import signal
import subprocess
import sys

import pytest
from tests.unit.bootstrap.lives import Killed, deadly, living, settings

from shopwright.audit.repository.trail import AuditTrail
from shopwright.audit.search import Wanted
from shopwright.bootstrap.tenant_life import Order, TenantLife
from shopwright.errors import DatabaseError, SettingsError, TenantError

STEPS = ["key", "database", "audit"]


async def actions(life, handle):
    """What the tenant's trail tells."""
    async with life.platform.tenants.tenant(handle) as database:
        lines = [line async for line in AuditTrail(database).lines()]
    return [line.split('"event.action":"')[1].split('"')[0] for line in lines]


async def test_everything_of_it_is_there(life, handle):
    made = await life.create(Order(handle, "Luna"))
    assert (made.state, made.title, made.cell, made.journal) == ("active", "Luna", "main", None)
    assert made == await life.tenants.get(handle)
    traces = await life.platform.traces(handle, "main")
    assert (traces.database, traces.users, traces.roles) == (True, 1, 1)
    assert await life.platform.keys.exists(handle)
    assert await actions(life, handle) == ["tenant.create"]


async def test_killed_at_every_step_the_next_call_goes_on(life, handle, monkeypatch):
    """Before each step was done, and after it was done but not noted."""
    for step in STEPS:
        for after in (False, True):
            with monkeypatch.context() as patched:
                patched.setattr(TenantLife, "creation_steps", deadly(TenantLife.creation_steps, step, after=after))
                with pytest.raises(Killed):
                    await life.create(Order(handle, "Luna"))
            half = await life.tenants.get(handle)
            assert (half.state, [done.name for done in half.journal.done]) == ("creating", STEPS[: STEPS.index(step)])
    made = await life.create(Order(handle, "Luna"))
    assert (made.state, made.created) == ("active", half.created)
    assert await actions(life, handle) == ["tenant.create"]


async def test_a_real_kill(tmp_path, mongo_uri, handle):
    """-9 in the middle of a step: what holds the tenant is over after its seconds, and the next call ends it."""
    script = f"""
import asyncio, os
from pathlib import Path
from tests.unit.bootstrap.lives import settings
from shopwright.bootstrap.platform import open_platform
from shopwright.bootstrap.tenant_life import Order, TenantLife
from shopwright.multi_tenant.repository.held import Work

class Deadly(TenantLife):
    def creation_steps(self, tenant):
        async def die():
            os.kill(os.getpid(), 9)
        steps = TenantLife.creation_steps(self, tenant)
        return [*steps[:2], Work("audit", die)]

async def run():
    folder = Path({str(tmp_path)!r})
    async with open_platform(settings(folder, {mongo_uri!r})) as platform:
        await Deadly(platform, folder / "state", "ann").create(Order({handle!r}))

asyncio.run(run())
"""
    run = await asyncio.to_thread(subprocess.run, [sys.executable, "-c", script], capture_output=True, text=True)
    assert run.returncode == -signal.SIGKILL, run.stderr
    async with living(tmp_path, settings(tmp_path, mongo_uri), handle) as life:
        half = await life.tenants.get(handle)
        assert [done.name for done in half.journal.done] == ["key", "database"]
        leases = life.platform.cluster.control.raw.leases
        await leases.update_one({"_id": f"tenant:{handle}"}, [{"$set": {"expires": "$$NOW"}}])  # 30 s go by
        assert (await life.create(Order(handle))).state == "active"


async def test_of_two_at_once_one_makes_it(life, handle):
    results = await asyncio.gather(*(life.create(Order(handle)) for _ in range(3)), return_exceptions=True)
    assert sorted(type(result).__name__ for result in results) == ["TenantDocument", "TenantError", "TenantError"]
    assert await actions(life, handle) == ["tenant.create"]


async def test_a_database_that_is_there_is_adopted(life, handle):
    """A tenant from before there were tenants keeps what it has."""
    await life.platform.provision(handle)
    async with life.platform.tenants.tenant(handle) as database:
        await AuditTrail(database).record(life.event(handle, "tenant.change"))
    assert (await life.create(Order(handle))).state == "active"
    assert await actions(life, handle) == ["tenant.change"]


async def test_what_cannot_be_asked_for(life, handle):
    with pytest.raises(SettingsError, match="There is no plan 'none'"):
        await life.create(Order(handle, plan="none"))
    with pytest.raises(SettingsError, match="No cell is called 'none'"):
        await life.create(Order(handle, cell="none"))
    for wrong in ("control", "admin", "../x", "A"):
        with pytest.raises(DatabaseError):
            await life.create(Order(wrong))
    assert await life.tenants.find(handle) is None


async def test_changed_suspended_and_resumed(life, handle):
    made = await life.create(Order(handle))
    with pytest.raises(SettingsError, match="There is no plan 'none'"):
        await life.describe(handle, title=None, plan="none")
    changed = await life.describe(handle, title="Moon", plan=made.plan)
    assert (changed.title, changed.plan, changed.created) == ("Moon", made.plan, made.created)
    assert (await life.suspend(handle)).state == "suspended"
    assert (await life.describe(handle, title="Dark moon", plan=None)).state == "suspended"
    assert (await life.resume(handle)).state == "active"
    told = ["tenant.create", "tenant.change", "tenant.suspend", "tenant.change", "tenant.resume"]
    assert await actions(life, handle) == told
    with pytest.raises(TenantError, match="there is no such tenant"):
        await life.suspend("nobody-at-all")


@pytest.mark.parametrize("title", ["x" * 201, "a\x1b[2J", "a\nb"])
async def test_a_title_can_be_shown(life, handle, title):
    with pytest.raises(TenantError, match="this is no title"):
        await life.create(Order(handle, title))
    assert await life.tenants.find(handle) is None
    await life.create(Order(handle))
    with pytest.raises(TenantError, match="this is no title"):
        await life.describe(handle, title=title, plan=None)


async def test_what_fails_is_told_in_the_platforms_trail(life, handle):
    """The tenant's own may be what cannot be reached; and of a name that is taken it is another's."""
    await life.create(Order(handle))
    for attempt in (life.create(Order(handle)), life.suspend(f"{handle}-none")):
        with pytest.raises(TenantError):
            await attempt
    trail = AuditTrail(life.platform.control)
    told = [(await trail.search(Wanted(target=f"tenant/{name}"), 10)).events for name in (handle, f"{handle}-none")]
    assert [(each["event.action"], each["event.outcome"]) for (each,) in told] == [
        ("tenant.create", "failure"),
        ("tenant.suspend", "failure"),
    ]
