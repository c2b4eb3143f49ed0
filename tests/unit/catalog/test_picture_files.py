import hashlib
import os

import pytest

from shopwright.catalog import picture_files
from shopwright.catalog.picture_files import PictureFiles, PictureIntake
from shopwright.errors import LimitExceeded, StorageError

DATA = b"\x89PNG a picture"
SHA256 = hashlib.sha256(DATA).hexdigest()


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
    before = kept.stat().st_mtime_ns
    assert files.keep(picture) == (SHA256, len(DATA))
    assert kept.stat().st_mtime_ns == before
    assert list(files.kept()) == [SHA256]
    assert files.read(SHA256) == DATA


def test_a_huge_file_is_refused(files, picture, monkeypatch):
    monkeypatch.setattr(picture_files, "MOST_BYTES", len(DATA) - 1)
    with pytest.raises(LimitExceeded, match=r"front\.png: it is larger than 13 bytes\. Make it smaller"):
        files.keep(picture)
    assert list(files.kept()) == []


def test_damaged_and_missing_bytes_are_told_apart(files, picture, tmp_path):
    files.keep(picture)
    (tmp_path / "state/pictures" / SHA256).write_bytes(b"x")
    with pytest.raises(StorageError, match="is damaged"):
        files.read(SHA256)
    files.forget(SHA256)
    with pytest.raises(StorageError, match="is not there"):
        files.read(SHA256)


def test_a_picture_stands_where_a_catalogue_looks_for_it(files, picture, tmp_path):
    files.keep(picture)
    place = tmp_path / "store/pictures/front.png"
    files.lay_out(SHA256, place)
    files.lay_out(SHA256, place)
    assert place.read_bytes() == DATA
    assert place.samefile(tmp_path / "state/pictures" / SHA256)


def test_a_picture_is_copied_where_there_are_no_links(files, picture, tmp_path, monkeypatch):
    def refuse(*_):
        raise PermissionError

    files.keep(picture)
    monkeypatch.setattr(os, "link", refuse)
    files.lay_out(SHA256, tmp_path / "copy.png")
    assert (tmp_path / "copy.png").read_bytes() == DATA


def test_a_missing_picture_cannot_be_laid_out(files, tmp_path):
    with pytest.raises(StorageError, match="is not there"):
        files.lay_out(SHA256, tmp_path / "copy.png")


def test_a_file_that_is_not_there_is_named(files, tmp_path):
    with pytest.raises(StorageError, match=r"absent\.png"):
        files.keep(tmp_path / "absent.png")


def test_measured_files_are_kept_when_there_is_room(files, tmp_path):
    picture = tmp_path / "a.png"
    picture.write_bytes(b"picture")
    intake = PictureIntake(files)
    sha256, size = intake.measure(picture)
    assert (size, files.has(sha256)) == (7, False)
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
