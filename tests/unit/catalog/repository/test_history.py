import asyncio

import pytest
from tests.unit.catalog.repository.shops import ANN, product

from shopwright.catalog.repository import history
from shopwright.catalog.versions.revision import Action, Change, Kind
from shopwright.errors import ChangeRefused


async def two_revisions(shop):
    await shop.bring_in(
        [product("a", pictures=[{"source": "a.png"}]), product("b"), product("c")], pictures={"a.png": b"1"}
    )
    changed = [product("c"), product("a", brand="X", pictures=[{"source": "a.png"}]), product("d", collections=["new"])]
    await shop.bring_in(changed, pictures={"a.png": b"2"})


async def collect(iterator):
    return [each async for each in iterator]


async def test_what_a_revision_changed(shop, monkeypatch):
    monkeypatch.setattr(history, "LOOKED_UP", 1)
    await two_revisions(shop)
    found = {(each.kind, each.key): (each.action, each.patch()) for each in await collect(shop.catalog.differences(2))}
    moved = [key for (kind, key), (action, patch) in found.items() if action is Action.CHANGED and not patch]
    assert len(moved) == 1
    found.pop((Kind.PRODUCT, moved[0]))
    hashes = found.pop((Kind.PICTURE, "a.png"))
    assert hashes[0] is Action.CHANGED
    assert hashes[1]["sha256"].startswith("d4735e3a")
    expected = {
        (Kind.COLLECTION, "new"): (Action.ADDED, {"handle": "new", "title": "New"}),
        (Kind.PRODUCT, "a"): (Action.CHANGED, {"brand": "X"}),
        (Kind.PRODUCT, "d"): (Action.ADDED, {"handle": "d", "title": "D", "collections": ["new"]}),
        (Kind.PRODUCT, "b"): (Action.DELETED, {"handle": None, "title": None}),
    }
    assert found == {key: value for key, value in expected.items() if key != (Kind.PRODUCT, moved[0])}


async def test_the_feed_gives_what_came_after(shop):
    await two_revisions(shop)
    await shop.catalog.patch(Kind.PRODUCT, ["d"], {"title": "Dd"}, ANN)
    assert await collect(shop.catalog.changes(2, follow=False)) == [Change(3, Kind.PRODUCT, "d", Action.CHANGED)]
    assert {change.revision for change in await collect(shop.catalog.changes(0, follow=False))} == {1, 2, 3}
    assert await collect(shop.catalog.changes(3, follow=False)) == []


async def test_who_follows_misses_nothing(shop):
    await shop.bring_in([product("a")])
    feed = shop.catalog.changes(0, follow=True)
    first = [await anext(feed) for _ in range(2)]
    assert [(change.revision, change.key) for change in first] == [(1, "store"), (1, "a")]
    waiting = asyncio.ensure_future(anext(feed))
    await asyncio.sleep(0.05)
    assert not waiting.done()
    await shop.catalog.patch(Kind.PRODUCT, ["a"], {"title": "B"}, ANN)
    await shop.catalog.delete(Kind.PRODUCT, ["a"], ANN)
    assert await asyncio.wait_for(waiting, 20) == Change(2, Kind.PRODUCT, "a", Action.CHANGED)
    assert await asyncio.wait_for(anext(feed), 20) == Change(3, Kind.PRODUCT, "a", Action.DELETED)
    await feed.aclose()


async def test_the_log_is_newest_first(shop):
    await two_revisions(shop)
    assert [revision.number for revision in await shop.catalog.log(9)] == [2, 1]
    assert [revision.number for revision in await shop.catalog.log(1)] == [2]


async def test_what_was_pruned_cannot_be_told(shop):
    await two_revisions(shop)
    await shop.catalog.prune(1, ANN)
    with pytest.raises(ChangeRefused, match=r"what it changed was pruned\. Kept is what came after 2"):
        await collect(shop.catalog.differences(1))
    with pytest.raises(ChangeRefused, match="there is no revision 9"):
        await collect(shop.catalog.differences(9))
