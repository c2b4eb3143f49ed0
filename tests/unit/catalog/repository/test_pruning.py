import os

import pytest
from tests.unit.catalog.repository.shops import ANN, product, shop_in

from shopwright.catalog.documents import SINCE
from shopwright.catalog.repository import writing
from shopwright.catalog.versions.revision import Kind
from shopwright.database.conditions import Range
from shopwright.errors import ChangeRefused


async def four_revisions(shop):
    for turn in range(4):
        await shop.bring_in([product("a", brand=f"B{turn}"), product("b"), product(f"c{turn}")])


async def versions(shop):
    kept = shop.catalog.kept
    return await kept.versions(Kind.PRODUCT).count(SINCE, {"store": kept.store, "since": Range(ge=0)})


async def test_what_only_old_revisions_need_is_removed(shop, monkeypatch):
    monkeypatch.setattr(writing, "BATCH", 2)
    await four_revisions(shop)
    states = {number: await shop.state(number) for number in (3, 4)}
    assert await versions(shop) == 9
    assert await shop.catalog.prune(2, ANN) == 4
    assert await versions(shop) == 5
    assert {number: await shop.state(number) for number in (3, 4)} == states
    with pytest.raises(ChangeRefused, match="There are the revisions 3 to 4"):
        await shop.state(2)
    assert len(await shop.catalog.log(9)) == 4


async def test_what_is_kept_can_be_taken_back(shop):
    await four_revisions(shop)
    third = await shop.state(3)
    await shop.catalog.prune(2, ANN)
    await shop.catalog.undo(4, ANN, merge=False)
    assert await shop.state() == third
    with pytest.raises(ChangeRefused, match="was pruned"):
        await shop.catalog.undo(3, ANN, merge=False)


async def test_pruning_again_or_for_more_removes_nothing(shop):
    await four_revisions(shop)
    await shop.catalog.prune(2, ANN)
    assert await shop.catalog.prune(2, ANN) == 0
    assert await shop.catalog.prune(50, ANN) == 0
    with pytest.raises(ChangeRefused, match="at least one"):
        await shop.catalog.prune(0, ANN)


async def test_bytes_of_pictures_go_when_no_version_of_any_store_names_them(shop, tmp_path):
    other = shop_in(shop.catalog.kept.database, tmp_path, "sol")
    for data in (b"one", b"two", b"three"):
        await shop.bring_in([product("a", pictures=[{"source": "a.png"}])], pictures={"a.png": data})
    await other.bring_in([product("a", pictures=[{"source": "a.png"}])], pictures={"a.png": b"one"})
    folder = tmp_path / "state/pictures"
    for file in folder.iterdir():
        os.utime(file, (1_000, 1_000))
    await shop.catalog.prune(1, ANN)
    assert sorted(file.read_bytes() for file in folder.iterdir()) == [b"one", b"three"]
