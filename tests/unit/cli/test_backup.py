"""``backup``, ``backups``, ``restore`` in this process; what they promise: ``tests/mongo/test_backup.py``."""

import json
from types import SimpleNamespace

import pymongo
import pytest
from click.testing import CliRunner

from shopwright.cli import backup as backup_module
from shopwright.cli import backup_place
from shopwright.cli import restore as restore_module
from shopwright.cli.backup import backup
from shopwright.cli.backup_place import key_to_read
from shopwright.cli.backups import backups
from shopwright.cli.restore import restore
from shopwright.database.backup.manifest import readable
from shopwright.database.backup.vault import Vault
from shopwright.database.server.private_server import private_server
from shopwright.errors import BackupError, SettingsError, StorageError
from shopwright.settings import read_backup_settings, read_database_settings, read_settings
from shopwright.storage.objects.folder import FolderObjects


@pytest.fixture(scope="module")
def uri(tmp_path_factory, mongo_uri):
    with private_server(tmp_path_factory.mktemp("backup")) as uri:
        yield uri


@pytest.fixture
def place(tmp_path, monkeypatch, uri):
    """A folder for backups, and settings that belong to the test."""
    given = {"SHOPWRIGHT_STATE": str(tmp_path / "state"), "MONGODB_URI": uri, "HOME": str(tmp_path)}
    for module in (backup_module, restore_module):
        monkeypatch.setattr(module, "current_database_settings", lambda: read_database_settings(given))
        monkeypatch.setattr(module, "current_settings", lambda: read_settings(given))
    for module in (backup_module, backup_place):
        monkeypatch.setattr(module, "current_backup_settings", lambda: read_backup_settings(given))
    with pymongo.MongoClient(uri) as client:
        client.drop_database("t_copy")
        client.drop_database("control")
        client.drop_database("t_acme")
        client.t_acme.things.replace_one({"_id": 1}, {"n": 1}, upsert=True)
    return tmp_path / "place"


def run(command, *words):
    return CliRunner().invoke(command, [str(word) for word in words])


def told(command, *words):
    done = run(command, *words, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_saved_listed_checked_restored_rehearsed(place):
    made = told(backup, "--to", place)
    assert (made["databases"], made["documents"], made["pictures"], made["removed"]) == (["t_acme"], 1, 0, [])
    listed = told(backups, "--from", place, "--check")
    assert [one["snapshot"] for one in listed["snapshots"]] == [made["snapshot"]]
    assert (listed["checked"], listed["pictures"]) == (1, 0)
    done = told(restore, "--from", place, "--tenant", "acme", "--as", "copy")
    assert (done["databases"], done["documents"]) == (["t_copy"], 1)
    assert told(restore, "--from", place, "--rehearse")["collections"] >= 1
    assert set(told(restore, "--from", place, "--replace")["databases"]) >= {"t_acme"}


def events(uri, tenant):
    with pymongo.MongoClient(uri) as client:
        return [(one["_id"], one["action"], one["target"]) for one in client[f"t_{tenant}"].audit.find().sort("_id")]


def test_each_leaves_its_event_and_the_trail_is_not_taken_back(place, uri):
    first = told(backup, "--to", place)["snapshot"]
    second = told(backup, "--to", place, "--tenant", "acme")["snapshot"]
    taken = [(1, "backup.create", f"backup/{first}"), (2, "backup.create", f"backup/{second}")]
    assert events(uri, "acme") == taken
    told(restore, "--from", place, "--tenant", "acme", "--snapshot", first, "--replace")
    assert events(uri, "acme") == [*taken, (3, "backup.restore", "tenant/acme")]
    told(restore, "--from", place, "--tenant", "acme", "--as", "copy", "--snapshot", first)
    assert events(uri, "copy")[-1][1:] == ("backup.restore", "tenant/acme")


def test_one_tenant_and_the_log(place):
    assert told(backup, "--to", place, "--tenant", "acme")["removed"] == []
    assert set(told(backup, "--to", place, "--log")) == {"segments", "until"}


def test_in_words(place):
    first = run(backup, "--to", place)
    assert "Keep a copy elsewhere" in first.stderr
    assert "1 document (0.0 MB) of 1 database as of" in first.stdout
    assert "everything" in run(backups, "--from", place).stdout
    assert "is sound: 1 document and 0 pictures read" in run(backups, "--from", place, "--check").stdout
    assert "database restored as of" in run(restore, "--from", place, "--replace").stdout
    assert "is the same as in the live server" in run(restore, "--from", place, "--rehearse").stdout


def test_a_schedule_goes_on_until_it_is_stopped(place, monkeypatch):
    made = told(backup, "--to", place)["snapshot"]
    manifest = next(one for one in readable(Vault(FolderObjects(place), key_to_read())) if one.id == made)
    done, tries = [], iter([manifest, BackupError("the disk is full"), "log", None, KeyboardInterrupt()])

    def keep_up(self, schedule, now, progress):
        done.append(schedule)
        result = next(tries)
        if isinstance(result, BaseException):
            raise result
        return result

    monkeypatch.setattr(backup_module.Backups, "keep_up", keep_up)
    monkeypatch.setattr(backup_module, "_PAUSE_SECONDS", 0)
    ended = run(backup, "--to", place, "--every", "2h", "--keep", "3")
    assert (ended.exit_code, len(done)) == (0, 5)
    assert [line.partition(": ")[2] for line in ended.stdout.splitlines()] == ["snapshot", "log"]
    assert "the disk is full" in ended.stderr
    assert (done[0].every.total_seconds(), done[0].log_every.total_seconds(), done[0].keep) == (7_200, 300, 3)


@pytest.mark.parametrize(
    ("command", "words", "kind", "message"),
    [
        (backup, (), SettingsError, "no place for backups"),
        (backup, ("--to", "x", "--tenant", "acme", "--every", "1h"), SettingsError, "of everything"),
        (restore, ("--as", "copy"), SettingsError, "a copy of one tenant"),
        (restore, ("--rehearse", "--tenant", "acme"), SettingsError, "a rehearsal is of everything"),
    ],
)
def test_what_does_not_go_together(place, command, words, kind, message):
    done = run(command, *words)
    assert isinstance(done.exception, kind)
    assert message in str(done.exception)


def test_an_empty_place_is_said(place):
    told(backup, "--to", place)
    done = run(backups, "--from", place.parent / "empty")
    assert isinstance(done.exception, BackupError)
    assert "there is no backup" in str(done.exception)


@pytest.mark.parametrize(("command", "words"), [(backup, ("--every", "often")), (restore, ("--at", "yesterday"))])
def test_what_is_no_time(place, command, words):
    assert run(command, *words).exit_code == 2


def test_a_time_carries_its_offset_or_is_utc(place, monkeypatch):
    asked = []
    monkeypatch.setattr(restore_module.Backups, "restore_everything", lambda self, at, **_: asked.append(at) or 1 / 0)
    told(backup, "--to", place)
    run(restore, "--from", place, "--at", "2026-03-01T12:00:00+02:00")
    run(restore, "--from", place, "--at", "2026-03-01T10:00:00")
    assert [at.timestamp() for at in asked] == [1_772_359_200.0] * 2


def test_a_snapshot_whose_pictures_cannot_be_saved_is_none(place, tmp_path):
    told(backup, "--to", place)
    pictures = tmp_path / "state/tenants/acme/pictures"
    pictures.mkdir(parents=True)
    (pictures / "unreadable").symlink_to("/proc/self/mem")
    failed = run(backup, "--to", place)
    assert isinstance(failed.exception, StorageError)
    assert "it cannot be read: Input/output error" in str(failed.exception)
    assert len(told(backups, "--from", place, "--check")["snapshots"]) == 1
    assert len(list((place / "snapshots").iterdir())) == 2  # nothing but an empty folder is left of it


def test_what_fails_is_begun_anew_after_longer_and_longer_pauses(place, monkeypatch):
    pauses, tries = [], iter([BackupError("full")] * 4 + [None, BackupError("full"), KeyboardInterrupt()])

    def keep_up(self, schedule, now, progress):
        result = next(tries)
        if result is not None:
            raise result

    monkeypatch.setattr(backup_module.Backups, "keep_up", keep_up)
    monkeypatch.setattr(backup_module, "_LONGEST_PAUSE_SECONDS", 5.0)
    monkeypatch.setattr(backup_module, "time", SimpleNamespace(sleep=pauses.append))
    assert run(backup, "--to", place, "--every", "2h").exit_code == 0
    assert pauses == [1.0, 2.0, 4.0, 5.0, 1.0, 1.0]


def test_a_restore_of_what_is_in_no_backup_leaves_nothing_behind(place, uri, tmp_path):
    told(backup, "--to", place)
    for words, what in (
        (("--tenant", "nobody"), "no snapshot holds the tenant 'nobody'"),
        (("--tenant", "acme", "--snapshot", "none"), "there is no snapshot 'none'"),
        (
            ("--tenant", "acme", "--at", "2020-01-01T00:00:00Z"),
            "no snapshot before 2020-01-01 00:00:00 UTC holds the tenant",
        ),
    ):
        refused = run(restore, "--from", place, *words, "--as", "copy", "--replace")
        assert isinstance(refused.exception, BackupError)
        assert what in str(refused.exception)
    with pymongo.MongoClient(uri) as client:
        assert "t_copy" not in client.list_database_names()
        assert client.control.data_keys.count_documents({"keyAltNames": "copy"}) == 0
    assert not (tmp_path / "state/tenants/copy").exists()
