"""Every method of the catalogue's repository, with the server's own account of how it answers each command."""

import datetime as dt

import pytest
from tests.unit.catalog.repository.shops import ANN, priced, product, shop_in
from tests.unit.catalog.repository.stored import store_luna

from shopwright.catalog.documents import TYPE_OF
from shopwright.catalog.repository.reviews import ReviewRepository
from shopwright.catalog.review_documents import ReviewDocument
from shopwright.catalog.versions.listed import Filter, Order
from shopwright.catalog.versions.revision import Kind
from shopwright.database.explain.explaining import unfit_queries

NOW = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)


@pytest.fixture
async def full(explained, tmp_path):
    """A store with a history: several versions of everything."""
    shop = shop_in(explained.database, tmp_path)
    for turn in range(3):
        products = [
            priced(
                f"p{n:03}",
                100 + n,
                title=f"Frame {n} {turn}",
                brand=f"B{n % 5}",
                collections=[f"c{n % 3}"],
                created="2026-01-01",
            )
            for n in range(120)
        ]
        await shop.bring_in(
            [*products, product("shown", pictures=[{"source": "a.png"}])], pictures={"a.png": bytes([turn])}
        )
    return shop


async def collect(iterator):
    return [each async for each in iterator]


async def exported(shop, folder):
    return await shop.catalog.write_folder(folder)


async def test_every_method_uses_its_indexes(explained, full, tmp_path):
    catalog = full.catalog
    await explained(full.bring_in([priced("p000", 1), product("new")], partial=True))
    await explained(catalog.patch(Kind.PRODUCT, ["p001", "p002"], {"brand": "X"}, ANN))
    await explained(catalog.patch_all(Filter(collection="c1"), {"tags": ["t"]}, ANN))
    await explained(catalog.patch_all(Filter(brand="B3"), {"brand": "B4"}, ANN))
    await explained(catalog.delete(Kind.PRODUCT, ["p003"], ANN))
    await explained(catalog.restore(Kind.PRODUCT, ["p003"], ANN))
    await explained(catalog.undo(5, ANN, merge=True))
    await explained(catalog.line(Kind.PRODUCT, "p004"))
    for order in Order:
        page = await explained(catalog.page(Filter(collection="c0", order=order), 5))
        assert len((await explained(catalog.page(Filter(collection="c0", order=order), 5, page.next))).products) == 5
    await explained(catalog.page(Filter(brand="B0"), 5))
    await explained(catalog.page(Filter(status="draft"), 5))
    of_first_word = 120  # every product with the first word is read: an index holds one word of each entry
    assert len(await explained(catalog.search("fra 7", 5), extra=of_first_word)) == 5
    assert await explained(catalog.by_number("S-p007"))
    assert await explained(catalog.log(5))
    assert await explained(collect(catalog.differences(4)))
    assert await explained(collect(catalog.changes(2, follow=False)))
    assert await explained(catalog.export())
    assert await explained(exported(full, tmp_path / "out")) == 122
    assert await explained(catalog.prune(2, ANN)) > 200


async def test_every_declared_query_is_answered_by_an_index(explained, full):
    assert await unfit_queries(explained.database, TYPE_OF.values()) == []


def review(number):
    of = {"id": f"r{number}", "store": "luna", "product": f"p{number % 3}", "written": NOW, "locale": None}
    return ReviewDocument(author="Ana", rating=5, title="", body="", state="pending", **of)


async def test_every_method_of_the_reviews_uses_its_indexes(explained):
    await store_luna(explained.database, "p0", "p1", "p2")
    reviews = ReviewRepository(explained.database)
    for number in range(60):
        await reviews.add(review(number))
    await explained(reviews.add(review(60)))
    await explained(reviews.decide("r1", "published"))
    assert len(await explained(reviews.waiting("luna", 5))) == 5
    assert list(await explained(reviews.published("luna", ["p0", "p1"]))) == ["p1"]

    async def lines():
        yield "p1", "{}"

    async def joined():
        return [line async for line in reviews.joined("luna", lines())]

    assert len(await explained(joined())) == 1
    assert await explained(reviews.delete("r2"))
