import hashlib
from contextlib import closing

import orjson

from shopwright.catalog.faults import Report
from shopwright.catalog.source import open_source
from shopwright.catalog.versions.reading import SETTINGS, SourceReading
from shopwright.catalog.versions.revision import Kind
from shopwright.catalog.versions.stage import Stage


def write_store(folder, settings="", products=(), pictures=()):
    folder.mkdir()
    (folder / "store.yaml").write_text("name: Shop\ncurrency: EUR\n" + settings)
    (folder / "products.jsonl").write_bytes(b"\n".join(orjson.dumps(product) for product in products))
    for name in pictures:
        (folder / name).write_bytes(name.encode())
    return folder


def keep(file):
    data = file.read_bytes()
    return hashlib.sha256(data).hexdigest(), len(data)


def staged(tmp_path, folder):
    report, ticks = Report(), []
    (tmp_path / "scratch").mkdir()
    with closing(Stage(tmp_path / "scratch")) as stage:
        SourceReading(open_source(folder), stage, keep).read(report, lambda: ticks.append(1))
        stage.settle(partial=False)
        return {(kind, each.key): each for kind in Kind for each in stage.incoming(kind)}, report, len(ticks)


def test_settings_collections_products_and_pictures_are_staged(tmp_path):
    products = [
        {"handle": "a", "title": "A", "collections": ["new", "own"], "pictures": [{"source": "a.png"}]},
        {"handle": "b", "title": "B", "pictures": [{"source": "a.png"}, {"source": "https://x.example/b.png"}]},
    ]
    folder = write_store(tmp_path / "store", "collections:\n- {handle: own, title: Own}\n", products, ["a.png"])
    found, report, ticks = staged(tmp_path, folder)
    assert [(kind.value, key) for kind, key in found] == [
        ("picture", "a.png"), ("settings", SETTINGS), ("collection", "own"), ("collection", "new"), ("product", "a"),
        ("product", "b"),
    ]  # fmt: skip
    assert found[Kind.SETTINGS, SETTINGS].line == b'{"name":"Shop","currency":"EUR"}'
    assert found[Kind.PICTURE, "a.png"].line == hashlib.sha256(b"a.png").hexdigest().encode()
    assert found[Kind.PICTURE, "a.png"].facts == {"bytes": 5}
    assert found[Kind.PRODUCT, "a"].facts["pictures"] == ["a.png"]
    assert found[Kind.PRODUCT, "a"].facts["collections"] == ["new", "own"]
    assert (report.products, ticks) == (2, 3)


def test_a_picture_that_is_not_there_is_reported_and_not_named_beside(tmp_path):
    products = [{"handle": "a", "title": "A", "pictures": [{"source": "gone.png"}]}]
    found, report, _ = staged(tmp_path, write_store(tmp_path / "store", products=products))
    assert (Kind.PICTURE, "gone.png") not in found
    assert found[Kind.PRODUCT, "a"].facts["pictures"] == []
    assert b"gone.png" in found[Kind.PRODUCT, "a"].line
    assert "picture-missing" in [fault.code for fault in report.faults]


def test_a_picture_that_came_makes_another_version(tmp_path):
    products = [{"handle": "a", "title": "A", "pictures": [{"source": "a.png"}]}]
    without, _, _ = staged(tmp_path, write_store(tmp_path / "store", products=products))
    (tmp_path / "store" / "a.png").write_bytes(b"x")
    (tmp_path / "scratch" / "stage.sqlite").unlink()
    (tmp_path / "scratch").rmdir()
    with_it, _, _ = staged(tmp_path, tmp_path / "store")
    assert without[Kind.PRODUCT, "a"].digest != with_it[Kind.PRODUCT, "a"].digest
    assert without[Kind.PRODUCT, "a"].line == with_it[Kind.PRODUCT, "a"].line
