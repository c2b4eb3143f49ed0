"""Everything together, on a server that belongs to one test: there ``everything`` is what the test put into it."""

import dataclasses
import datetime as dt
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from bson import Timestamp
from pymongo import MongoClient

from shopwright.database.backup import restore as restore_module
from shopwright.database.backup.backups import Backups, moment_of, scratch_server
from shopwright.database.backup.log import Segment, segments_of
from shopwright.database.backup.manifest import Manifest, snapshot_ids
from shopwright.database.backup.restore import digests_of
from shopwright.database.backup.retention import Schedule
from shopwright.database.backup.snapshot import current_time
from shopwright.errors import BackupError, LogGap, StorageError

MONDAY = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
GUIDE = Path(__file__).parents[4] / "docs/how-to/use-your-own-mongodb.md"


def quietly(done):
    del done


@pytest.fixture(scope="module")
def server(mongo_uri):
    """The group of ``mongo_uri`` keeps servers on one worker."""
    with scratch_server() as client:
        yield client


@pytest.fixture
def backups(server, vault):
    for name in ("t_acme", "t_other", "t_late", "t_copy", "control"):
        server.drop_database(name)
    server.t_acme.products.insert_many({"n": number} for number in range(50))
    server.t_other.products.insert_one({"n": 1})
    server.control.tenants.insert_one({"_id": "acme"})
    server.elsewhere.things.insert_one({})
    return Backups(server, vault)


def digests(client, database):
    return {name: digest.text for name, digest in digests_of(client, database, quietly).items()}


def test_everything_is_what_is_ours(backups):
    made = backups.take((), MONDAY, quietly)
    assert (list(made.databases), made.everything) == (["control", "t_acme", "t_other"], True)
    assert [found.id for found in backups.snapshots()] == [made.id]
    assert backups.check(made, quietly) == 52


def test_one_tenant_alone(backups):
    made = backups.take(["acme"], MONDAY, quietly)
    assert (list(made.databases), made.everything) == (["t_acme"], False)
    with pytest.raises(BackupError, match="there is no tenant 'nobody'"):
        backups.take(["nobody"], MONDAY, quietly)


def test_a_tenant_comes_back_alone_as_lately_as_is_known(backups, server):
    backups.take((), MONDAY, quietly)
    server.t_acme.products.insert_one({"late": 1})
    server.t_other.products.insert_one({"late": 1})
    backups.copy_log()
    wanted = digests(server, "t_acme")
    server.t_acme.products.delete_many({})
    server.t_other.products.insert_one({"later": 1})
    done = backups.restore_tenant("acme", "acme", None, replace=True, progress=quietly)
    assert (done.documents, done.operations) == (50, 1)
    assert digests(server, "t_acme") == wanted
    assert server.t_other.products.count_documents({}) == 3
    backups.restore_tenant("acme", "copy", None, replace=False, progress=quietly)
    assert digests(server, "t_copy") == wanted


def test_the_end_of_a_second(backups, server):
    """A writer that goes on; then the state at the end of a second that has passed."""
    backups.take((), MONDAY, quietly)
    ended, written = threading.Event(), []

    def write():
        with server.start_session() as session:
            number = 0
            while not ended.is_set():
                server.t_acme.products.insert_one({"step": number}, session=session)
                written.append((session.operation_time, number))
                number += 1

    writer = threading.Thread(target=write)
    writer.start()
    time.sleep(2.2)
    ended.set()
    writer.join()
    second = written[-1][0].time - 1
    server.control.tenants.insert_one({"_id": "after"})
    backups.copy_log()
    at = dt.datetime.fromtimestamp(second, dt.UTC)
    backups.restore_tenant("acme", "copy", at, replace=False, progress=quietly)
    found = sorted(document["step"] for document in server.t_copy.products.find({"step": {"$exists": True}}))
    wanted = [number for when, number in written if when.time <= second]
    assert 0 < len(wanted) < len(written)
    assert found == wanted


def test_everything_comes_back_with_what_was_made_after_the_snapshot(backups, server):
    backups.take((), MONDAY, quietly)
    server.t_late.products.insert_one({"n": 1})
    server.elsewhere.things.insert_one({})
    backups.copy_log()
    ours = ("control", "t_acme", "t_late", "t_other")
    wanted = {name: digests(server, name) for name in ours}
    for name in ours:
        server.drop_database(name)
    before = server.elsewhere.things.count_documents({})
    done = backups.restore_everything(None, replace=False, progress=quietly)
    assert tuple(done.databases) == ours
    assert {name: digests(server, name) for name in ours} == wanted
    assert server.elsewhere.things.count_documents({}) == before


def test_a_rehearsal_compares_every_document_with_the_live_server(backups, server):
    backups.take((), MONDAY, quietly)
    server.t_acme.products.update_many({}, {"$set": {"changed": True}})
    server.t_late.products.insert_one({"n": 1})
    rehearsed = backups.rehearse(quietly)
    assert rehearsed.restored.operations >= 51
    assert rehearsed.collections == 4
    assert rehearsed.restore_seconds > 0 < rehearsed.compare_seconds


def test_a_rehearsal_finds_what_differs(backups, server, monkeypatch):
    backups.take((), MONDAY, quietly)
    server.t_acme.products.insert_one({"n": 51})
    monkeypatch.setattr(Backups, "copy_log", lambda self: [])
    monkeypatch.setattr("shopwright.database.backup.backups.reach", lambda *_: current_time(server))
    monkeypatch.setattr("shopwright.database.backup.restore.chain_of", lambda *_: [])
    monkeypatch.setattr("shopwright.database.backup.restore.read_log", lambda *_: iter(()))
    with pytest.raises(BackupError, match=r"differs from what is there: t_acme\.products"):
        backups.rehearse(quietly)


def test_a_chain_that_broke_begins_anew_at_the_newest_snapshot(backups, server, vault):
    backups.take((), MONDAY, quietly)
    vault.delete(segment.name for segment in segments_of(vault))
    vault.write(Segment(Timestamp(0, 0), Timestamp(1, 0)).name, b"")
    server.t_acme.products.insert_one({})
    newest = backups.snapshots()[-1]
    assert [segment.start for segment in backups.copy_log()] == [newest.at]


def test_the_log_leads_from_a_snapshot_on_though_nothing_was_written_while_it_was_taken(backups, server, vault):
    older = backups.take((), MONDAY, quietly)
    vault.delete(segment.name for segment in segments_of(vault))
    server.t_acme.products.insert_one({"n": 51})
    newer = backups.take((), MONDAY + HOUR, quietly)
    found = segments_of(vault)
    assert (found[0].start, found[-1].end >= newer.at) == (older.at, True)


def test_a_second_in_which_nothing_was_written_is_in_the_log(backups, server):
    backups.take((), MONDAY, quietly)
    time.sleep(2.1)
    wanted = dt.datetime.now(dt.UTC) - dt.timedelta(seconds=1)
    backups.copy_log()
    assert backups.restore_tenant("acme", "copy", wanted, replace=False, progress=quietly).documents == 50


def test_a_gap_no_snapshot_closes_is_said(backups, server, vault, monkeypatch):
    backups.take((), MONDAY, quietly)
    server.t_acme.products.insert_one({})
    monkeypatch.setattr("shopwright.database.backup.log._refuse_gap", _refuse)
    with pytest.raises(LogGap, match="overwritten"):
        backups.copy_log()


def test_a_schedule_closes_a_gap_with_a_snapshot(backups, vault, monkeypatch):
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    backups.take((), now, quietly)
    monkeypatch.setattr(Backups, "copy_log", lambda self: _refuse(None, None))
    monkeypatch.setattr(Backups, "take", lambda self, tenants, taken, told: taken)
    assert backups.keep_up(Schedule(24 * HOUR, HOUR, keep=2), now + HOUR, quietly) == now + HOUR


def _refuse(client, since):
    raise LogGap("overwritten")


def test_the_log_needs_a_beginning(backups):
    with pytest.raises(BackupError, match="no snapshot to begin from"):
        backups.copy_log()


def test_a_schedule_is_kept_up_with(backups, server, vault):
    schedule = Schedule(every=24 * HOUR, log_every=HOUR, keep=2)
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    done = []
    for step in range(5):
        done.append(backups.keep_up(schedule, now + step * 24 * HOUR, quietly))
        server.t_acme.products.insert_one({"step": step})
    assert [made.taken for made in done] == [now + step * 24 * HOUR for step in range(5)]
    assert len(snapshot_ids(vault)) == 2
    last = now + 4 * 24 * HOUR
    assert backups.keep_up(schedule, last + HOUR / 2, quietly) is None
    assert backups.keep_up(schedule, last + HOUR, quietly) == "log"
    assert backups.prune(1, last).snapshots != []


def test_a_tenant_saved_meanwhile_does_not_put_off_the_snapshot_of_everything(backups, vault):
    schedule = Schedule(every=24 * HOUR, log_every=HOUR, keep=2)
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    backups.take(["acme"], now, quietly)
    assert isinstance(backups.keep_up(schedule, now, quietly), Manifest)
    backups.take(["acme"], now + 23 * HOUR, quietly)
    assert isinstance(backups.keep_up(schedule, now + 24 * HOUR, quietly), Manifest)


def test_a_clock_that_was_wrong_and_a_damaged_manifest_stop_no_schedule(backups, vault, tmp_path):
    schedule = Schedule(every=24 * HOUR, log_every=HOUR, keep=3)
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    backups.take((), now + 9_000 * HOUR, quietly)
    assert isinstance(backups.keep_up(schedule, now, quietly), Manifest)
    assert backups.keep_up(schedule, now, quietly) is None
    damaged = snapshot_ids(vault)[0]
    (tmp_path / "vault/snapshots" / damaged / "manifest").write_bytes(b"damaged")
    assert isinstance(backups.keep_up(schedule, now, quietly), Manifest)
    assert backups.keep_up(schedule, now, quietly) is None


def test_a_damaged_snapshot_is_passed_over_by_name(backups, server, vault, tmp_path):
    older = backups.take((), MONDAY, quietly)
    server.t_acme.products.insert_one({"n": 77})
    newer = backups.take((), MONDAY + HOUR, quietly)
    (tmp_path / "vault/snapshots" / newer.id / "000000").write_bytes(b"damaged")
    wanted = digests(server, "t_acme")
    with pytest.raises(BackupError):
        backups.restore_everything(None, replace=True, progress=quietly)
    done = backups.restore_everything(None, snapshot=older.id, replace=True, progress=quietly)
    assert (done.snapshot, digests(server, "t_acme")) == (older.id, wanted)


ROLES = ["readWriteAnyDatabase", "dbAdminAnyDatabase", "userAdminAnyDatabase", "clusterMonitor"]
"""Of docs/how-to/use-your-own-mongodb.md."""


def test_the_operator_the_guide_makes_can_save_and_restore(backups, server, vault):
    assert ", ".join(f'"{role}"' for role in ROLES) in GUIDE.read_text()
    server.admin.command("createUser", "operator", pwd="secret", roles=ROLES)
    host, port = server.address
    with MongoClient(f"mongodb://operator:secret@{host}:{port}/?authSource=admin", tz_aware=True) as client:
        theirs = Backups(client, vault)
        theirs.take((), MONDAY, quietly)
        client.t_acme.products.insert_one({"n": 51})
        client.t_acme.products.update_one({"n": 1}, {"$set": {"title": "New"}})
        client.t_acme.products.delete_one({"n": 2})
        client.t_acme.notes.create_index("at")
        assert theirs.copy_log()
        done = theirs.restore_tenant("acme", "copy", None, replace=False, progress=quietly)
    assert done.operations > 3
    assert digests(server, "t_copy") == digests(server, "t_acme")


def test_a_server_that_refuses_is_said(server, vault):
    host, port = server.address
    with MongoClient(f"mongodb://{host}:{port}") as nobody, pytest.raises(BackupError, match="cannot be listed"):
        Backups(nobody, vault).take((), MONDAY, quietly)


def test_a_second_includes_all_that_was_written_within_it():
    assert moment_of(MONDAY) >= Timestamp(int(MONDAY.timestamp()), 5)
    assert moment_of(MONDAY) < Timestamp(int(MONDAY.timestamp()) + 1, 0)


def test_what_stands_beside_is_saved_before_a_snapshot_is_listed_or_the_log_copied(backups, server, vault):
    seen = []

    def save(tenants):
        seen.append((tuple(tenants), len(snapshot_ids(vault)), len(segments_of(vault))))

    saving = dataclasses.replace(backups, save_files=save)
    saving.take(["acme"], MONDAY, quietly)
    server.t_acme.products.insert_one({})
    saving.copy_log()
    assert seen == [(("acme",), 0, 0), ((), 1, 0), ((), 1, 1)]


def test_a_snapshot_without_what_stands_beside_it_is_none(backups, vault):
    def fails(tenants):
        raise StorageError("the disk is full")

    with pytest.raises(StorageError, match="the disk is full"):
        dataclasses.replace(backups, save_files=fails).take((), MONDAY, quietly)
    assert list(vault.list("")) == []


def test_two_at_once_into_one_place_are_both_whole(backups, server, vault):
    with ThreadPoolExecutor(2) as threads:
        one, other = threads.map(lambda second: backups.take((), MONDAY.replace(second=second), quietly), (1, 2))
    assert backups.check(one, quietly) == backups.check(other, quietly) == 52
    server.t_acme.products.insert_one({"n": 51})
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(lambda _: backups.copy_log(), (1, 2)))
    wanted = digests(server, "t_acme")
    backups.restore_tenant("acme", "copy", None, replace=False, progress=quietly)
    assert digests(server, "t_copy") == wanted


def test_a_prune_leaves_the_snapshot_that_is_being_restored_alone(backups, server, vault, monkeypatch):
    old = backups.take((), MONDAY, quietly)
    newer = backups.take((), MONDAY + HOUR, quietly)
    load, pruned = restore_module._load, []

    def pruned_meanwhile(*args):
        pruned.append(backups.prune(1, MONDAY + HOUR).snapshots)
        return load(*args)

    monkeypatch.setattr(restore_module, "_load", pruned_meanwhile)
    backups.restore_tenant("acme", "copy", None, snapshot=old.id, replace=False, progress=quietly)
    assert digests(server, "t_copy") == digests(server, "t_acme")
    assert pruned == [[]]
    assert backups.prune(1, MONDAY + HOUR).snapshots == [old.id]
    assert snapshot_ids(vault) == [newer.id]
