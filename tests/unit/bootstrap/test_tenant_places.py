"""Where something of a tenant may be beside its database."""

import datetime as dt

import pytest

from shopwright.bootstrap.tenant_places import Files, PutAside, SavedCopies
from shopwright.database.backup.key import BackupKey
from shopwright.database.backup.log import Segment
from shopwright.database.backup.manifest import Manifest, part_name, write_manifest
from shopwright.database.backup.vault import Vault
from shopwright.storage.objects.folder import FolderObjects

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
WEEK = dt.timedelta(days=7)


def test_a_folder_is_looked_at_and_removed(tmp_path):
    files = Files("files", tmp_path / "luna")
    assert files.look().found == 0
    files.remove()
    (tmp_path / "luna" / "pictures").mkdir(parents=True)
    (tmp_path / "luna" / "pictures" / "a").write_bytes(b"a")
    assert (files.look().found, files.look().name) == (3, f"files in {tmp_path / 'luna'}")
    files.remove()
    assert files.look().found == 0
    assert files.look().is_clean


def test_a_link_is_removed_and_not_followed(tmp_path):
    (tmp_path / "others").mkdir()
    (tmp_path / "others" / "a").write_bytes(b"a")
    (tmp_path / "luna").symlink_to(tmp_path / "others")
    Files("files", tmp_path / "luna").remove()
    assert not (tmp_path / "luna").is_symlink()
    assert (tmp_path / "others" / "a").exists()


@pytest.fixture
def vault(tmp_path):
    return Vault(FolderObjects(tmp_path / "vault"), BackupKey(b"k" * 32))


def snapshot(vault, name, databases, *, everything=False, days=0):
    from bson import Timestamp

    vault.write(part_name(name, 0), b"documents")
    write_manifest(vault, Manifest(name, NOW + dt.timedelta(days=days), Timestamp(1, 1), "6", databases, everything))


def test_backups_are_told_apart(vault, tmp_path):
    from bson import Timestamp

    snapshot(vault, "1-all", ["t_luna", "t_nova"], everything=True)
    snapshot(vault, "2-own", ["t_luna"])
    snapshot(vault, "3-both", ["t_luna", "t_nova"], days=2)
    snapshot(vault, "4-other", ["t_nova"], days=4)
    vault.write(Segment(Timestamp(1, 1), Timestamp(2, 1)).name, b"")
    for tenant in ("luna", "nova", "luna-2"):
        vault.write(f"files/{tenant}/pictures/{'a' * 64}", b"picture")
    copies = SavedCopies(vault, WEEK)
    assert [place.found for place in copies.places("luna", NOW)] == [1, 3, 1]
    copies.remove("luna")
    copies.remove("luna")
    pictures, snapshots, log = copies.places("luna", NOW)
    assert (pictures.found, pictures.is_clean) == (0, True)
    assert (snapshots.found, snapshots.is_clean, snapshots.until) == (2, True, NOW + dt.timedelta(days=9))
    assert (log.found, log.until) == (1, NOW + WEEK)
    names = {held.key for held in vault.list("")}
    assert not [name for name in names if "2-own" in name or "files/luna/" in name]
    assert {f"files/nova/pictures/{'a' * 64}", f"files/luna-2/pictures/{'a' * 64}"} <= names


def test_where_there_are_none_there_is_nothing(vault):
    assert [(place.found, place.remains, place.until) for place in SavedCopies(vault, WEEK).places("luna", NOW)] == [
        (0, "", None)
    ] * 3


def test_a_trail_that_was_put_aside_is_found_by_its_tenants_name_alone(tmp_path):
    for name in ("luna.jsonl", "luna.other", "luna-2.jsonl"):
        (tmp_path / name).write_text("")
    aside = PutAside(tmp_path, "luna")
    assert aside.look().found == 2
    aside.remove()
    assert aside.look().found == 0
    assert [path.name for path in tmp_path.iterdir()] == ["luna-2.jsonl"]
    PutAside(tmp_path / "nothing", "luna").remove()
