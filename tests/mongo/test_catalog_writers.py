"""Writers that are killed, that are too many, that were overtaken."""

import asyncio
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.unit.catalog.repository.shops import ANN, KINDS, priced, shop_in

from shopwright.catalog.documents import SINCE, TYPE_OF, UNTIL
from shopwright.catalog.repository import writing
from shopwright.catalog.versions.revision import OPEN, Author, Counts, Kind, Pruned
from shopwright.database.conditions import Range
from shopwright.database.migrations.run import migrate
from shopwright.database.tenant_database import TenantDatabase
from shopwright.errors import DatabaseUnavailable, LeaseLost, StoreBusy

MANY = 800
KILLS = 3
"""`make proof` does more."""


@pytest.fixture
async def shop(tenant_database, tmp_path):
    await migrate(tenant_database, KINDS)
    return shop_in(tenant_database, tmp_path)


async def unseen(shop):
    """How many versions are left from after the pointer, or marked for a revision that was never made."""
    kept, number = shop.catalog.kept, (await shop.catalog.kept.document()).revision
    counts = [
        await kept.versions(kind).count(query, {"store": kept.store, name: bounds})
        for kind in TYPE_OF
        for query, name, bounds in ((SINCE, "since", Range(gt=number)), (UNTIL, "until", Range(gt=number, lt=OPEN)))
    ]
    return sum(counts)


def start(uri, shop):
    command = [sys.executable, "-m", "tests.mongo.import_once", uri, shop.catalog.kept.database.name]
    command += [str(shop.folder), str(shop.folder.parent / "state")]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2])


async def kill_at_random_moments(uri, shop, kills, seed):
    """Each import is killed or ends; readers see the state before it or the one after it, and nothing else."""
    chance, left_behind = random.Random(seed), 0
    await shop.bring_in([priced(f"p{n}", n) for n in range(MANY)])
    states, span = {await shop.state()}, 2.5
    for turn in range(kills):
        shop.write([priced(f"p{n}", n, brand=f"B{turn}") for n in range(MANY // 3, MANY + turn)])
        before = await shop.state()
        process = start(uri, shop)
        assert process.stdout.readline() == "ready\n"
        try:
            began = time.monotonic()
            process.wait(chance.uniform(0.1, 1.0) * span)
            span = time.monotonic() - began
        except subprocess.TimeoutExpired:
            process.kill()
        said = process.communicate()[0]
        after = await shop.state()
        left_behind += await unseen(shop) > 0
        assert after not in states if "done" in said else after == before or after not in states
        states.add(after)
    await shop.bring_in()
    assert await unseen(shop) == 0
    assert len(await shop.titles()) == MANY + kills - 1 - MANY // 3
    print(f"seed {seed}: {kills} imports, {left_behind} killed while they wrote")


async def test_a_killed_import_leaves_the_old_catalogue(mongo_uri, shop):
    await kill_at_random_moments(mongo_uri, shop, KILLS, seed=6)


@pytest.mark.proof
async def test_imports_killed_at_very_many_moments(mongo_uri, shop):
    await kill_at_random_moments(mongo_uri, shop, 60, seed=time.time_ns())


async def test_two_imports_at_once_are_done_one_after_the_other(shop, tmp_path):
    other = shop_in(shop.catalog.kept.database, tmp_path / "other")
    (tmp_path / "other").mkdir()
    shop.write([priced(f"p{n}", n) for n in range(300)])
    other.write([priced(f"q{n}", n) for n in range(300)])
    first, second = await asyncio.gather(shop.bring_in(), other.bring_in(author=Author("bob", ANN.at)))
    assert {first.number, second.number} == {1, 2}
    newest = first if first.number == 2 else second
    assert newest.counts == Counts(added=300, changed=1 if newest.counts.changed else 0, deleted=300)
    assert len({title[0] for title in await shop.titles()}) == 1
    assert await unseen(shop) == 0


async def test_who_does_not_want_to_wait_hears_who_works(shop, tmp_path):
    impatient = shop_in(shop.catalog.kept.database, tmp_path, patience=0.1)
    await shop.bring_in([priced("a", 1)])
    async with writing.writing(shop.catalog.kept, Author("bob", ANN.at)):
        with pytest.raises(StoreBusy, match="luna: bob works on it since"):
            await impatient.catalog.delete(Kind.PRODUCT, ["a"], ANN)
    await impatient.catalog.delete(Kind.PRODUCT, ["a"], ANN)


async def test_readers_are_not_held_up_and_see_one_state(shop):
    await shop.bring_in([priced(f"p{n}", 0) for n in range(1_000)])
    shop.write([priced(f"p{n}", 1, brand="New") for n in range(1_000)])
    seen = []

    async def read():
        while len(seen) < 2 or seen[-1] != seen[-2] or len(set(seen)) < 2:
            seen.append(await shop.state())

    await asyncio.wait_for(asyncio.gather(read(), shop.bring_in()), 60)
    assert len(set(seen)) == 2


async def test_an_export_that_began_before_an_import_ends_as_it_began(shop):
    await shop.bring_in([priced(f"p{n}", 0) for n in range(50)])
    lines = (await shop.catalog.export()).lines(Kind.PRODUCT)
    first = [await anext(lines)]
    await shop.bring_in([priced("other", 0)])
    assert len([*first, *[line async for line in lines]]) == 50


async def test_a_writer_that_was_overtaken_writes_nothing_more(shop):
    await shop.bring_in([priced("a", 1)])
    before = await shop.state()
    async with writing.writing(shop.catalog.kept, ANN) as writer:
        version = await shop.catalog.kept.versions(Kind.PRODUCT).get("luna:a:1")
        later = writing.successor(version, "luna", writer.number).model_copy(update={"title": "Late"})
        fences = shop.catalog.kept.database.raw["fences"]
        await fences.update_one({"_id": "luna"}, {"$inc": {"token": 1}})
        with pytest.raises(LeaseLost):
            await writer.write(Kind.PRODUCT, [later])
        with pytest.raises(LeaseLost):
            await writer.keep_from(Pruned(ANN.name, ANN.at, oldest=1))
        await fences.update_one({"_id": "luna"}, {"$inc": {"token": -1}})
    assert await shop.state() == before
    assert await unseen(shop) == 0


async def test_a_switch_whose_answer_was_lost_stays_whole(shop, monkeypatch):
    """The writer is told that the database did not answer, and must not sweep away what readers see by then."""
    await shop.bring_in([priced("a", 1), priced("b", 1)])
    transaction, lost = TenantDatabase.transaction, []

    async def losing(self, work):
        before = (await shop.catalog.kept.document()).revision
        result = await transaction(self, work)
        if (await shop.catalog.kept.document()).revision != before:
            lost.append(before)
            raise DatabaseUnavailable("The database did not answer (NetworkTimeout)")
        return result

    with monkeypatch.context() as patch:
        patch.setattr(TenantDatabase, "transaction", losing)
        with pytest.raises(DatabaseUnavailable):
            await shop.bring_in([priced("a", 2), priced("c", 2)])
    assert lost == [1]
    after = await shop.state()
    assert await shop.bring_in() is None
    assert (await shop.state(), await unseen(shop)) == (after, 0)
