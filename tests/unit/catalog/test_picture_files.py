import hashlib
import os
import time

import pytest

from shopwright.catalog import picture_files
from shopwright.catalog.picture_files import GRACE_SECONDS, RESERVE, PictureFiles, PictureIntake
from shopwright.errors import LimitExceeded, StorageError
from shopwright.storage.objects.folder import FolderObjects

DATA = b"\x89PNG a picture"
SHA256 = hashlib.sha256(DATA).hexdigest()
NOW = time.time()


@pytest.fixture
def files(tmp_path):
    return PictureFiles(tmp_path / "state")


@pytest.fixture
def picture(tmp_path):
    file = tmp_path / "front.png"
    file.write_bytes(DATA)
    return file


def test_bytes_are_kept_once_under_their_hash(files, picture, tmp_path):
    assert files.keep(picture) == (SHA256, len(DATA))
    kept = tmp_path / "state/pictures" / SHA256
    before = kept.stat().st_ino
    assert files.keep(picture) == (SHA256, len(DATA))
    assert kept.stat().st_ino == before
    assert kept_in(tmp_path) == [SHA256]
    assert files.read(SHA256) == DATA


def test_a_huge_file_is_refused(files, picture, tmp_path, monkeypatch):
    monkeypatch.setattr(picture_files, "MOST_BYTES", len(DATA) - 1)
    with pytest.raises(LimitExceeded, match=r"front\.png: it is larger than 13 bytes\. Make it smaller"):
        files.keep(picture)
    assert kept_in(tmp_path) == []


def test_damaged_and_missing_bytes_are_told_apart(files, picture, tmp_path):
    files.keep(picture)
    (tmp_path / "state/pictures" / SHA256).write_bytes(b"x")
    with pytest.raises(StorageError, match="is damaged"):
        files.read(SHA256)
    (tmp_path / "state/pictures" / SHA256).unlink()
    with pytest.raises(StorageError, match="is not there"):
        files.read(SHA256)


def test_a_picture_stands_where_a_catalogue_looks_for_it(files, picture, tmp_path):
    files.keep(picture)
    place = tmp_path / "store/pictures/front.png"
    files.lay_out(SHA256, place, linked=True)
    files.lay_out(SHA256, place, linked=True)
    assert place.read_bytes() == DATA
    assert place.samefile(tmp_path / "state/pictures" / SHA256)


def test_who_gets_a_copy_may_change_it(files, picture, tmp_path):
    files.keep(picture)
    files.lay_out(SHA256, tmp_path / "copy.png")
    (tmp_path / "copy.png").write_bytes(b"retouched")
    assert files.read(SHA256) == DATA


def test_a_picture_is_copied_where_there_are_no_links(files, picture, tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError

    files.keep(picture)
    monkeypatch.setattr(os, "link", refuse)
    files.lay_out(SHA256, tmp_path / "copy.png", linked=True)
    assert (tmp_path / "copy.png").read_bytes() == DATA


def test_a_missing_picture_cannot_be_laid_out(files, tmp_path):
    with pytest.raises(StorageError, match="is not there"):
        files.lay_out(SHA256, tmp_path / "copy.png", linked=True)
    with pytest.raises(StorageError, match="is not there"):
        files.lay_out(SHA256, tmp_path / "copy.png")


def kept_in(folder):
    return sorted(path.name for path in folder.glob("state/pictures/*"))


def aged(folder, sha256):
    os.utime(folder / "state/pictures" / sha256, (NOW - 2 * GRACE_SECONDS,) * 2)


def test_what_nothing_names_goes_unless_somebody_asked_for_it_lately(files, picture, tmp_path):
    others = []
    for name in (b"named", b"unnamed", b"lately"):
        (tmp_path / "other").write_bytes(name)
        others.append(files.keep(tmp_path / "other")[0])
    named, unnamed, lately = others
    aged(tmp_path, named)
    aged(tmp_path, unnamed)
    assert files.sweep({named}, NOW) == 1
    assert kept_in(tmp_path) == sorted([named, lately])
    aged(tmp_path, named)
    assert files.renew(named)
    assert files.sweep(set(), NOW) == 0
    assert not files.renew(unnamed)


def test_what_is_asked_for_while_others_sweep_stays(files, picture, tmp_path, monkeypatch):
    files.keep(picture)
    aged(tmp_path, SHA256)
    removed = PictureFiles._removed

    def renewed_meanwhile(self, key, until):
        assert files.renew(SHA256)
        return removed(self, key, until)

    monkeypatch.setattr(PictureFiles, "_removed", renewed_meanwhile)
    assert files.sweep(set(), NOW) == 0
    assert kept_in(tmp_path) == [SHA256]


def test_a_file_that_is_not_there_is_named(files, tmp_path):
    with pytest.raises(StorageError, match=r"absent\.png"):
        files.keep(tmp_path / "absent.png")


def test_measured_files_are_kept_when_there_is_room(files, tmp_path):
    picture = tmp_path / "a.png"
    picture.write_bytes(b"picture")
    intake = PictureIntake(files)
    sha256, size = intake.measure(picture)
    assert (size, kept_in(tmp_path)) == (7, [])
    intake.keep()
    intake.keep()
    assert files.read(sha256) == b"picture"


def test_a_file_that_is_another_one_by_now_is_refused(files, tmp_path):
    picture = tmp_path / "a.png"
    picture.write_bytes(b"picture")
    intake = PictureIntake(files)
    intake.measure(picture)
    picture.write_bytes(b"other")
    with pytest.raises(StorageError, match="changed meanwhile"):
        intake.keep()


def test_a_disk_that_would_be_full_is_said_before_anything_is_written(files, picture, monkeypatch):
    other = picture.with_name("side.png")
    other.write_bytes(b"another picture")
    files.keep(picture)
    free = RESERVE + len(b"another picture")
    monkeypatch.setattr(FolderObjects, "free", lambda _: free - 1)
    intake = PictureIntake(files)
    intake.measure(picture)
    intake.keep()  # it is there already
    intake.measure(other)
    with pytest.raises(StorageError, match="the disk has 268 MB left, and the pictures need 0 MB"):
        intake.keep()
    assert not files.renew(hashlib.sha256(b"another picture").hexdigest())
    monkeypatch.setattr(FolderObjects, "free", lambda _: free)
    intake.keep()
    assert files.renew(hashlib.sha256(b"another picture").hexdigest())
