"""From state to state, and through the steps of a journal that a kill may end anywhere."""

from dataclasses import replace

import pytest

from shopwright.errors import TenantError
from shopwright.multi_tenant.repository.held import NewTenant, Work

NEW = NewTenant("luna", "Luna", "main", "free")


class Killed(Exception):
    """What the process was doing ends here."""


def works(log, names="abc", killed=""):
    """Steps that note what they did; the one named ``killed`` dies, ``+`` behind it: after it was done."""

    def work(name):
        async def do():
            if killed == name:
                raise Killed
            log.append(name)
            if killed == name + "+":
                raise Killed

        return Work(name, do)

    return [work(name) for name in names]


async def run(tenants, log, killed=""):
    async with tenants.hold("luna", "ann") as held:
        await held.create(NEW)
        await held.steps(works(log, killed=killed))
        return await held.finish("active")


@pytest.mark.parametrize("killed", ["a", "a+", "b", "b+", "c", "c+"])
async def test_a_killed_creation_goes_on_where_it_ended(tenants, killed):
    log = []
    with pytest.raises(Killed):
        await run(tenants, log, killed)
    half = await tenants.get("luna")
    assert half.state == "creating"
    assert [step.name for step in half.journal.done] == [name for name in "abc" if name < killed[0]]
    before = [*log]
    made = await run(tenants, log)
    assert (made.state, made.journal, made.created) == ("active", None, half.created)
    assert log == before + [name for name in "abc" if name >= killed[0]]


async def test_it_is_made_once(tenants):
    await run(tenants, [])
    with pytest.raises(TenantError, match="there is a tenant of that name"):
        await run(tenants, [])


async def test_what_was_asked_for_first_counts(tenants):
    with pytest.raises(Killed):
        await run(tenants, [], "b")
    async with tenants.hold("luna", "ann") as held:
        again = await held.create(NewTenant("luna", "Another", "other", "large"))
        assert (again.title, again.cell, again.plan) == ("Luna", "main", "free")
        with pytest.raises(TenantError, match="another import or creation of it was begun"):
            await held.create(NewTenant("luna", "Luna", "main", "free", "a" * 64))


async def test_a_half_made_one_can_be_taken_back_and_nothing_else(tenants):
    with pytest.raises(Killed):
        await run(tenants, [], "b")
    async with tenants.hold("luna", "ann") as held:
        for change in (held.to_state("suspended"), held.describe(title="x"), held.move("other")):
            with pytest.raises(TenantError, match=r"it is half made\. `shopwright tenant create luna` goes on"):
                await change
        assert (await held.delete()).state == "deleting"
        first = await held.delete()
        for change in (held.to_state("suspended"), held.describe(title="x"), held.move("other")):
            with pytest.raises(TenantError, match=r"it is half deleted\. `shopwright tenant delete luna` goes on"):
                await change
        with pytest.raises(TenantError, match="it is half deleted"):
            await held.create(NEW)
        gone = await held.finish("deleted", "a" * 64)
        assert (gone.state, gone.proof, gone.journal) == ("deleted", "a" * 64, None)
        assert first.journal.operation == "delete"


async def test_a_deleted_handle_is_given_to_nobody(tenants):
    await run(tenants, [])
    async with tenants.hold("luna", "ann") as held:
        await held.delete()
        await held.finish("deleted")
        with pytest.raises(TenantError, match="there was a tenant of that name"):
            await held.create(NEW)
        for change in (held.delete(), held.to_state("active"), held.move("x"), held.read(), held.describe(title="x")):
            with pytest.raises(TenantError, match="there is no such tenant"):
                await change


async def test_suspended_and_resumed(tenants):
    made = await run(tenants, [])
    async with tenants.hold("luna", "ann") as held:
        suspended = await held.to_state("suspended")
        assert (suspended.state, suspended.changed > made.changed) == ("suspended", True)
        assert await held.to_state("suspended") == suspended
        assert (await held.to_state("active")).state == "active"


async def test_described(tenants):
    await run(tenants, [])
    async with tenants.hold("luna", "ann") as held:
        assert (await held.describe(title="Moon")).title == "Moon"
        assert (await held.describe(plan="large")).title == "Moon"
        assert await held.read() == await tenants.get("luna")
        with pytest.raises(ValueError, match="title"):
            await held.describe(title="")


async def test_a_move_goes_to_one_cell_and_shuts_out_everything_else(tenants):
    await run(tenants, [])
    async with tenants.hold("luna", "ann") as held:
        with pytest.raises(TenantError, match="it lives in main already"):
            await held.move("main")
        moving = await held.move("other")
        assert (moving.state, moving.journal.origin, moving.journal.to) == ("active", "main", "other")
        assert await held.move("other") == moving
        for change in (held.move("third"), held.delete()):
            with pytest.raises(TenantError, match=r"it is being moved to other\. `shopwright tenant move luna --to o"):
                await change
        assert (await held.freeze(frozen=True)).journal.frozen
        assert not (await held.freeze(frozen=False)).journal.frozen
        await held.freeze(frozen=True)
        switched = await held.lives_in("other", "switched")
        assert (switched.cell, switched.journal.frozen, switched.journal.names) == ("other", False, {"switched"})
        assert (await held.move("other")).journal.origin == "main"
        done = await held.finish()
        assert (done.state, done.cell, done.journal) == ("active", "other", None)


async def test_without_a_journal_there_are_no_steps(tenants):
    await run(tenants, [])
    async with tenants.hold("luna", "ann") as held:
        for change in (held.finish(), held.freeze(frozen=True), held.lives_in("other", "switched")):
            with pytest.raises(TenantError, match="nothing is at work on it"):
                await change
        with pytest.raises(TenantError, match="nothing is at work on it"):
            await held.steps(works([]))


async def test_whether_a_name_is_taken_is_told_before_there_is_work(tenants):
    async with tenants.hold("luna", "ann") as held:
        await held.refuse_taken("a" * 64)
        await held.create(replace(NEW, source="a" * 64))
        await held.refuse_taken("a" * 64)
        with pytest.raises(TenantError, match="another import or creation"):
            await held.refuse_taken("b" * 64)
        await held.finish("active")
        with pytest.raises(TenantError, match="there is a tenant of that name"):
            await held.refuse_taken("a" * 64)
