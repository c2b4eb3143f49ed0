import dataclasses
import datetime as dt
import os

import pytest
from bson import Timestamp

from shopwright.database.backup.key import BackupKey
from shopwright.database.backup.log import Segment
from shopwright.database.backup.manifest import Manifest, part_name, snapshot_ids, write_manifest
from shopwright.database.backup.retention import Pruned, Schedule, prune
from shopwright.database.backup.vault import Vault
from shopwright.storage.objects.folder import FolderObjects

NOW = dt.datetime(2026, 3, 10, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


@pytest.fixture
def vault(tmp_path):
    return Vault(FolderObjects(tmp_path), BackupKey(b"k" * 32))


def names(vault):
    return sorted(held.key for held in vault.list(""))


def put_snapshot(vault, day, *, everything=True, at=None):
    taken = dt.datetime(2026, 3, day, tzinfo=dt.UTC)
    manifest = Manifest(f"202603{day:02d}", taken, Timestamp(at or day, 0), "6.0.5", ("t_a",), everything)
    vault.write(part_name(manifest.id, 0), b"documents")
    write_manifest(vault, manifest)


def put_segment(vault, start, end):
    vault.write(Segment(Timestamp(start, 0), Timestamp(end, 0)).name, b"")


def test_the_newest_stay_with_the_log_since_the_oldest_of_them(vault):
    for day in (1, 2, 3):
        put_snapshot(vault, day)
    for start in (1, 2, 3):
        put_segment(vault, start, start + 1)
    assert prune(vault, 2, NOW) == Pruned(["20260301"], 1, 0)
    assert snapshot_ids(vault) == ["20260302", "20260303"]
    assert "snapshots/20260301/000000" not in names(vault)
    assert [name for name in names(vault) if name.startswith("log/")] == [
        Segment(Timestamp(start, 0), Timestamp(start + 1, 0)).name for start in (2, 3)
    ]


def test_the_last_snapshot_is_never_removed(vault):
    put_snapshot(vault, 1)
    assert prune(vault, 0, NOW) == Pruned([], 0, 0)
    assert snapshot_ids(vault) == ["20260301"]


def test_snapshots_of_a_tenant_push_out_none_of_everything(vault):
    put_snapshot(vault, 1, everything=False)
    put_snapshot(vault, 2)
    for day in (3, 4, 5):
        put_snapshot(vault, day, everything=False)
    put_snapshot(vault, 6)
    assert prune(vault, 2, NOW).snapshots == ["20260301"]
    assert prune(vault, 1, NOW).snapshots == ["20260302", "20260303", "20260304", "20260305"]


def test_what_a_wrong_clock_dated_is_as_old_as_the_server_says(vault):
    put_snapshot(vault, 9, at=1)
    put_snapshot(vault, 3, at=2)
    assert prune(vault, 1, NOW).snapshots == ["20260309"]


def test_a_damaged_manifest_holds_nothing_up(vault, tmp_path):
    for day in (1, 2, 3):
        put_snapshot(vault, day)
    (tmp_path / "snapshots/20260303/manifest").write_bytes(b"damaged")
    assert prune(vault, 1, NOW).snapshots == ["20260301"]
    assert snapshot_ids(vault) == ["20260302", "20260303"]


def test_an_empty_vault_stays_empty(vault):
    assert prune(vault, 3, NOW) == Pruned([], 0, 0)


def test_what_a_killed_backup_left_goes_after_a_day_and_what_one_at_work_wrote_stays(vault, tmp_path):
    put_snapshot(vault, 1)
    for name, age in (("old", 2 * 86_400), ("young", 60)):
        vault.write(part_name(name, 0), b"")
        file = tmp_path / part_name(name, 0)
        os.utime(file, (NOW.timestamp() - age,) * 2)
    assert prune(vault, 1, NOW) == Pruned([], 0, 1)
    assert [name for name in names(vault) if "young" in name or "old" in name] == ["snapshots/young/000000"]


def test_a_backup_at_work_for_days_loses_nothing(vault, tmp_path):
    put_snapshot(vault, 1)
    for number, age in ((0, 3 * 86_400), (1, 2 * 86_400), (2, 60)):
        vault.write(part_name("slow", number), b"")
        os.utime(tmp_path / part_name("slow", number), (NOW.timestamp() - age,) * 2)
    assert prune(vault, 1, NOW) == Pruned([], 0, 0)
    assert sum("slow" in name for name in names(vault)) == 3


def test_drafts_of_killed_writers_go(vault, tmp_path):
    put_snapshot(vault, 1)
    draft = tmp_path / ".drafts/left"
    draft.write_bytes(b"half")
    os.utime(draft, (NOW.timestamp() - 2 * 86_400,) * 2)
    assert prune(vault, 1, NOW).abandoned == 1
    assert not draft.exists()


def test_what_is_due():
    schedule = Schedule(DAY, DAY / 24, keep=7)
    assert schedule.due(None, None, NOW) == "snapshot"
    assert schedule.due(NOW - DAY, NOW, NOW) == "snapshot"
    assert schedule.due(NOW - DAY / 2, None, NOW) == "log"
    assert schedule.due(NOW - DAY / 2, NOW - DAY / 24, NOW) == "log"
    assert schedule.due(NOW - DAY / 2, NOW - DAY / 25, NOW) is None
    assert schedule.due(NOW, NOW - DAY, NOW) is None
    assert schedule.due(NOW + 2 * DAY, None, NOW) == "snapshot"
    assert schedule.due(NOW, NOW + 2 * DAY, NOW) == "log"
    assert schedule.due(NOW, NOW + DAY / 25, NOW) is None
    assert dataclasses.astuple(schedule)[2] == 7
