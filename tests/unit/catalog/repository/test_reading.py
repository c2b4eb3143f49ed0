import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.catalog.repository.shops import ANN, priced, product

from shopwright.catalog.versions.listed import Filter, Listed, Order
from shopwright.catalog.versions.revision import Kind
from shopwright.errors import ChangeRefused, DocumentRefused, ShopwrightError


def handles(page):
    return [each.handle for each in page.products]


async def all_pages(catalog, filter_, limit):
    pages, after = [], ""
    while True:
        page = await catalog.page(filter_, limit, after)
        pages.append(handles(page))
        after = page.next
        if not after:
            return pages


async def listed_shop(shop):
    await shop.bring_in([
        priced("a", 300, title="Zeta", collections=["round"], created="2026-01-01", brand="X"),
        priced("b", 100, title="alpha", collections=["round"], created="2026-03-01", brand="X"),
        priced("c", 300, title="Beta", collections=["round"], brand="Y"),
        product("d", title="Ähre", collections=["round"], created="2026-02-01", brand="X"),
        priced("e", 50, collections=["round"], status="draft"),
    ])  # fmt: skip


async def test_a_collection_in_every_order_page_by_page(shop):
    await listed_shop(shop)
    by = {order: await all_pages(shop.catalog, Filter(collection="round", order=order), 3) for order in Order}
    assert by == {
        Order.TITLE: [["d", "b", "c"], ["a"]],
        Order.PRICE: [["b", "a", "c"], ["d"]],
        Order.CREATED: [["b", "d", "a"], ["c"]],
    }


async def test_by_brand_and_by_state(shop):
    await listed_shop(shop)
    assert await all_pages(shop.catalog, Filter(brand="X"), 2) == [["d", "b"], ["a"]]
    assert await all_pages(shop.catalog, Filter(), 9) == [["d", "b", "c", "a"]]
    assert await all_pages(shop.catalog, Filter(status="draft"), 9) == [["e"]]
    with pytest.raises(ChangeRefused, match="one brand are listed by title"):
        await shop.catalog.page(Filter(brand="X", order=Order.PRICE), 9)
    with pytest.raises(ChangeRefused, match="one state are listed by title"):
        await shop.catalog.page(Filter(order=Order.CREATED), 9)


async def test_a_listing_says_what_a_shopkeeper_looks_for(shop):
    await listed_shop(shop)
    page = await shop.catalog.page(Filter(collection="round", order=Order.PRICE), 9)
    assert page.products[0] == Listed("b", "alpha", "X", "active", 100, "EUR", 1)
    assert page.products[-1].price is None
    assert page.next == ""


async def test_by_number(shop):
    await shop.bring_in([priced("a", 1), priced("b", 1)])
    assert [each.handle for each in await shop.catalog.by_number("S-a")] == ["a"]
    assert await shop.catalog.by_number("s-a") == ()


async def test_a_search_finds_beginnings_of_words_the_best_first(shop):
    await shop.bring_in([
        product("a", title="Case", tags=["aster"]),
        product("b", title="Asterix"),
        product("c", title="Aster", translations={"ja": {"title": "黒縁眼鏡"}}),
        product("d", title="Round", brand="Aster"),
    ])  # fmt: skip
    assert [each.handle for each in await shop.catalog.search("ASTER", 9)] == ["c", "b", "a", "d"]
    assert [each.handle for each in await shop.catalog.search("as ro", 9)] == ["d"]
    assert [each.handle for each in await shop.catalog.search("眼鏡", 9)] == ["c"]
    assert await shop.catalog.search("…", 9) == ()
    assert await shop.catalog.search("aster zzz", 9) == ()
    assert len(await shop.catalog.search("aster", 2)) == 2


async def test_a_reader_sees_one_revision(shop):
    await shop.bring_in([product("a"), product("b")])
    await shop.bring_in([product("a", title="Other")])
    assert [each.title for each in await shop.catalog.search("a", 9, revision=1)] == ["A"]
    assert await shop.catalog.line(Kind.PRODUCT, "b", 1) == b'{"handle":"b","title":"B"}'
    with pytest.raises(ChangeRefused, match="product 'b' of luna: there is none"):
        await shop.catalog.line(Kind.PRODUCT, "b")
    with pytest.raises(ChangeRefused, match="There are the revisions 1 to 2"):
        await shop.catalog.line(Kind.PRODUCT, "b", 3)


async def test_what_is_asked_for_is_only_ever_a_value(shop):
    await listed_shop(shop)
    operators = [{"$ne": ""}, {"$gt": ""}, {"$where": "1"}, ["a"], 1, None]
    for operator in operators:
        with pytest.raises((DocumentRefused, ChangeRefused)):
            await shop.catalog.line(Kind.PRODUCT, operator)
        with pytest.raises(DocumentRefused):
            await shop.catalog.by_number(operator)
    asked = []

    @settings(max_examples=50)
    @given(
        st.text(max_size=20) | st.sampled_from(["$where", '{"$gt": ""}', "a.b", "\x00", "^.*", "\ud800"]),
        st.text(max_size=9),
    )
    def collect(text, after):
        asked.append((text, after))

    collect()
    for text, after in asked:
        for find in (
            shop.catalog.search(text, 9),
            shop.catalog.by_number(text),
            shop.catalog.page(Filter(brand=text), 9, after),
            shop.catalog.page(Filter(collection=text), 9),
            shop.catalog.page(Filter(status=text), 9),
        ):
            try:
                found = await find
            except ShopwrightError:
                continue
            products = getattr(found, "products", found)
            titles = " ".join(f"{each.title} {each.handle}" for each in products).casefold()
            assert not products or text.strip() or text == ""
            assert "draft" not in titles


async def test_a_place_that_no_page_gave(shop):
    await listed_shop(shop)
    for token in ("?", "bm9uZQ", "eyIkZ3QiOiAxfQ", "W10"):
        with pytest.raises(ShopwrightError):
            await shop.catalog.page(Filter(collection="round"), 9, token)


async def test_there_must_be_a_store(shop):
    with pytest.raises(ChangeRefused, match=r"luna: there is no such store\. Import a catalogue into it first"):
        await shop.catalog.search("a", 9)
    assert ANN.name == "ann"
