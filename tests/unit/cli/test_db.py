"""The commands of ``shopwright db`` that look after the schema and run the private server."""

import json
import os
import signal
import subprocess
import sys

import pytest
from click.testing import CliRunner

from shopwright.cli.db import db
from shopwright.cli.db_migrate import migrate
from shopwright.cli.db_rotate import rotate
from shopwright.cli.db_serve import serve
from shopwright.cli.db_status import status
from shopwright.settings import current_database_settings


@pytest.fixture
def deployment(mongo_uri, monkeypatch):
    """The settings name the server of the tests; one tenant of it is ours."""
    from pymongo import MongoClient

    monkeypatch.setenv("MONGODB_URI", mongo_uri)
    current_database_settings.cache_clear()
    with MongoClient(mongo_uri) as client:
        yield client.t_ours
        client.drop_database("t_ours")
    current_database_settings.cache_clear()


def run(command, *words):
    return CliRunner().invoke(command, words, catch_exceptions=False)


def test_what_it_can_do_is_listed():
    assert {"check", "migrate", "rotate", "serve", "status"} <= set(db.list_commands(None))
    assert db.get_command(None, "serve") is serve


def test_a_database_is_migrated_and_as_expected(deployment):
    before = run(status, "--tenant", "ours")
    assert before.exit_code == 1
    assert "ours: not as expected\n  to migrate: schema (shopwright db migrate)\n" in before.output
    assert run(migrate, "--tenant", "ours").output == "ours: up to date, 0 documents changed.\n"
    after = run(status, "--tenant", "ours")
    assert (after.exit_code, after.output.splitlines()[1:]) == (0, ["ours: as expected"])


def test_both_give_json(deployment):
    assert json.loads(run(migrate, "--tenant", "ours", "--json").output) == {"changed": {"ours": 0}}
    deployment.products.drop_index("store_1_until_1")
    deployment.products.find_one({"_id": 1})
    told = json.loads(run(status, "--tenant", "ours", "--json").output)["tenants"]
    assert [tenant["drift"] for tenant in told] == [["products.store_1_until_1: missing index"]]
    assert all(name.startswith("products.") for name in told[0]["unused"])
    shown = run(status, "--tenant", "ours").output
    assert "  differs: products.store_1_until_1: missing index\n" in shown
    assert "`shopwright db migrate` puts right" in shown
    assert "  indexes unused since the server started: " in shown


def test_what_was_changed_by_hand_is_put_right(deployment):
    run(migrate, "--tenant", "ours")
    deployment.products.drop_index("store_1_until_1")
    deployment.command("collMod", "products", validator={})
    assert run(status, "--tenant", "ours").exit_code == 1
    run(migrate, "--tenant", "ours")
    assert run(status, "--tenant", "ours").exit_code == 0


def test_users_are_rotated_and_retired(deployment):
    run(migrate, "--tenant", "ours")
    made = run(rotate)
    assert made.output.splitlines()[0].endswith("/database-users.key.")
    assert json.loads(run(rotate, "--json").output)["databases"] >= 2
    assert run(rotate, "--retire").output.endswith(" database users of earlier secrets removed.\n")
    assert json.loads(run(rotate, "--retire", "--json").output) == {"retired": 0}
    assert run(status, "--tenant", "ours").exit_code == 0


def test_it_is_told_when_the_database_keeps_nobody_apart(deployment, monkeypatch, tmp_path, mongo_uri):
    run(migrate, "--tenant", "ours")
    cells = tmp_path / "cells.json"
    cells.write_text(json.dumps({"other": mongo_uri}))
    cells.chmod(0o600)
    monkeypatch.setenv("SHOPWRIGHT_TENANT_USERS", "no")
    monkeypatch.setenv("SHOPWRIGHT_CELLS", str(cells))
    current_database_settings.cache_clear()
    told = run(status, "--tenant", "ours")
    assert (told.exit_code, told.output.splitlines()[1:]) == (0, [
        "Cells: main, other.",
        "SHOPWRIGHT_TENANT_USERS=no: only Shopwright itself keeps tenants apart, not the database.",
        "ours: as expected",
    ])  # fmt: skip


def serving(tmp_path, **more):
    command = [sys.executable, "-m", "shopwright", "db", "serve"]
    environment = {**os.environ, "SHOPWRIGHT_STATE": str(tmp_path), **more}
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_the_private_server_runs_until_it_is_stopped(tmp_path):
    with serving(tmp_path) as first:
        assert first.stdout.readline().startswith("The private database runs (process ")
        with serving(tmp_path) as second:
            assert "Another process already runs the private database" in second.stderr.read()
            assert second.wait() == 1
        first.send_signal(signal.SIGTERM)
        assert first.stdout.read() == "The private database has stopped.\n"
        assert first.wait() == 0


def test_a_server_that_ends_by_itself_is_told(tmp_path):
    with serving(tmp_path) as process:
        pid = int(process.stdout.readline().split("process ")[1].partition(")")[0])
        os.kill(pid, signal.SIGKILL)
        assert "The private MongoDB server ended." in process.stderr.read()
        assert process.wait() == 1


def test_there_is_no_private_server_where_another_is_named(tmp_path):
    with serving(tmp_path, MONGODB_URI="mongodb://elsewhere") as process:
        assert "MONGODB_URI: it names a server, so there is no private one to run." in process.stderr.read()
        assert process.wait() == 1
