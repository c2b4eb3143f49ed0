import tracemalloc

import orjson
import pytest
from tests.unit.catalog.repository.shops import ANN, product

from shopwright.catalog.documents import PICTURES
from shopwright.catalog.faults import Report
from shopwright.catalog.repository import exporting
from shopwright.catalog.source import open_source
from shopwright.catalog.versions.revision import Kind
from shopwright.errors import ChangeRefused, StorageError


async def test_a_folder_is_a_store_folder(shop, tmp_path):
    shown = product("a", pictures=[{"source": "pictures/a.png"}], collections=["c"])
    shop.write([shown])
    (shop.folder / "pictures").mkdir()
    await shop.bring_in([shown], pictures={"pictures/a.png": b"png"})
    assert await shop.catalog.write_folder(tmp_path / "out") == 1
    files = {path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*") if path.is_file()}
    assert files == {"store.yaml", "collections.jsonl", "products.jsonl", "pictures/a.png"}
    assert (tmp_path / "out" / "pictures" / "a.png").read_bytes() == b"png"
    assert orjson.loads((tmp_path / "out" / "products.jsonl").read_bytes()) == shown
    assert await shop.catalog.bring_in(open_source(tmp_path / "out"), ANN, Report()) is None


async def test_without_collections_there_is_no_such_file(shop, tmp_path, monkeypatch):
    monkeypatch.setattr(exporting, "AT_ONCE", 10)
    await shop.bring_in([product("a"), product("b")])
    await shop.catalog.write_folder(tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["products.jsonl", "store.yaml"]
    assert len((tmp_path / "out" / "products.jsonl").read_bytes().splitlines()) == 2


async def test_memory_does_not_grow_with_the_catalogue(shop):
    await shop.bring_in([product(f"p{n}", summary="x" * 1_900) for n in range(6_000)])
    lines = (await shop.catalog.export()).lines(Kind.PRODUCT)
    await anext(lines)
    tracemalloc.start()
    try:
        size = sum([len(line) async for line in lines])
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert size > 11_000_000
    assert peak < size / 4


async def test_an_export_whose_revision_was_pruned_meanwhile_says_so(shop):
    await shop.bring_in([product("a"), product("b")])
    lines = (await shop.catalog.export()).lines(Kind.PRODUCT)
    await anext(lines)
    await shop.bring_in([product("a", title="New")])
    await shop.catalog.prune(1, ANN)
    with pytest.raises(ChangeRefused, match="revision 1 of luna: it is not kept"):
        [line async for line in lines]


async def test_a_folder_that_cannot_be_written(shop, tmp_path):
    await shop.bring_in([product("a")])
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StorageError, match="cannot be written"):
        await shop.catalog.write_folder(tmp_path / "file" / "out")


async def test_a_picture_never_leaves_the_folder(shop, tmp_path):
    shown = product("a", pictures=[{"source": "a.png"}])
    await shop.bring_in([shown], pictures={"a.png": b"1"})
    raw = shop.catalog.kept.database.raw[PICTURES.name]
    for path in ("../a.png", "/etc/a.png", "b/../../a.png"):
        await raw.update_one({}, {"$set": {"handle": path}})
        with pytest.raises(ChangeRefused, match="leaves the folder"):
            await shop.catalog.write_folder(tmp_path / f"out{len(path)}")
