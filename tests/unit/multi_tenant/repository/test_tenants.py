"""Tenants are found, listed, and held by one at a time."""

import asyncio

import pytest

from shopwright.errors import DatabaseError, DocumentRefused, LeaseLost, TenantError
from shopwright.multi_tenant.repository.held import NewTenant
from shopwright.multi_tenant.repository.tenants import Tenants


async def put(tenants, handle, state="active", cell="main"):
    async with tenants.hold(handle, "ann") as held:
        await held.create(NewTenant(handle, handle.title(), cell, "free"))
        return await held.finish(state)


async def test_they_are_found_whatever_their_state(tenants):
    made = await put(tenants, "luna", "deleted")
    assert await tenants.find("luna") == await tenants.get("luna") == made
    assert await tenants.find("nova") is None
    with pytest.raises(TenantError, match=r"nova: there is no such tenant\. `shopwright tenant list`"):
        await tenants.get("nova")
    with pytest.raises(DocumentRefused):
        await tenants.get("../x")


async def test_they_are_listed_page_by_page(tenants):
    for number, state in enumerate(["active", "suspended", "active", "deleted", "active"]):
        await put(tenants, f"shop-{number}", state, "main" if number < 4 else "other")
    assert [found.id for found in await tenants.page(2)] == ["shop-0", "shop-1"]
    assert [found.id for found in await tenants.page(9, after="shop-1")] == ["shop-2", "shop-3", "shop-4"]
    assert [found.id for found in await tenants.page(9, state="active", after="shop-0")] == ["shop-2", "shop-4"]
    assert (await tenants.in_cell("main"), await tenants.in_cell("other")) == (3, 1)


async def test_one_at_a_time_works_on_a_tenant(tenants):
    hurried = Tenants(tenants.control, tenants.clock, seconds=1.0, patience=0.1)
    async with tenants.hold("luna", "ann"):
        async with hurried.hold("nova", "bob"):
            pass
        with pytest.raises(TenantError, match=r"luna: ann works on it since .*") as busy:
            async with hurried.hold("luna", "bob"):
                pass
    assert busy.value.where == "luna"
    async with hurried.hold("luna", "bob"):
        pass


async def test_who_slept_too_long_changes_nothing(tenants):
    """The lease of one that does not renew it is over after its seconds; the next one's number shuts it out."""
    async with tenants.hold("luna", "ann") as sleeper:
        await sleeper.create(NewTenant("luna", "Luna", "main", "free"))
        [task] = [task for task in asyncio.all_tasks() if task.get_coro().__name__ == "_keep"]
        task.cancel()
        async with tenants.hold("luna", "bob") as held:
            await held.finish("active")
            with pytest.raises(LeaseLost):
                await sleeper.delete()
    assert (await tenants.get("luna")).state == "active"


@pytest.mark.parametrize("handle", ["", "../x", "control", "admin", "A", "x" * 49])
async def test_what_no_tenant_can_be_called(tenants, handle):
    with pytest.raises(DatabaseError, match="is no name of a tenant"):
        async with tenants.hold(handle, "ann"):
            pass
