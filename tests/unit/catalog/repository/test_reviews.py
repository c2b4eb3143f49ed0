import datetime as dt

import orjson
import pytest
from tests.unit.catalog.repository.stored import product, store_luna

from shopwright.bootstrap.document_types import DOCUMENT_TYPES
from shopwright.catalog.documents import PRODUCTS
from shopwright.catalog.picture_files import PictureFiles
from shopwright.catalog.product import Review
from shopwright.catalog.repository import reviews as repository
from shopwright.catalog.repository.exporting import Exporting
from shopwright.catalog.repository.kept import Kept
from shopwright.catalog.repository.reviews import ReviewRepository
from shopwright.catalog.review_documents import ReviewDocument
from shopwright.catalog.versions.revision import Kind
from shopwright.database.migrations.run import migrate
from shopwright.errors import DatabaseError, DocumentRefused, DuplicateDocument, ReferenceRefused

OWN = '{"handle":"own","reviews":[{"author":"Old","rating":4}]}'
NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


def review(number, **fields):
    given = {
        "id": f"r{number}",
        "store": "luna",
        "product": "aria",
        "author": "Ana",
        "rating": 5,
        "title": "",
        "body": "",
    }
    return ReviewDocument(**{**given, "locale": None, "state": "pending", "written": NOW, **fields})


@pytest.fixture
async def reviews(tenant_database):
    await migrate(tenant_database, DOCUMENT_TYPES, ())
    await store_luna(tenant_database, "aria", "nova", "vega")
    return ReviewRepository(tenant_database)


async def test_a_review_is_shown_once_somebody_let_it_pass(reviews):
    await reviews.add(review(1, body="Light."))
    await reviews.add(review(2, rating=1))
    assert [each.id for each in await reviews.waiting("luna")] == ["r1", "r2"]
    assert await reviews.published("luna", ["aria"]) == {}
    await reviews.decide("r1", "published")
    await reviews.decide("r2", "refused")
    assert await reviews.waiting("luna") == []
    assert await reviews.published("luna", ["aria", "nova"]) == {
        "aria": [Review(author="Ana", rating=5, body="Light.", date=NOW.date())]
    }


async def test_they_come_in_the_order_in_which_they_were_written(reviews):
    for number, (of, hours) in enumerate([("nova", 2), ("aria", 3), ("nova", 1), ("vega", 0)]):
        written = NOW + dt.timedelta(hours=hours)
        await reviews.add(review(number, product=of, author=f"a{number}", written=written, state="published"))
    found = await reviews.published("luna", ["aria", "nova"])
    assert {of: [each.author for each in each_of] for of, each_of in found.items()} == {
        "aria": ["a1"],
        "nova": ["a2", "a0"],
    }


async def test_what_is_no_review_of_a_product_here_is_refused(reviews):
    with pytest.raises(ReferenceRefused, match=r"reviews\.product"):
        await reviews.add(review(1, product="gone"))
    await reviews.add(review(1))
    with pytest.raises(DuplicateDocument):
        await reviews.add(review(1))
    with pytest.raises(DatabaseError, match="There is no such review"):
        await reviews.decide("gone", "published")
    with pytest.raises(DocumentRefused):
        await reviews.decide("r1", {"$ne": ""})


async def test_a_review_is_deleted(reviews):
    await reviews.add(review(1))
    assert await reviews.delete("r1")
    assert not await reviews.delete("r1")


async def test_a_build_has_them_behind_a_products_own(reviews, tmp_path):
    """An export has not: imported again, they would be there twice."""
    own = product("aria").model_copy(update={"id": "luna:own:1", "handle": "own", "content": OWN, "place": 2})
    await reviews.database.documents(PRODUCTS).insert_all([own])
    await reviews.add(review(1, product="own", author="New", state="published"))
    await reviews.add(review(2, product="own", author="Unread"))
    kept = Kept(reviews.database, "luna", PictureFiles(tmp_path))

    async def lines(**options):
        exported = [line async for line in Exporting(kept, 1, **options).lines(Kind.PRODUCT)]
        return {line for line in exported if b"own" in line}

    assert await lines() == {OWN.encode() + b"\n"}
    (joined,) = await lines(with_reviews=True)
    assert [each["author"] for each in orjson.loads(joined)["reviews"]] == ["Old", "New"]


async def test_products_are_joined_some_at_a_time(reviews, monkeypatch):
    monkeypatch.setattr(repository, "JOINED", 2)
    monkeypatch.setattr(repository, "MAX_REVIEWS", 1)
    for number in range(2):
        await reviews.add(review(number, product="vega", state="published", author=f"a{number}"))

    async def lines():
        for handle in ("aria", "nova", "vega"):
            yield handle, f'{{"handle":"{handle}"}}'

    joined = [orjson.loads(line) async for line in reviews.joined("luna", lines())]
    assert [each["handle"] for each in joined] == ["aria", "nova", "vega"]
    assert [len(each.get("reviews", [])) for each in joined] == [0, 0, 1]
