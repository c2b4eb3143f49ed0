import orjson
import pytest
from tests.unit.catalog.repository.shops import ANN, priced, product, shop_in

from shopwright.catalog.documents import IN_ORDER, PRODUCTS, SINCE
from shopwright.catalog.faults import Report
from shopwright.catalog.repository import importing
from shopwright.catalog.source import open_source
from shopwright.catalog.versions.revision import Act, Counts, Kind, Revision
from shopwright.database.conditions import Range
from shopwright.errors import ChangeRefused, SourceError


async def count(shop, kind=Kind.PRODUCT):
    """Versions of any time."""
    kept = shop.catalog.kept
    return await kept.versions(kind).count(SINCE, {"store": kept.store, "since": Range(ge=0)})


async def test_a_first_import_is_revision_one(shop):
    revision = await shop.bring_in([product("b", collections=["new"]), product("a")])
    assert revision == Revision(
        number=1, act=Act.IMPORT, at=ANN.at, by="ann", counts=Counts(added=4), products=2, collections=1,
        source="source-luna", digest=revision.digest,
    )  # fmt: skip
    assert await shop.titles() == ["B", "A"]
    assert await shop.catalog.log(9) == [revision]


async def test_the_same_again_makes_no_revision(shop):
    await shop.bring_in([product("a"), product("b")])
    assert await shop.bring_in() is None
    assert (await shop.catalog.kept.document()).revision == 1
    assert await count(shop) == 2


async def test_only_what_changed_gets_a_version(shop):
    await shop.bring_in([product("a"), product("b"), product("c")])
    revision = await shop.bring_in([product("a"), product("b", brand="X"), product("d")])
    assert revision.counts == Counts(added=1, changed=1, deleted=1)
    assert (revision.products, await count(shop)) == (3, 5)
    assert await shop.titles() == ["A", "B", "D"]
    assert await shop.titles(revision=1) == ["A", "B", "C"]


async def test_what_moves_alone_gets_a_version_alone(shop):
    await shop.bring_in([product(handle) for handle in "abcde"])
    revision = await shop.bring_in([product(handle) for handle in "eabcd"])
    assert revision.counts == Counts(changed=1)
    assert await shop.titles() == ["E", "A", "B", "C", "D"]


async def test_a_part_adds_and_changes_and_leaves_the_rest(shop):
    round_ones = {"handle": "round", "title": "Round ones", "description": "<p>Round.</p>"}
    await shop.bring_in([product("a", collections=["round"]), product("b")], collections=[round_ones])
    before = (await shop.catalog.line(Kind.COLLECTION, "round"), await shop.catalog.export())
    settings = await before[1].settings()
    part = [product("new", collections=["round"]), product("b", brand="X")]
    revision = await shop.bring_in(part, settings="tagline: Other\n", partial=True)
    assert revision.counts == Counts(added=1, changed=1)
    assert await shop.titles() == ["A", "B", "New"]
    assert await shop.catalog.line(Kind.COLLECTION, "round") == before[0]
    assert await (await shop.catalog.export()).settings() == settings


async def test_collections_of_the_store_are_collections_like_others(shop):
    settings = "collections:\n- {handle: own, title: Own}\n"
    await shop.bring_in([product("a", collections=["own"])], settings=settings)
    assert await shop.catalog.line(Kind.COLLECTION, "own") == b'{"handle":"own","title":"Own"}'
    assert b"collections" not in await (await shop.catalog.export()).settings()


async def test_a_picture_is_kept_by_its_bytes(shop):
    shown = product("a", pictures=[{"source": "a.png"}])
    await shop.bring_in([shown], pictures={"a.png": b"one"})
    revision = await shop.bring_in([shown], pictures={"a.png": b"two"})
    assert revision.counts == Counts(changed=1)
    kept = shop.catalog.kept
    hashes = [
        row[0]
        for number in (1, 2)
        async for row in kept.versions(Kind.PICTURE).columns(IN_ORDER, kept.open_at(number), ("content",))
    ]
    assert [kept.pictures.read(sha256) for sha256 in hashes] == [b"one", b"two"]


async def test_the_accessibility_assessment_belongs_to_the_settings(shop):
    found = {"date": "2026-11-23", "tools": {"axe": "4"}, "pages": 3, "violations": 0}
    shop.write([product("a")], pictures={"accessibility.json": orjson.dumps(found)})
    await shop.bring_in()
    await shop.catalog.write_folder(shop.folder.parent / "out")
    assert orjson.loads((shop.folder.parent / "out" / "accessibility.json").read_bytes()) == found
    shop.write([product("a")], pictures={"accessibility.json": b"{}"})
    with pytest.raises(SourceError, match=r"accessibility\.json"):
        await shop.bring_in()


async def test_faults_are_reported_as_by_a_check(shop):
    report = Report()
    await shop.bring_in([product("a"), product("a"), {"handle": "b"}], report=report)
    assert sorted(fault.code for fault in report.faults) == ["handle-repeated", "value-invalid", "variants-missing"]


async def test_a_source_without_products_empties_no_store(shop):
    await shop.bring_in([product("a")])
    with pytest.raises(ChangeRefused, match="holds no product"):
        await shop.bring_in([{"handle": "?"}])
    assert await shop.titles() == ["A"]


async def test_a_failure_on_the_way_leaves_nothing(shop, monkeypatch):
    await shop.bring_in([product(handle) for handle in "abc"])
    before, drafts = await shop.state(), []

    def failing(incoming, store, number):
        if len(drafts) == 2:
            raise RuntimeError
        drafts.append(incoming)
        return real(incoming, store, number)

    real = importing.draft
    monkeypatch.setattr(importing, "draft", failing)
    monkeypatch.setattr(importing, "BATCH", 1)
    with pytest.raises(RuntimeError):
        await shop.bring_in([product(handle, brand="X") for handle in "abc"])
    assert await shop.state() == before
    assert await count(shop) == 3
    monkeypatch.undo()
    revision = await shop.bring_in()
    assert (revision.number, revision.counts) == (2, Counts(changed=3))


async def test_steps_are_bounded_in_size(shop, monkeypatch):
    monkeypatch.setattr(importing, "MAX_STEP", 100)
    progress = []
    shop.write([product(f"p{n}", summary="x" * 60) for n in range(5)])
    bringing = importing.Bringing(progress=lambda *told: progress.append(told))
    await shop.catalog.bring_in(open_source(shop.folder), ANN, Report(), bringing=bringing)
    assert ("read", 5) in progress
    assert progress[-1] == ("write", 6)
    assert len(await shop.titles()) == 5


async def test_hostile_names_are_content(shop):
    names = {"$where": "1", "a.b": "2", "$ref": "x", "__proto__": "y", "é" * 50: "z"}
    await shop.bring_in([product("a", custom=names, tags=["$gt"], brand="{$ne: 1}")])
    assert b'"$where":"1"' in await shop.catalog.line(Kind.PRODUCT, "a")
    assert (await shop.catalog.search("$gt", 9))[0].handle == "a"


async def test_two_stores_of_a_tenant_do_not_touch(shop, tmp_path):
    other = shop_in(shop.catalog.kept.database, tmp_path, store="sol")
    await shop.bring_in([priced("a", 100)])
    await other.bring_in([priced("a", 200), priced("b", 300)])
    await shop.bring_in([priced("c", 100)])
    assert await shop.titles() == ["C"]
    assert await other.titles() == ["A", "B"]
    assert await shop.catalog.kept.documents(PRODUCTS).get("sol:a:1") is not None
