import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.catalog.repository.shops import ANN, priced, product

from shopwright.catalog.versions.edit import read_merge_patch
from shopwright.catalog.versions.line import digest_of
from shopwright.catalog.versions.listed import Filter
from shopwright.catalog.versions.revision import Act, Counts, Kind
from shopwright.errors import ChangedMeanwhile, ChangeRefused, ShopwrightError


async def test_a_patch_is_a_revision(shop):
    await shop.bring_in([priced("a", 100), priced("b", 200)])
    revision = await shop.catalog.patch(Kind.PRODUCT, ["a", "a"], {"title": "New", "brand": "X"}, ANN)
    assert (revision.number, revision.act, revision.counts, revision.products) == (2, Act.EDIT, Counts(changed=1), 2)
    assert await shop.titles() == ["New", "B"]
    assert (await shop.catalog.search("new", 9))[0].handle == "a"
    assert await shop.catalog.search("a", 9) == await shop.catalog.search("s-a", 9)


async def test_a_patch_of_what_was_changed_meanwhile_is_refused(shop):
    await shop.bring_in([priced("a", 100)])
    seen = digest_of(await shop.catalog.line(Kind.PRODUCT, "a"))
    assert await shop.catalog.patch(Kind.PRODUCT, ["a"], {"title": "New"}, ANN, expected=seen)
    with pytest.raises(ChangedMeanwhile, match="somebody changed it meanwhile"):
        await shop.catalog.patch(Kind.PRODUCT, ["a"], {"title": "Newer"}, ANN, expected=seen)
    assert await shop.titles() == ["New"]


async def test_a_patch_that_changes_nothing_is_none(shop):
    await shop.bring_in([priced("a", 100)])
    assert await shop.catalog.patch(Kind.PRODUCT, ["a"], {"title": "A"}, ANN) is None
    assert (await shop.catalog.kept.document()).revision == 1


async def test_one_refusal_refuses_all(shop):
    await shop.bring_in([priced("a", 100), priced("b", 200)])
    with pytest.raises(ChangeRefused, match="product 'c' of luna: there is none"):
        await shop.catalog.patch(Kind.PRODUCT, ["a", "c"], {"title": "New"}, ANN)
    with pytest.raises(ChangeRefused, match="product 'a' of luna: status: Input should be"):
        await shop.catalog.patch(Kind.PRODUCT, ["a", "b"], {"status": "gone"}, ANN)
    assert await shop.titles() == ["A", "B"]


async def test_prices_and_collections_are_those_of_the_store(shop):
    await shop.bring_in([priced("a", 100)])
    dollars = [{"id": "only", "price": {"amount": 1, "currency": "USD"}}]
    with pytest.raises(ChangeRefused, match="are not in EUR"):
        await shop.catalog.patch(Kind.PRODUCT, ["a"], {"variants": dollars}, ANN)
    with pytest.raises(ChangeRefused, match="there is no collection 'new'"):
        await shop.catalog.patch(Kind.PRODUCT, ["a"], {"collections": ["new"]}, ANN)


async def test_pictures_that_are_not_kept_are_named_only_in_the_content(shop):
    await shop.bring_in([product("a", pictures=[{"source": "a.png"}])], pictures={"a.png": b"x"})
    pictures = [{"source": "a.png"}, {"source": "b.png"}]
    await shop.catalog.patch(Kind.PRODUCT, ["a"], {"pictures": pictures}, ANN)
    version = await shop.catalog.kept.versions(Kind.PRODUCT).get("luna:a:2")
    assert version.pictures == ("a.png",)
    assert orjson.loads(version.content)["pictures"] == pictures


async def test_a_collection_is_patched(shop):
    await shop.bring_in([product("a", collections=["round"])])
    await shop.catalog.patch(Kind.COLLECTION, ["round"], {"description": "<p onclick='x'>R</p>"}, ANN)
    assert b"<p>R</p>" in await shop.catalog.line(Kind.COLLECTION, "round")


async def test_many_are_patched_at_once(shop, monkeypatch):
    monkeypatch.setattr("shopwright.catalog.repository.editing.BATCH", 2)
    products = [product(f"p{n}", collections=["round"] if n % 2 else []) for n in range(10)]
    await shop.bring_in(products)
    revision = await shop.catalog.patch_all(Filter(collection="round"), {"brand": "X"}, ANN)
    assert revision.counts == Counts(changed=5)
    branded = await shop.catalog.page(Filter(brand="X"), 20)
    assert [each.handle for each in branded.products] == ["p1", "p3", "p5", "p7", "p9"]


async def test_what_is_deleted_is_restored_where_it_was(shop):
    await shop.bring_in([product("a"), product("b"), product("c")])
    before = await shop.state()
    deleted = await shop.catalog.delete(Kind.PRODUCT, ["b"], ANN)
    assert (deleted.act, deleted.counts, deleted.products) == (Act.DELETE, Counts(deleted=1), 2)
    assert await shop.titles() == ["A", "C"]
    restored = await shop.catalog.restore(Kind.PRODUCT, ["b"], ANN)
    assert (restored.act, restored.counts, restored.products) == (Act.RESTORE, Counts(added=1), 3)
    assert await shop.state() == before


async def test_what_cannot_be_deleted_or_restored(shop):
    await shop.bring_in([product("a", collections=["round"])])
    with pytest.raises(ChangeRefused, match="products stand in it, such as 'a'"):
        await shop.catalog.delete(Kind.COLLECTION, ["round"], ANN)
    with pytest.raises(ChangeRefused, match="there is none"):
        await shop.catalog.delete(Kind.PRODUCT, ["b"], ANN)
    with pytest.raises(ChangeRefused, match="it is there"):
        await shop.catalog.restore(Kind.PRODUCT, ["a"], ANN)
    with pytest.raises(ChangeRefused, match="never was one"):
        await shop.catalog.restore(Kind.PRODUCT, ["b"], ANN)


async def test_a_product_does_not_come_back_into_a_collection_that_went(shop):
    await shop.bring_in([product("a", collections=["round"]), product("b")])
    await shop.catalog.delete(Kind.PRODUCT, ["a"], ANN)
    await shop.catalog.delete(Kind.COLLECTION, ["round"], ANN)
    with pytest.raises(ShopwrightError, match=r"round|collections"):
        await shop.catalog.restore(Kind.PRODUCT, ["a"], ANN)
    await shop.catalog.restore(Kind.COLLECTION, ["round"], ANN)
    await shop.catalog.restore(Kind.PRODUCT, ["a"], ANN)
    assert await shop.titles() == ["A", "B"]


async def test_nothing_can_be_changed_where_nothing_is(shop):
    with pytest.raises(ChangeRefused, match="there is no such store"):
        await shop.catalog.patch(Kind.PRODUCT, ["a"], {"title": "A"}, ANN)
    assert await shop.catalog.kept.versions(Kind.PRODUCT).collection.database["stores"].count_documents({}) == 0


NAMES = (
    st.sampled_from(["title", "brand", "custom", "$where", "$set", "a.b", "_id", "store", "since", "handle"])
    | st.text()
)
VALUES = st.recursive(
    st.none() | st.integers() | st.text(max_size=5) | st.sampled_from(["$gt", "{}"]),
    lambda inner: st.dictionaries(NAMES, inner, max_size=2) | st.lists(inner, max_size=2),
    max_leaves=4,
)


async def test_whatever_a_patch_holds_other_products_stay(shop):
    await shop.bring_in([priced("a", 100), priced("b", 200)])
    other = await shop.catalog.line(Kind.PRODUCT, "b")
    patches = []

    @settings(max_examples=40)
    @given(st.dictionaries(NAMES, VALUES, min_size=1, max_size=2))
    def collect(patch):
        patches.append(patch)

    collect()
    for patch in patches:
        try:
            checked = read_merge_patch(orjson.dumps(patch), "patch")
            await shop.catalog.patch(Kind.PRODUCT, ["a"], checked, ANN)
        except (ShopwrightError, orjson.JSONEncodeError):
            pass
    assert await shop.catalog.line(Kind.PRODUCT, "b") == other
    assert len(await shop.titles()) == 2
