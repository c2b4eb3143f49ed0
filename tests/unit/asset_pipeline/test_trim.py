"""The bound on the cache."""

import os
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.asset_pipeline.cache import PictureCache, write_whole
from shopwright.asset_pipeline.rendition import PreparedPicture, Rendition, Traits
from shopwright.asset_pipeline.trim import Bound
from shopwright.errors import StorageError

HOUR = 3600


def put(root: Path, key: str, hours: float, size: int = 1000, content: str = "") -> Path:
    """An entry with one file, last used some hours ago; its file."""
    cache = PictureCache(root)
    rendition = Rendition("webp", 320, 200, size, f"{content or key}{'0' * 12}-320.webp")
    write_whole(cache.file(rendition), b"x" * size)
    photo = Traits(transparent=False, drawing=False)
    cache.keep(key, PreparedPicture(1, 1, "#000000", (rendition,), "jpeg", 1, photo))
    age(root / "entries" / key[:2] / f"{key}.json", hours)
    return cache.file(rendition)


def age(path: Path, hours: float) -> None:
    then = time.time() - hours * HOUR
    os.utime(path, (then, then))


def trim(root: Path, added: int, most: int) -> None:
    bound = Bound(root, most)
    bound.note(added)
    bound.close()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path


def test_under_the_bound_nothing_goes(root: Path) -> None:
    file = put(root, "aaaa", 100)
    trim(root, 1000, 1000)
    assert file.exists()
    assert (root / "growth.log").read_text() == "1000\n"


def test_past_the_bound_the_longest_unused_goes(root: Path) -> None:
    files = [put(root, key, hours) for key, hours in (("aaaa", 5), ("bbbb", 300), ("cccc", 2), ("dddd", 100))]
    trim(root, 4000, 3000)
    assert [file.exists() for file in files] == [True, False, True, False]
    assert (root / "growth.log").read_text() == "2000\n"
    assert PictureCache(root).recall("bbbb") is None
    assert not (root / "entries" / "bb" / "bbbb.json").exists()


def test_what_a_killed_build_stored_is_counted(root: Path) -> None:
    file = put(root, "aaaa", 5)
    killed = Bound(root, 10)
    killed.note(1000)
    killed._use.close()  # as the kernel does
    trim(root, 0, 10)
    assert not file.exists()


def test_what_was_used_within_the_hour_stays(root: Path) -> None:
    file = put(root, "aaaa", 0.5)
    trim(root, 5000, 10)
    assert file.exists()
    assert (root / "growth.log").read_text() == "1000\n"


def test_while_another_build_uses_the_cache_nothing_goes(root: Path) -> None:
    file = put(root, "aaaa", 5)
    other = Bound(root, 10)
    trim(root, 1000, 10)
    assert file.exists()
    other.close()
    assert not file.exists()


def test_a_file_that_a_kept_picture_shares_stays(root: Path) -> None:
    shared = put(root, "aaaa", 300, content="cccc")
    assert put(root, "bbbb", 2, content="cccc") == shared
    trim(root, 2000, 1500)
    assert shared.exists()
    assert PictureCache(root).recall("aaaa") is None
    assert PictureCache(root).recall("bbbb") is not None


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


def test_a_log_that_cannot_be_kept_costs_no_build(root: Path) -> None:
    (root / "growth.log").write_text("garbled\n500\n")
    trim(root, 10, 600)
    assert (root / "growth.log").read_text() == "garbled\n500\n10\n"
    (root / "growth.log").unlink()
    (root / "growth.log").mkdir()
    trim(root, 10, 1)


def test_a_cache_that_cannot_be_written_says_so(root: Path) -> None:
    (root / "file").write_bytes(b"in the way")
    with pytest.raises(StorageError) as failure:
        Bound(root / "file", 1)
    assert failure.value.what == "cannot be written: File exists."


AGES = st.lists(st.tuples(st.integers(2, 99), st.integers(1, 900), st.integers(0, 5)), min_size=1, max_size=12)


@given(entries=AGES, most=st.integers(0, 6000))
def test_after_trimming_the_cache_is_bounded_and_whole(
    tmp_path_factory: pytest.TempPathFactory, entries: list[tuple[int, int, int]], most: int
) -> None:
    root = tmp_path_factory.mktemp("cache")
    for number, (hours, size, content) in enumerate(entries):
        put(root, f"{number:04x}", hours, size, content=f"{size:04x}{content}")
    total = sum(size for _, size, _ in entries)
    trim(root, total, most)
    left = sum(path.stat().st_size for path in root.glob("files/*/*"))
    assert left <= most
    if total <= most:
        assert len(list(root.glob("entries/*/*"))) == len(entries)
    cache = PictureCache(root)
    for entry in root.glob("entries/*/*.json"):
        assert cache.recall(entry.stem) is not None
