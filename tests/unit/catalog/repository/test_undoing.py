import pytest
from tests.unit.catalog.repository.shops import ANN, product

from shopwright.catalog.versions.revision import Act, Counts, Kind
from shopwright.errors import ChangeRefused


async def three_revisions(shop):
    await shop.bring_in([product("a", collections=["x"]), product("b"), product("c")], pictures={})
    first = await shop.state()
    shown = product("b", brand="B", pictures=[{"source": "b.png"}])
    await shop.bring_in(
        [product("d", collections=["y"]), shown, product("a", collections=["x"])], pictures={"b.png": b"1"}
    )
    return first


async def test_an_import_is_taken_back_whole(shop, monkeypatch):
    monkeypatch.setattr("shopwright.catalog.repository.undoing.BATCH", 1)
    first = await three_revisions(shop)
    second = await shop.state()
    revision = await shop.catalog.undo(2, ANN, merge=False)
    assert (revision.act, revision.undone, revision.products, revision.collections) == (Act.UNDO, 2, 3, 1)
    assert revision.counts.total == (await shop.catalog.log(2))[1].counts.total
    assert await shop.state() == first
    await shop.catalog.undo(3, ANN, merge=False)
    assert await shop.state() == second


async def test_a_picture_goes_back_with_its_product(shop):
    shown = product("a", pictures=[{"source": "a.png"}])
    await shop.bring_in([shown], pictures={"a.png": b"one"})
    await shop.bring_in([shown], pictures={"a.png": b"two"})
    await shop.catalog.undo(2, ANN, merge=False)
    await shop.catalog.write_folder(shop.folder.parent / "out")
    assert (shop.folder.parent / "out" / "a.png").read_bytes() == b"one"


async def test_a_deletion_is_taken_back(shop):
    await shop.bring_in([product("a"), product("b")])
    before = await shop.state()
    await shop.catalog.delete(Kind.PRODUCT, ["a"], ANN)
    assert (await shop.catalog.undo(2, ANN, merge=False)).counts == Counts(added=1)
    assert await shop.state() == before


async def test_what_was_changed_since_refuses_and_is_named(shop):
    await shop.bring_in([product("a"), product("b")])
    await shop.catalog.patch(Kind.PRODUCT, ["a", "b"], {"brand": "X"}, ANN)
    await shop.catalog.patch(Kind.PRODUCT, ["a"], {"title": "Later"}, ANN)
    before = await shop.state()
    with pytest.raises(ChangeRefused, match=r"revision 2 of luna: these were changed again since: product 'a'\."):
        await shop.catalog.undo(2, ANN, merge=False)
    assert await shop.state() == before


async def test_with_merge_later_changes_of_other_fields_stay(shop):
    await shop.bring_in([product("a"), product("b")])
    await shop.catalog.patch(Kind.PRODUCT, ["a", "b"], {"brand": "X"}, ANN)
    await shop.catalog.patch(Kind.PRODUCT, ["a"], {"title": "Later"}, ANN)
    assert (await shop.catalog.undo(2, ANN, merge=True)).counts == Counts(changed=2)
    assert await shop.catalog.line(Kind.PRODUCT, "a") == b'{"handle":"a","title":"Later"}'
    assert await shop.catalog.line(Kind.PRODUCT, "b") == b'{"handle":"b","title":"B"}'


async def test_with_merge_a_field_that_both_changed_is_named(shop):
    await shop.bring_in([product("a")])
    await shop.catalog.patch(Kind.PRODUCT, ["a"], {"brand": "X"}, ANN)
    await shop.catalog.patch(Kind.PRODUCT, ["a"], {"brand": "Y"}, ANN)
    with pytest.raises(ChangeRefused, match=r"product 'a' \(brand\)\. Take the later revision back first\."):
        await shop.catalog.undo(2, ANN, merge=True)


async def test_many_clashes_are_counted(shop):
    handles = [f"p{n:02}" for n in range(13)]
    await shop.bring_in([product(handle) for handle in handles])
    await shop.catalog.patch(Kind.PRODUCT, handles, {"brand": "X"}, ANN)
    await shop.catalog.patch(Kind.PRODUCT, handles, {"brand": "Y"}, ANN)
    with pytest.raises(ChangeRefused, match=r"'p09' and 3 more"):
        await shop.catalog.undo(2, ANN, merge=False)


async def test_what_was_taken_back_already_is_nothing_to_do(shop):
    await shop.bring_in([product("a")])
    await shop.catalog.patch(Kind.PRODUCT, ["a"], {"brand": "X"}, ANN)
    await shop.catalog.undo(2, ANN, merge=False)
    with pytest.raises(ChangeRefused, match="everything is as it was"):
        await shop.catalog.undo(2, ANN, merge=False)


async def test_there_must_be_such_a_revision(shop):
    await shop.bring_in([product("a")])
    with pytest.raises(ChangeRefused, match="there is no revision 7"):
        await shop.catalog.undo(7, ANN, merge=False)


async def test_the_first_import_can_be_taken_back(shop):
    await shop.bring_in([product("a")])
    revision = await shop.catalog.undo(1, ANN, merge=False)
    assert revision.products == 0
