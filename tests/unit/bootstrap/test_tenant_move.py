"""A tenant goes to another cell while it is written to: what was acknowledged is there, wherever the move is killed."""

import asyncio
import signal
import subprocess
import sys

import pytest
from tests.unit.bootstrap.lives import Killed, living, settings, with_store

from shopwright.access.standing import Standing
from shopwright.audit.repository.trail import AuditTrail
from shopwright.bootstrap import tenant_move
from shopwright.bootstrap.platform_door import standing_of
from shopwright.bootstrap.tenant_life import Order
from shopwright.bootstrap.tenant_move import Moved, TenantMove
from shopwright.catalog.documents import PRODUCTS, STORES, StoreDocument
from shopwright.database.backup.transfer import Transfer
from shopwright.database.whole import every
from shopwright.errors import BackupError, DatabaseError, SettingsError, TenantError
from shopwright.multi_tenant.repository.held import Held


@pytest.fixture
async def life(tmp_path, mongo_uri, other_mongo_uri, handle):
    async with living(tmp_path, settings(tmp_path, mongo_uri, other_mongo_uri), handle) as life:
        await life.create(Order(handle, cell="main"))
        yield life


async def stores(life, handle):
    async with life.platform.tenants.tenant(handle) as database:
        return {found.id async for found in every(database.documents(STORES))}


async def add(life, handle, name):
    """Write as the tenant, and again for as long as the database does not say that it is done."""
    for _ in range(200):
        try:
            async with life.platform.tenants.tenant(handle) as database:
                await database.documents(STORES).put(StoreDocument(id=name, revision=0, kept=0))
                return
        except DatabaseError:
            await asyncio.sleep(0.02)
    raise AssertionError(name)


async def traces(life, handle):
    """In which cells anything of the tenant is."""
    return [cell for cell in life.platform.cells.names if await life.platform.traces(handle, cell)]


async def test_everything_goes_and_nothing_stays(life, handle):
    await with_store(life, handle)
    moved = await TenantMove(life).run(handle, "other")
    assert (moved.tenant.cell, moved.tenant.state, moved.tenant.journal) == ("other", "active", None)
    assert moved.documents > 10
    assert await traces(life, handle) == ["other"]
    assert await stores(life, handle) == {"luna"}
    async with life.platform.tenants.tenant(handle) as database:
        assert len([found async for found in every(database.documents(PRODUCTS))]) == 3
        told = [line async for line in AuditTrail(database).lines()]
    assert ["tenant.create" in told[0], "tenant.move" in told[-1]] == [True, True]
    await add(life, handle, "later")
    back = await TenantMove(life).run(handle, "main")
    assert back.tenant.cell == "main"
    assert await traces(life, handle) == ["main"]
    assert await stores(life, handle) == {"luna", "later"}


async def test_what_was_acknowledged_meanwhile_is_there(life, handle):
    acknowledged, over = set(), asyncio.Event()

    async def write(writer):
        number = 0
        while not over.is_set():
            await add(life, handle, f"shop-{writer}-{number}")
            acknowledged.add(f"shop-{writer}-{number}")
            number += 1

    writers = [asyncio.create_task(write(number)) for number in range(3)]
    moved = await TenantMove(life).run(handle, "other")
    over.set()
    await asyncio.gather(*writers)
    assert acknowledged <= await stores(life, handle)
    assert len(acknowledged) > 10
    assert 0 < moved.frozen_seconds < 30
    assert await traces(life, handle) == ["other"]


PLACES = {
    "copy": (Transfer, "copy"),
    "compare": (Transfer, "compare"),
    "freeze": (tenant_move, "freeze"),
    "finish": (Transfer, "finish"),
    "lives_in": (Held, "lives_in"),
}


def dying(monkeypatch, place):
    """The process ends where ``place`` begins, and mends nothing any more."""
    owner, name = PLACES[place]

    def die(*_, **__):
        raise Killed

    async def nothing(*_):
        return None

    monkeypatch.setattr(owner, name, die)
    monkeypatch.setattr(TenantMove, "_mend", nothing)


async def test_killed_before_the_switch_the_old_cell_counts(life, handle, monkeypatch):
    """And can be read; the next call ends the move. Killed again and again, later each time."""
    await add(life, handle, "first")
    for place in PLACES:
        with monkeypatch.context() as patched:
            dying(patched, place)
            with pytest.raises(Killed):
                await TenantMove(life).run(handle, "other")
        half = await life.tenants.get(handle)
        assert (half.cell, half.journal.to) == ("main", "other")
        assert await stores(life, handle) == {"first"}
        frozen = place in {"freeze", "finish", "lives_in"}
        assert half.journal.frozen is frozen
        assert await standing_of(life.platform.control, handle) is (Standing.FROZEN if frozen else Standing.ACTIVE)
    with pytest.raises(DatabaseError):
        async with life.platform.tenants.tenant(handle) as database:
            await database.documents(STORES).put(StoreDocument(id="lost", revision=0, kept=0))
    assert (await TenantMove(life).run(handle, "other")).tenant.cell == "other"
    await add(life, handle, "second")
    assert await stores(life, handle) == {"first", "second"}
    assert await traces(life, handle) == ["other"]


async def test_killed_after_the_switch_the_new_cell_counts(life, handle, monkeypatch):
    await add(life, handle, "first")
    withdraw = type(life.platform).withdraw

    async def die(*_):
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(type(life.platform), "withdraw", die)
        with pytest.raises(Killed):
            await TenantMove(life).run(handle, "other")
    await add(life, handle, "second")
    with pytest.raises(TenantError, match=r"it lives in other already\. `shopwright tenant move .* --to other` ends"):
        await TenantMove(life).undo(handle)
    done = await TenantMove(life).run(handle, "other")
    assert (done, withdraw) == (Moved(done.tenant), type(life.platform).withdraw)
    assert await traces(life, handle) == ["other"]
    assert await stores(life, handle) == {"first", "second"}


async def test_what_fails_while_it_is_frozen_is_thawed_at_once(life, handle, monkeypatch):
    def refuse(_):
        raise BackupError("no")

    with monkeypatch.context() as patched:
        patched.setattr(Transfer, "finish", refuse)
        with pytest.raises(BackupError):
            await TenantMove(life).run(handle, "other")
    half = await life.tenants.get(handle)
    assert (half.cell, half.journal.frozen) == ("main", False)
    await add(life, handle, "first")
    assert (await TenantMove(life).undo(handle)).journal is None
    assert await traces(life, handle) == ["main"]
    with pytest.raises(TenantError, match="it is not being moved"):
        await TenantMove(life).undo(handle)


async def test_a_lost_answer_to_the_switch_thaws_nothing(life, handle, monkeypatch):
    switch = Held.lives_in

    async def lost(self, cell, step):
        await switch(self, cell, step)
        raise DatabaseError("no answer")

    with monkeypatch.context() as patched:
        patched.setattr(Held, "lives_in", lost)
        with pytest.raises(DatabaseError, match="no answer"):
            await TenantMove(life).run(handle, "other")
    assert (await life.tenants.get(handle)).cell == "other"
    assert (await TenantMove(life).run(handle, "other")).tenant.journal is None
    assert await traces(life, handle) == ["other"]


async def test_a_real_kill_while_it_is_frozen(tmp_path, life, handle, mongo_uri, other_mongo_uri):
    await add(life, handle, "first")
    script = f"""
import asyncio, os
from pathlib import Path
from tests.unit.bootstrap.lives import settings
from shopwright.bootstrap.platform import open_platform
from shopwright.bootstrap.tenant_life import TenantLife
from shopwright.bootstrap.tenant_move import TenantMove
from shopwright.database.backup.transfer import Transfer

Transfer.finish = lambda self: os.kill(os.getpid(), 9)

async def run():
    folder = Path({str(tmp_path)!r})
    async with open_platform(settings(folder, {mongo_uri!r}, {other_mongo_uri!r})) as platform:
        await TenantMove(TenantLife(platform, folder / "state", "ann")).run({handle!r}, "other")

asyncio.run(run())
"""
    run = await asyncio.to_thread(subprocess.run, [sys.executable, "-c", script], capture_output=True, text=True)
    assert run.returncode == -signal.SIGKILL, run.stderr
    assert (await life.tenants.get(handle)).journal.frozen
    leases = life.platform.cluster.control.raw.leases
    await leases.update_one({"_id": f"tenant:{handle}"}, [{"$set": {"expires": "$$NOW"}}])  # 30 s go by
    assert (await TenantMove(life).undo(handle)).cell == "main"
    await add(life, handle, "second")
    assert await stores(life, handle) == {"first", "second"}
    assert await traces(life, handle) == ["main"]


async def test_where_it_cannot_go(life, handle, tmp_path, mongo_uri):
    with pytest.raises(SettingsError, match="No cell is called 'none'"):
        await TenantMove(life).run(handle, "none")
    with pytest.raises(TenantError, match="it lives in main already"):
        await TenantMove(life).run(handle, "main")
    with pytest.raises(TenantError, match="there is no such tenant"):
        await TenantMove(life).run("nobody-at-all", "other")
    same = settings(tmp_path, mongo_uri, mongo_uri)
    async with living(tmp_path, same) as twice:
        with pytest.raises(BackupError, match="both cells are the same deployment"):
            await TenantMove(twice).run(handle, "other")
        assert (await TenantMove(twice).undo(handle)).journal is None
    assert await traces(life, handle) == ["main"]


async def test_a_cell_that_came_to_mean_the_same_loses_nothing(life, handle, tmp_path, mongo_uri, monkeypatch):
    """Neither an end nor an undoing of a move may remove the only copy."""
    await add(life, handle, "first")
    with monkeypatch.context() as patched:
        dying(patched, "copy")
        with pytest.raises(Killed):
            await TenantMove(life).run(handle, "other")
    async with living(tmp_path, settings(tmp_path, mongo_uri, mongo_uri)) as twice:
        for again in (TenantMove(twice).undo(handle), TenantMove(twice).run(handle, "other")):
            with pytest.raises(BackupError, match="both cells are the same deployment"):
                await again
    assert await stores(life, handle) == {"first"}
    await TenantMove(life).undo(handle)


async def test_without_users_nobody_could_be_kept_from_writing(life, handle):
    object.__setattr__(life.platform.settings, "tenant_users", False)
    try:
        with pytest.raises(TenantError, match="without a database user of its own"):
            await TenantMove(life).run(handle, "other")
    finally:
        object.__setattr__(life.platform.settings, "tenant_users", True)
