"""The bound on the cache."""

import os
import time
from pathlib import Path

import pytest

from shopwright.asset_pipeline.cache import PictureCache, write_whole
from shopwright.asset_pipeline.rendition import PreparedPicture, Rendition
from shopwright.asset_pipeline.trim import trim

HOUR = 3600


def put(root: Path, key: str, hours: float, size: int = 1000) -> Path:
    """An entry with one file, last used some hours ago; its file."""
    cache = PictureCache(root)
    rendition = Rendition("webp", 320, 200, size, f"{key}{'0' * 12}-320.webp")
    write_whole(cache.file(rendition), b"x" * size)
    cache.keep(key, PreparedPicture(1, 1, "#000000", (rendition,)))
    age(root / "entries" / key[:2] / f"{key}.json", hours)
    return cache.file(rendition)


def age(path: Path, hours: float) -> None:
    then = time.time() - hours * HOUR
    os.utime(path, (then, then))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path


def test_under_the_bound_nothing_goes(root: Path) -> None:
    file = put(root, "aaaa", 100)
    trim(root, 1000, 1000)
    assert file.exists()
    assert (root / "growth.log").read_text() == "1000\n"
    trim(root, 0, 1)
    assert file.exists()  # a build that made nothing does not look


def test_past_the_bound_the_longest_unused_goes(root: Path) -> None:
    files = [put(root, key, hours) for key, hours in (("aaaa", 5), ("bbbb", 300), ("cccc", 2), ("dddd", 100))]
    trim(root, 4000, 3000)
    assert [file.exists() for file in files] == [True, False, True, False]
    assert (root / "growth.log").read_text() == "2000\n"
    assert PictureCache(root).recall("bbbb") is None
    assert not (root / "entries" / "bb" / "bbbb.json").exists()


def test_what_may_be_in_use_stays(root: Path) -> None:
    file = put(root, "aaaa", 0.5)
    trim(root, 5000, 10)
    assert file.exists()
    assert (root / "growth.log").read_text() == "1000\n"


def test_leftovers_and_broken_entries_go_too(root: Path) -> None:
    leftover = root / "files" / "aa" / ".1234.part"
    write_whole(leftover, b"x" * 500)
    broken = root / "entries" / "ab" / "abcd.json"
    write_whole(broken, b"{")
    fetched = root / "fetched" / "ab" / "cd.body"
    write_whole(fetched, b"x" * 500)
    for path in (leftover, broken, fetched):
        age(path, 30)
    kept = put(root, "bbbb", 3)
    trim(root, 2000, 1500)
    assert [path.exists() for path in (leftover, broken, fetched, kept)] == [False, False, False, True]


def test_a_cache_that_cannot_be_trimmed_is_left(root: Path) -> None:
    (root / "growth.log").write_text("garbled\n500\n")
    trim(root, 10, 600)
    assert (root / "growth.log").read_text() == "garbled\n500\n10\n"
    (root / "growth.log").unlink()
    (root / "growth.log").mkdir()
    trim(root, 10, 1)
