import json

import pytest

from shopwright.bootstrap.cells import MAIN, Cells, read_cells
from shopwright.database.cluster import open_cluster
from shopwright.errors import SettingsError
from shopwright.settings import DatabaseSettings, Secret


def written(path, content):
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    path.chmod(0o600)
    return path


@pytest.fixture
def settings(mongo_uri, tmp_path):
    """Two cells that are one server: what matters here is which connection is used."""
    file = written(tmp_path / "cells.json", {"other": mongo_uri})
    return DatabaseSettings(Secret(mongo_uri), None, tmp_path / "mongo", cells=file)


async def test_a_cell_is_connected_when_it_is_needed(settings, mongo_uri):
    async with open_cluster(mongo_uri) as main, Cells(main, settings) as cells:
        assert cells.names == (MAIN, "other")
        assert await cells.cluster(MAIN) is main
        other = await cells.cluster("other")
        assert other is not main
        assert await cells.cluster("other") is other
        assert cells.uri("other") == mongo_uri
        assert mongo_uri not in repr(main)
        with pytest.raises(SettingsError, match="SHOPWRIGHT_CELLS: No cell is called 'third'"):
            await cells.cluster("third")


async def test_every_tenant_with_where_it_lives(settings, mongo_uri):
    async with open_cluster(mongo_uri) as main, Cells(main, settings) as cells:
        await main.client.t_celled.things.insert_one({})
        found = [(cluster is main) async for cluster, tenant in cells.everyone() if tenant == "celled"]
        await main.client.drop_database("t_celled")
    assert found == [True, False]


async def test_a_cell_has_room_until_it_holds_what_it_may(settings, mongo_uri, monkeypatch):
    held = {MAIN: 2, "other": 1}
    async with open_cluster(mongo_uri) as main, Cells(main, settings) as cells:
        cells.most_tenants = 2

        async def tenants(cluster):
            return ["x"] * held[MAIN if cluster is main else "other"]

        monkeypatch.setattr(type(main), "tenants", tenants)
        assert await cells.with_room() == "other"
        with pytest.raises(SettingsError, match=r"The cell main holds 2 tenants"):
            await cells.with_room(MAIN)
        held["other"] = 2
        with pytest.raises(SettingsError, match=r"SHOPWRIGHT_TENANTS_PER_CELL: Each cell holds 2 tenants"):
            await cells.with_room()
        held[MAIN] = 1
        assert await cells.with_room() == await cells.with_room(MAIN) == MAIN


def test_cells_of_a_file(tmp_path):
    cells = {"eu-2": "mongodb://u:p@db", "us.1": "mongodb+srv://db"}
    assert read_cells(written(tmp_path / "cells", cells)) == cells


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        "not json",
        {"main": "mongodb://secret"},
        {"A": "mongodb://secret"},
        {"a": "postgres://secret"},
        {"a": 1},
        {"a": "mongodb://" + "s" * 5_000},
        {f"a{number}": "mongodb://secret" for number in range(101)},
        json.dumps({"a": "mongodb://secret"}) + " " * 70_000,
    ],
)
def test_what_is_no_file_of_cells_is_refused_and_not_shown(tmp_path, content):
    path = written(tmp_path / "cells", content)
    with pytest.raises(SettingsError, match="it is no JSON object of names and connection strings") as caught:
        read_cells(path)
    assert caught.value.where == "SHOPWRIGHT_CELLS"
    assert "secret" not in str(caught.value)


def test_a_file_others_can_read_is_refused(tmp_path):
    path = written(tmp_path / "cells", {"a": "mongodb://secret"})
    path.chmod(0o644)
    with pytest.raises(SettingsError, match=f"others can read it, and it holds passwords. Run chmod 600 {path}"):
        read_cells(path)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(SettingsError, match=r"it cannot be read \(No such file or directory\)"):
        read_cells(tmp_path / "none")
