"""What the cache believes, and what it makes again."""

import os
import resource
import time
from pathlib import Path

import pytest

from shopwright.asset_pipeline.cache import PictureCache, draft, write_whole
from shopwright.asset_pipeline.rendition import PreparedPicture, Rendition, Traits
from shopwright.errors import PictureError, StorageError

FILE = Rendition("webp", 320, 213, 5, "aa9c0a1b2c3d4e5f-320.webp")
PICTURE = PreparedPicture(600, 400, "#fafafa", (FILE,), "jpeg", 9_000, Traits(transparent=False, drawing=False))


@pytest.fixture
def cache(tmp_path: Path) -> PictureCache:
    cache = PictureCache(tmp_path)
    write_whole(cache.file(FILE), b"12345")
    cache.keep("abcd", PICTURE)
    return cache


def test_what_was_kept_is_recalled(cache: PictureCache, tmp_path: Path) -> None:
    assert cache.recall("abcd") == PICTURE
    assert cache.recall("abce") is None
    assert cache.file(FILE) == tmp_path / "files" / "aa" / FILE.name


def test_an_entry_without_its_files_is_not_believed(cache: PictureCache) -> None:
    cache.file(FILE).write_bytes(b"1234")
    assert cache.recall("abcd") is None
    cache.file(FILE).unlink()
    assert cache.recall("abcd") is None


@pytest.mark.parametrize("data", [b"", b"null", b"{", b"[]", b'{"renditions":[]}', b"\xff\0"])
def test_a_broken_entry_is_not_believed(cache: PictureCache, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "entries" / "ab" / "abcd.json").write_bytes(data)
    assert cache.recall("abcd") is None


def test_a_use_is_written_down_now_and_then(cache: PictureCache, tmp_path: Path) -> None:
    entry = tmp_path / "entries" / "ab" / "abcd.json"
    for age, noted in ((300, False), (3000, True)):
        past = time.time() - age
        os.utime(entry, (past, past))
        cache.recall("abcd")
        assert (entry.stat().st_mtime > past + 1) is noted


def test_a_refusal_is_remembered_with_its_words(cache: PictureCache) -> None:
    assert cache.refusal("abcd") is None
    cache.refuse("abcd", PictureError("picture broken.", where="a.jpg", remedy="Export it again."))
    refusal = cache.refusal("abcd")
    assert refusal is not None
    assert (refusal.what, refusal.where, refusal.remedy) == ("picture broken.", "", "Export it again.")
    assert cache.recall("abcd") == PICTURE


@pytest.mark.parametrize("data", [b"", b"null", b"{}", b"[]", b'{"what": "x"}', b"\xff"])
def test_a_broken_refusal_is_not_believed(cache: PictureCache, tmp_path: Path, data: bytes) -> None:
    write_whole(tmp_path / "refused" / "ab" / "abcd.json", data)
    assert cache.refusal("abcd") is None


def interrupt(path: Path) -> None:
    with draft(path) as file:
        file.write(b"half")
        raise KeyboardInterrupt


def test_a_file_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "a" / "file"
    with pytest.raises(KeyboardInterrupt):
        interrupt(path)
    assert list(path.parent.iterdir()) == []
    write_whole(path, b"one")
    write_whole(path, b"two")
    assert path.read_bytes() == b"two"


def test_a_disk_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StorageError) as failure:
        write_whole(tmp_path / "file" / "below", b"x")
    assert failure.value.where == str(tmp_path / "file" / "below")
    assert failure.value.what == "cannot be written: File exists."


def test_a_disk_that_fills_up_says_so_and_leaves_nothing(tmp_path: Path) -> None:
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limit[1]))
    try:
        with pytest.raises(StorageError, match="cannot be written: File too large"):
            write_whole(tmp_path / "file", b"x" * 2000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    assert list(tmp_path.iterdir()) == []
