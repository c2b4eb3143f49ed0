import datetime as dt

import pytest
from tests.unit.catalog.repository.stored import product, store_luna
from tests.unit.catalog.repository.test_reviews import review

from shopwright.bootstrap import database_check
from shopwright.bootstrap.database_check import DatabaseCheck, Finding
from shopwright.bootstrap.document_types import DOCUMENT_TYPES, MIGRATIONS
from shopwright.catalog.documents import PRODUCTS, STORES
from shopwright.catalog.picture_files import PictureFiles
from shopwright.catalog.review_documents import REVIEWS
from shopwright.catalog.versions.revision import OPEN
from shopwright.database.lease import Leases
from shopwright.database.lease_queue import LEASES
from shopwright.database.migrations.run import migrate
from shopwright.generation.documents import LIVE, RELEASES, LiveDocument, ReleaseDocument
from shopwright.ml_integration.documents import EXPERIMENTS, Arm, ExperimentDocument

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
KEYS = [f"luna/{number:020x}" for number in range(4)]


@pytest.fixture
async def database(tenant_database):
    await migrate(tenant_database, DOCUMENT_TYPES, MIGRATIONS)
    await store_luna(tenant_database, "aria", "nova")
    return tenant_database


@pytest.fixture
def check(database, tmp_path):
    async def run(*, mends=False):
        return await DatabaseCheck(database, PictureFiles(tmp_path), NOW, mends).run()

    return run


def release(key, **fields):
    given = {"id": key, "store": "luna", "revision": 1, "manifest": "0" * 64, "files": 1, "bytes": 1}
    return ReleaseDocument(**{**given, "created": NOW, "job": None, **fields})


def live(key, *before):
    return LiveDocument(id="luna", release=key, before=before, sequence=3, switched=NOW, by="ana")


async def test_a_sound_database(database, check):
    await database.documents(REVIEWS).insert_all([review(1)])
    checked = await check()
    assert (checked.faults, checked.leftovers, checked.left, checked.listed) == (0, 0, 0, [])
    assert checked.documents == 3
    assert checked.references == 4
    assert checked.as_json()["findings"] == []


async def test_what_dangles_is_named_and_mended_as_declared(database, check):
    await database.documents(REVIEWS).insert_all([review(1, product="gone"), review(2)])
    arms = (Arm(name="a", weight=1),)
    touched = {"products": ("nova", "gone"), "variants": arms, "state": "draft", "changed": NOW}
    await database.documents(EXPERIMENTS).insert_all([ExperimentDocument(id="luna/x", store="luna", **touched)])
    found = await check()
    assert (found.faults, found.left, found.repaired) == (2, 2, 0)
    assert sorted(each.where for each in found.listed) == ["experiments luna/x", "reviews r1"]
    mended = await check(mends=True)
    assert (mended.faults, mended.left, mended.repaired) == (2, 0, 2)
    assert [each.done for each in mended.listed] == ["detached", "deleted"]
    assert mended.listed[1] == Finding(
        is_fault=True, what="reviews.product names 'gone', which is not in products", where="reviews r1", done="deleted"
    )
    assert (await check()).faults == 0
    assert (await database.documents(EXPERIMENTS).get("luna/x")).products == ("nova",)


async def test_a_lost_live_release_gives_way_to_the_one_before(database, check):
    await database.documents(RELEASES).insert_all([release(KEYS[1]), release(KEYS[2])])
    await database.documents(LIVE).insert_all([live(KEYS[3], KEYS[2], KEYS[0], KEYS[1])])
    found = await check()
    assert [each.what for each in found.listed] == [
        f"live.release names '{KEYS[3]}', which is not in releases",
        f"live.before names '{KEYS[0]}', which is not in releases",
    ]
    mended = await check(mends=True)
    assert [each.done for each in mended.listed] == [f"release {KEYS[2][5:]} is live"]
    now = await database.documents(LIVE).get("luna")
    assert (now.release, now.before) == (KEYS[2], (KEYS[1],))
    assert (await check()).faults == 0


async def test_where_no_release_is_left_nothing_is_live(database, check):
    await database.documents(LIVE).insert_all([live(KEYS[3])])
    assert [each.done for each in (await check(mends=True)).listed] == ["nothing is live"]
    assert await database.documents(LIVE).get("luna") is None


async def test_what_belongs_to_a_store_that_is_gone_goes(database, check):
    await database.documents(RELEASES).insert_all([release(KEYS[1])])
    await database.documents(LIVE).insert_all([live(KEYS[1])])
    await database.documents(PRODUCTS).delete("luna:aria:1")
    await database.documents(PRODUCTS).delete("luna:nova:1")
    await database.documents(STORES).delete("luna")
    mended = await check(mends=True)
    assert (mended.left, {each.done for each in mended.listed}) == (0, {"deleted"})
    assert (await database.documents(LIVE).get("luna"), await database.documents(RELEASES).get(KEYS[1])) == (None, None)


async def test_what_only_a_person_can_decide_is_left(database, check):
    """A catalogue whose store is gone: no reference says that it may go."""
    await database.documents(STORES).delete("luna")
    mended = await check(mends=True)
    assert (mended.faults, mended.left, mended.repaired) == (2, 2, 0)


async def test_an_import_that_was_killed_is_swept_away(database, check):
    products = database.documents(PRODUCTS)
    unseen = product("vega").model_copy(update={"id": "luna:vega:2", "since": 2})
    await products.insert_all([unseen])
    await products.collection.update_one({"_id": "luna:aria:1"}, {"$set": {"until": 2}})
    found = await check()
    assert (found.faults, found.leftovers, found.left) == (0, 1, 0)
    assert found.listed == [Finding(is_fault=False, what="An import or edit never came to its end", where="luna")]
    assert (await check(mends=True)).listed[0].done == "swept away"
    assert await products.get("luna:vega:2") is None
    assert (await products.get("luna:aria:1")).until == OPEN
    assert (await check()).leftovers == 0


async def test_an_import_that_goes_on_is_left_alone(database, check):
    await database.documents(PRODUCTS).insert_all(
        [product("vega").model_copy(update={"id": "luna:vega:2", "since": 2})]
    )
    async with Leases(database).hold("luna", "import"):
        assert (await check(mends=True)).leftovers == 0


async def test_a_lease_whose_holder_died_is_released(database, check):
    async with Leases(database).hold("luna", "ana"):
        await database.raw[LEASES.name].update_one({}, [{"$set": {"expires": "$$NOW"}}])
        assert [each.what[:22] for each in (await check()).listed] == ["The lease of ana since"]
        assert (await check(mends=True)).listed[0].done == "released"
        assert (await check()).leftovers == 0


async def test_the_list_is_bounded_and_the_count_is_not(database, check, monkeypatch):
    monkeypatch.setattr(database_check, "MOST_LISTED", 2)
    await database.documents(REVIEWS).insert_all(review(number, product="gone") for number in range(5))
    found = await check()
    assert (found.faults, len(found.listed)) == (5, 2)
