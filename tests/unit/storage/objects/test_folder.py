"""Objects as files."""

import errno
from types import SimpleNamespace

import pytest

from shopwright.errors import StorageError
from shopwright.storage.objects import folder as module
from shopwright.storage.objects.folder import DRAFTS, FolderObjects


@pytest.mark.parametrize("key", ["", "/etc/passwd", "../x", "a/../../x", "a//b", "./a", "a/\0"])
def test_no_key_leads_out_of_the_folder(tmp_path, key):
    objects = FolderObjects(tmp_path / "target")
    for act in (objects.read, objects.find, lambda key: objects.write(key, b""), lambda key: objects.delete([key])):
        with pytest.raises(StorageError, match="no key of an object"):
            act(key)


def test_a_write_that_fails_leaves_nothing(tmp_path, monkeypatch):
    objects = FolderObjects(tmp_path / "target")
    objects.write("a", b"old")

    def full(_file):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(module.os, "fsync", full)
    with pytest.raises(StorageError, match="No space left"):
        objects.write("a", b"new")
    assert objects.read("a").data == b"old"
    assert list((tmp_path / "target" / DRAFTS).iterdir()) == []


def test_other_trouble_is_told(tmp_path):
    objects = FolderObjects(tmp_path)
    (tmp_path / "folder").mkdir()
    with pytest.raises(StorageError, match="Is a directory"):
        objects.read("folder")
    assert objects.name == str(tmp_path)


def test_a_file_that_goes_while_it_is_listed_is_not_listed(tmp_path, monkeypatch):
    objects = FolderObjects(tmp_path)
    objects.write("a/b", b"1")
    monkeypatch.setattr(module.os, "walk", lambda _, **__: iter([(str(tmp_path / "a"), [], ["b", "gone"])]))
    assert [stored.key for stored in objects.list("a/")] == ["a/b"]


def test_a_folder_that_cannot_be_looked_into_is_not_empty(tmp_path, monkeypatch):
    objects = FolderObjects(tmp_path)
    assert list(objects.list("gone/")) == []

    def refused(_path):
        raise PermissionError(errno.EACCES, "Permission denied", "secret")

    monkeypatch.setattr(module.os, "scandir", refused)
    with pytest.raises(StorageError, match=r"^secret: it cannot be read: Permission denied\. Let the user"):
        list(objects.list(""))


def test_a_way_that_leads_through_a_file_is_told(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match="it cannot be read: Not a directory"):
        FolderObjects(tmp_path / "file").find("a")


def test_what_killed_writers_left_goes_and_what_is_being_written_stays(tmp_path):
    objects = FolderObjects(tmp_path)
    for name in ("old", "young"):
        (objects.drafts() / name).write_bytes(b"")
    (objects.drafts() / "tree").mkdir()
    (objects.drafts() / "tree/file").touch()
    (objects.drafts() / "link").symlink_to("nowhere")
    for name in ("old", "tree", "link"):
        module.os.utime(objects.drafts() / name, (1_000, 1_000), follow_symlinks=False)
    assert objects.tidy(2_000) == 3
    assert [draft.name for draft in objects.drafts().iterdir()] == ["young"]
    assert objects.tidy(2_000) == 0


def test_what_may_still_be_written_is_what_the_system_says(tmp_path, monkeypatch):
    monkeypatch.setattr(module.shutil, "disk_usage", lambda place: SimpleNamespace(free=7, place=place))
    assert FolderObjects(tmp_path / "target").free() == 7
    assert (tmp_path / "target").is_dir()
