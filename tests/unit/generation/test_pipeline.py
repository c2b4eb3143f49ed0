"""The line in one function: what it tells, and what it does when it cannot go on. Whole stores: ``tests/stores``."""

import sqlite3

import pytest
from tests.stores.small import BARE, NOW, product, write_source

from shopwright.errors import BuildError, SourceError, StorageError, ThemeError
from shopwright.generation import pipeline
from shopwright.generation.completion import EVERYTHING
from shopwright.generation.pipeline import Order, build_store


def order(tmp_path, source=None, **values):
    source = source or write_source(tmp_path / "source", [product("luna"), product("sol")])
    usual = {"date": NOW, "cache": tmp_path / "cache", "workers": 1, "theme": str(BARE)}
    return Order(source=source, out=tmp_path / "site", **{**usual, **values})


def silent(_stage, _done):
    """Progress that nobody watches."""


def test_a_store_is_built_and_every_stage_counted(tmp_path):
    told = []
    built = build_store(order(tmp_path), lambda stage, done: told.append((stage, done)))
    stages = dict.fromkeys(stage for stage, _ in told)
    assert list(stages) == ["read", "pictures", "pages"]
    for stage in stages:
        counted = [done for name, done in told if name == stage]
        assert counted == list(range(1, len(counted) + 1))
    data = [path for path in (tmp_path / "site").rglob("*.json") if path.name != "audit.json"]
    assert told[-1] == ("pages", built.pages + len(data))
    assert built.seconds > 0
    assert {fault.code for fault in built.faults} == {"translation-missing"}
    assert [path.name for path in tmp_path.glob(".site*")] == []


def pictures_of(site):
    """Names of picture formats that pages show."""
    html = "".join(path.read_text() for path in site.rglob("*.html"))
    return {name for name in ("avif", "webp", "jpg", "png") if f".{name} " in html}


def test_pictures_are_completed_once_the_store_is_published(tmp_path):
    """The first run shows the publishable set; what the second adds is written, and only the pages that show it."""
    source = write_source(tmp_path / "source", [product("luna"), product("bare", pictures=[])])
    plain = build_store(order(tmp_path, source), silent)
    site = tmp_path / "site"
    assert (plain.pictures["complete"], plain.pictures["incomplete"]) == (0, 1)
    before = {path: path.stat().st_ino for path in site.rglob("*.html")}
    told = []
    built = build_store(order(tmp_path, source, rest_seconds=EVERYTHING), lambda stage, _done: told.append(stage))
    assert list(dict.fromkeys(told)) == ["read", "pictures", "pages", "rest"]
    assert (built.pictures["complete"], built.pictures["incomplete"], built.pictures["reused"]) == (1, 0, 1)
    assert (built.pages, built.removed) == (plain.pages, 0)
    luna, terms = site / "products" / "luna" / "index.html", site / "policies" / "returns" / "index.html"
    assert luna.stat().st_ino != before[luna]
    assert terms.stat().st_ino == before[terms]
    assert build_store(order(tmp_path, source), silent).written == 0


def test_an_interrupted_second_tier_leaves_the_publishable_store(tmp_path, monkeypatch):
    def interrupt(*words):
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "complete_pictures", interrupt)
    with pytest.raises(KeyboardInterrupt):
        build_store(order(tmp_path, rest_seconds=EVERYTHING), silent)
    assert pictures_of(tmp_path / "site") == {"webp", "png"}


def test_faults_of_the_catalogue_the_pictures_and_the_pages_are_reported_together(tmp_path):
    twins = [product("luna", title="Twin"), product("sol", title="Twin", pictures=[{"source": "gone.jpg"}])]
    built = build_store(order(tmp_path, write_source(tmp_path / "source", twins)), silent)
    assert list(dict.fromkeys(fault.code for fault in built.faults)) == [
        *("picture-missing", "alt-missing", "picture-unusable", "translation-missing", "page-same-description")
    ]


def test_the_theme_of_the_order_goes_before_the_stores(tmp_path):
    with pytest.raises(ThemeError, match="no theme 'gone'"):
        build_store(order(tmp_path, theme="gone"), silent)
    source = write_source(tmp_path / "other", [product("luna")], theme="nowhere")
    with pytest.raises(ThemeError, match="no theme 'nowhere'"):
        build_store(order(tmp_path, source, theme=None), silent)


@pytest.mark.parametrize(
    ("products", "error", "message"),
    [([], BuildError, "no product of the catalogue can be shown"), (None, SourceError, "no such file or folder")],
)
def test_what_cannot_be_built_leaves_nothing(tmp_path, products, error, message):
    source = tmp_path / "gone" if products is None else write_source(tmp_path / "source", products)
    with pytest.raises(error, match=message):
        build_store(order(tmp_path, source), silent)
    assert not (tmp_path / "site").exists()
    assert [path.name for path in tmp_path.glob(".site*")] == []


def test_a_full_disk_of_temporary_files_is_one_clear_message(tmp_path, monkeypatch):
    class Full(pipeline.Spool):
        def set_card(self, position, card, thing):
            raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(pipeline, "Spool", Full)
    with pytest.raises(StorageError, match=r"temporary files cannot be written: database or disk is full\. Free some"):
        build_store(order(tmp_path), silent)
    assert not (tmp_path / "site").exists()
