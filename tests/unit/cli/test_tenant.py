"""The commands of ``shopwright tenant``, against a real server: a tenant's whole life."""

import json
from pathlib import Path
from uuid import uuid4

import pytest
from click.testing import CliRunner
from tests.unit.bootstrap.lives import write_store

from shopwright.cli.catalog_import import import_ as catalog_import
from shopwright.cli.tenant import tenant
from shopwright.cli.tenant_create import create
from shopwright.cli.tenant_delete import delete
from shopwright.cli.tenant_export import export
from shopwright.cli.tenant_import import import_
from shopwright.cli.tenant_list import list as list_tenants
from shopwright.cli.tenant_move import move
from shopwright.cli.tenant_proof import proof
from shopwright.cli.tenant_resume import resume
from shopwright.cli.tenant_show import show
from shopwright.cli.tenant_suspend import suspend
from shopwright.cli.tenant_update import update
from shopwright.database.backup.key import load_or_make_key
from shopwright.errors import SettingsError, StorageError, TenantError
from shopwright.settings import current_backup_settings, current_database_settings, current_settings


@pytest.fixture
def platform(mongo_uri, other_mongo_uri, tmp_path, monkeypatch):
    """The settings name the servers and folders of the tests."""
    cells = tmp_path / "cells.json"
    cells.write_text(json.dumps({"other": other_mongo_uri}))
    cells.chmod(0o600)
    monkeypatch.setenv("MONGODB_URI", mongo_uri)
    monkeypatch.setenv("SHOPWRIGHT_CELLS", str(cells))
    monkeypatch.setenv("SHOPWRIGHT_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("SHOPWRIGHT_CACHE", str(tmp_path / "cache"))
    for current in (current_database_settings, current_settings, current_backup_settings):
        current.cache_clear()
    yield
    for current in (current_database_settings, current_settings, current_backup_settings):
        current.cache_clear()


def run(command, *words):
    done = CliRunner().invoke(command, [str(word) for word in words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_what_it_can_do_is_listed():
    names = {"create", "delete", "export", "import", "list", "move", "proof", "resume", "show", "suspend", "update"}
    assert names <= set(tenant.list_commands(None))
    assert tenant.get_command(None, "import") is import_
    assert tenant.get_command(None, "list") is list_tenants


def removed(handle, *words):
    """What is printed when a tenant is deleted."""
    return run(delete, handle, "--confirm", handle, *words)


def test_made_changed_suspended_listed_moved(platform):
    handle = f"test-{uuid4().hex}"
    made = run(create, handle, "--title", "Luna & Co.", "--owner", "ann@shop.example")
    assert made.startswith(f"{handle}  active  plan ")
    assert made.splitlines()[1].startswith(f"  invitation of ann@shop.example: {handle}.")
    assert run(suspend, handle).split()[1] == "suspended"
    assert run(resume, handle).split()[1] == "active"
    assert json.loads(run(update, handle, "--title", "Moon", "--json"))["title"] == "Moon"
    assert run(show, handle).endswith("Moon\n")
    listed = json.loads(run(list_tenants, "--state", "active", "--after", handle[:-1], "--limit", "1", "--json"))
    assert [found["id"] for found in listed["tenants"]] == [handle]
    assert run(list_tenants, "--state", "deleting") == "There is no such tenant.\n"
    moved = run(move, handle, "--to", "other").splitlines()
    assert "cell other" in moved[0]
    assert "collections compared, frozen for" in moved[1]
    with pytest.raises(TenantError, match="it is not being moved"):
        run(move, handle, "--undo")
    assert json.loads(removed(handle, "--json"))["report"]["not_looked_at"] == [
        "backups: none was named, and SHOPWRIGHT_BACKUP_TO is empty",
        "published stores: no --target was named",
    ]


def test_exported_imported_and_deleted_with_proof(platform, tmp_path):
    handle, copy = (f"test-{uuid4().hex}{end}" for end in ("", "-2"))
    run(create, handle, "--owner", "ann@shop.example")
    write_store(tmp_path / "source", 2)
    run(catalog_import, tmp_path / "source", "--store", "luna", "--tenant", handle)
    assert " files (" in run(export, handle, "--out", tmp_path / "a.zip")
    back = run(import_, tmp_path / "a.zip", "--tenant", copy)
    assert "stores: luna; 0 other documents" in back
    assert f"invitation of ann@shop.example: {copy}." in back

    load_or_make_key(current_backup_settings().key)
    (tmp_path / "target").mkdir()
    deleted = removed(handle, "--target", tmp_path / "target", "--backups", tmp_path / "vault")
    assert deleted.startswith(f"{handle} is deleted. Looked at ")
    report = Path(deleted.rsplit("The signed report is ", 1)[1].rstrip(".\n"))
    assert run(proof, report).startswith(f"The signature is right.\n{handle} is deleted.")
    assert json.loads(run(proof, report, "--json"))["report"]["not_looked_at"] == []
    report.write_bytes(report.read_bytes().replace(b'"found": 0', b'"found": 1', 1))
    with pytest.raises(StorageError, match="its signature is false"):
        run(proof, report)
    removed(copy)


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (update, ("luna",)),
        (move, ("luna",)),
        (move, ("luna", "--to", "other", "--undo")),
        (delete, ("luna", "--confirm", "nova")),
    ],
)
def test_what_is_called_wrongly_does_nothing(command, words):
    with pytest.raises(SettingsError):
        run(command, *words)
