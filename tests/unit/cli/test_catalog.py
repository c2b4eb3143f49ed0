"""The commands of ``shopwright catalog``, on a real server; they share shopwright.cli.product_filter."""

import asyncio
import re
from pathlib import Path
from uuid import uuid4

import orjson
import pytest
from click.testing import CliRunner
from pymongo import MongoClient
from tests.stores.small import product, write_source

from shopwright.audit.repository.trail import AuditTrail
from shopwright.audit.search import Wanted
from shopwright.bootstrap.tenant import open_tenant
from shopwright.cli import kept_catalog
from shopwright.cli import source as source_module
from shopwright.cli.main import shopwright
from shopwright.cli.source import laid_out
from shopwright.errors import ChangeRefused, SettingsError, ShopwrightError, SourceError, StorageError
from shopwright.settings import DatabaseSettings, Secret


@pytest.fixture
def run(mongo_uri, tmp_path, monkeypatch):
    """Run a command of a tenant of its own; its output."""
    settings = DatabaseSettings(Secret(mongo_uri), None, tmp_path / "mongo")
    for module in (kept_catalog, source_module):
        monkeypatch.setattr(module, "current_database_settings", lambda: settings)
    tenant = f"test-{uuid4().hex}"

    def go(name, *words, store="luna"):
        command = ["catalog", name, *map(str, words), "--tenant", tenant, *(["--store", store] if store else [])]
        result = CliRunner().invoke(shopwright, command, standalone_mode=False)
        if result.exception:
            raise result.exception
        return result.stdout

    go.tenant = tenant
    yield go
    drop(mongo_uri, tenant)


async def failures(uri, tenant, folder):
    """What failed, as the trail says it, the newest first."""
    async with open_tenant(DatabaseSettings(Secret(uri), None, folder / "mongo"), tenant) as database:
        found = (await AuditTrail(database).search(Wanted(action="catalog"), 50)).events
        return [(one["event.action"], one["event.reason"]) for one in found if one["event.outcome"] == "failure"]


def drop(uri, tenant):
    with MongoClient(uri) as client:
        client.drop_database(f"t_{tenant}")


@pytest.fixture
def source(tmp_path):
    products = [product(handle, collections=["round"], brand="Lumen") for handle in ("aria", "bosco", "cedar")]
    return write_source(tmp_path / "source", products)


def test_an_import_says_what_it_did(run, source):
    printed = run("import", source)
    assert "3 rows: 3 used" in printed
    assert re.search(r"1  \d{4}-\S+ \S+ UTC  \S+  import from source: 6 added; 3 products", printed)
    again = orjson.loads(run("import", source, "--json"))
    assert (again["revision"], again["report"]["products"]) == (None, 3)
    assert "Nothing differs" in run("import", source)


@pytest.fixture
def lived(run, source, tmp_path):
    """Five revisions: an import, two edits, a deletion, a restoration."""
    run("import", source)
    edited = orjson.loads(run("edit", "aria", "bosco", "--patch", '{"title": "New one"}', "--json"))
    assert (edited["revision"], edited["changed"], edited["act"]) == (2, 2, "edit")
    (tmp_path / "patch.json").write_text('{"brand": "Other"}')
    assert "3 changed" in run("edit", "--in-collection", "round", "--patch", f"@{tmp_path / 'patch.json'}")
    assert "deleted; 2 products" in run("delete", "cedar")
    with pytest.raises(ChangeRefused):
        run("show", "cedar")
    assert "restore: 1 added" in run("restore", "cedar")
    return run


def test_products_are_found(lived):
    run = lived
    assert run("find", "new").split()[0] == "aria"
    assert "cedar  Cedar    Other  129.00 EUR  active" in run("find", "--brand", "Other")
    page = orjson.loads(run("find", "--in-collection", "round", "--sort", "price", "--limit", "2", "--json"))
    assert [one["handle"] for one in page["products"]] == ["aria", "bosco"]
    rest = run("find", "--in-collection", "round", "--sort", "price", "--limit", "2", "--after", page["next"])
    assert rest.split()[0] == "cedar"
    assert "There are more: --after " in run("find", "--limit", "1")
    assert run("find", "--number", "aria-b").split()[0] == "aria"
    assert run("find", "--number", "none") == "No product is like that.\n"

    assert orjson.loads(run("show", "cedar", "--revision", "1"))["title"] == "Cedar"
    assert orjson.loads(run("show", "round", "--collection"))["title"] == "Round"


def test_one_looks_back_and_goes_back(lived):
    run = lived
    assert 'changed product aria  {"title":"New one"}' in run("diff", "2")
    line = orjson.loads(run("diff", "5", "--json"))
    assert (line["kind"], line["key"], line["action"]) == ("product", "cedar", "added")

    with pytest.raises(ChangeRefused, match="changed again since"):
        run("undo", "2")
    assert "undo of revision 2: 2 changed" in run("undo", "2", "--merge")
    log = [orjson.loads(each) for each in run("log", "--json").splitlines()]
    assert [each["revision"] for each in log] == [6, 5, 4, 3, 2, 1]
    assert len(run("log", "--limit", "2").splitlines()) == 2
    feed = [orjson.loads(each) for each in run("watch", "--since", "4", "--once").splitlines()]
    assert [(each["revision"], each["key"]) for each in feed] == [(5, "cedar"), (6, "aria"), (6, "bosco")]


def test_what_is_kept_is_exported_and_pruned(lived, tmp_path):
    run = lived
    assert "3 products written to" in run("export", "--out", tmp_path / "out")
    with pytest.raises(StorageError, match="exists already"):
        run("export", "--out", tmp_path / "out")
    assert (tmp_path / "out" / "pictures" / "frame.svg").exists()
    assert "versions removed" in run("prune", "--keep", "1")
    with pytest.raises(ChangeRefused, match="not kept"):
        run("show", "aria", "--revision", "1")


@pytest.mark.parametrize(
    "module",
    [
        "shopwright.cli.catalog_delete",
        "shopwright.cli.catalog_diff",
        "shopwright.cli.catalog_edit",
        "shopwright.cli.catalog_export",
        "shopwright.cli.catalog_find",
        "shopwright.cli.catalog_import",
        "shopwright.cli.catalog_log",
        "shopwright.cli.catalog_prune",
        "shopwright.cli.catalog_restore",
        "shopwright.cli.catalog_show",
        "shopwright.cli.catalog_undo",
        "shopwright.cli.catalog_watch",
    ],
)
def test_each_command_says_what_it_does(module):
    name = module.rpartition("_")[2]
    result = CliRunner().invoke(shopwright, ["catalog", name, "--help"])
    assert result.exit_code == 0
    assert "--store TEXT" in result.stdout


def test_a_part(run, source, tmp_path):
    run("import", source)
    part = write_source(tmp_path / "part", [product("new")])
    revision = orjson.loads(run("import", part, "--partial", "--json"))["revision"]
    assert (revision["added"], revision["deleted"], revision["products"]) == (1, 0, 4)


def test_what_makes_no_sense(run, tmp_path):
    for words, error in (
        (("edit", "--patch", "{}"), ChangeRefused),
        (("edit", "--patch", '{"a": 1}'), SettingsError),
        (("edit", "aria", "--brand", "X", "--patch", '{"a": 1}'), SettingsError),
        (("edit", "aria", "--patch", f"@{tmp_path / 'none'}"), SourceError),
        (("find", "word", "--brand", "X"), SettingsError),
        (("find", "--brand", "X", "--status", "draft"), SettingsError),
        (("find", "--after", "?"), ShopwrightError),
        (("log",), ChangeRefused),
        (("import", tmp_path / "none"), SourceError),
    ):
        with pytest.raises(error):
            run(*words)


def test_the_faults_of_a_source_without_products_are_listed(run, tmp_path):
    source = write_source(tmp_path / "source", [])
    (source / "products.jsonl").write_text('{"handle": "a"}\n')
    with pytest.raises(ChangeRefused, match="holds no product"):
        run("import", source)


def test_a_build_reads_what_is_kept(run, source, tmp_path):
    run("import", source)
    run("delete", "cedar")
    for name, products in (("catalog:luna", 2), ("catalog:luna@1", 3)):
        with laid_out(Path(name), run.tenant) as (folder, theme):
            assert len((folder / "products.jsonl").read_bytes().splitlines()) == products
            assert theme is None
        assert not folder.exists()


def test_each_command_that_fails_to_change_something_leaves_its_event(run, source, mongo_uri, tmp_path):
    run("import", source)
    for words in (
        ("edit", "nobody", "--patch", '{"title": "x"}'),
        ("delete", "nobody"),
        ("restore", "nobody"),
        ("undo", "9"),
    ):
        with pytest.raises(ChangeRefused):
            run(*words)
    with pytest.raises(ChangeRefused):
        run("prune", "--keep", "1", store="nobody")
    with pytest.raises(ShopwrightError):
        run("show", "nobody")
    assert asyncio.run(failures(mongo_uri, run.tenant, tmp_path)) == [
        *(("catalog.prune", "not-kept"), ("catalog.undo", "not-kept")),
        *(("catalog.restore", "not-kept"), ("catalog.delete", "not-kept"), ("catalog.edit", "not-kept")),
    ]
