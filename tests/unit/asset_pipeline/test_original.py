"""Pictures in the merchant's own folders."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shopwright.asset_pipeline.original import FolderOriginals
from shopwright.errors import PictureError

Settle = Callable[..., None]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    folder = tmp_path / "store"
    (folder / "pictures").mkdir(parents=True)
    (folder / "pictures" / "a.jpg").write_bytes(b"first")
    (tmp_path / "secret.jpg").write_bytes(b"secret")
    return folder


@pytest.fixture
def originals(store: Path, tmp_path: Path) -> FolderOriginals:
    return FolderOriginals([store, store / "pictures"], tmp_path / "index")


def test_a_path_is_looked_up_in_each_folder(originals: FolderOriginals, store: Path) -> None:
    for source in ("pictures/a.jpg", "a.jpg", "./pictures/../a.jpg"):
        original = originals.get(source)
        assert original.path == store / "pictures" / "a.jpg"
        assert original.sha256 == hashlib.sha256(b"first").hexdigest()


@pytest.mark.parametrize(
    "source",
    ["b.jpg", "../secret.jpg", "/etc/passwd", "pictures", "", "\0", "a" * 5000, "ftp://x/a.jpg", "pictures/a.jpg/b"],
)
def test_what_is_not_in_the_folders_is_missing(originals: FolderOriginals, source: str) -> None:
    assert originals.known(source) is None
    with pytest.raises(PictureError) as refused:
        originals.get(source)
    assert refused.value.what == "picture missing: no folder of this store has it."


def test_a_link_out_of_the_folder_leads_nowhere(originals: FolderOriginals, store: Path, tmp_path: Path) -> None:
    (store / "link.jpg").symlink_to(tmp_path / "secret.jpg")
    (store / "loop.jpg").symlink_to(store / "loop.jpg")
    (store / "inside.jpg").symlink_to(store / "pictures" / "a.jpg")
    os.mkfifo(store / "pipe.jpg")
    for source in ("link.jpg", "loop.jpg", "pipe.jpg"):
        with pytest.raises(PictureError, match="picture missing"):
            originals.get(source)
    assert originals.get("inside.jpg").path.name == "a.jpg"


def test_a_file_past_the_limit_is_not_read(originals: FolderOriginals, store: Path) -> None:
    with (store / "huge.jpg").open("wb") as file:
        file.truncate(25_000_001)
    with pytest.raises(
        PictureError, match=r"picture too large: 25,000,001 bytes\. At most 25,000,000 bytes are read\."
    ):
        originals.get("huge.jpg")


def test_an_unreadable_file_is_told(originals: FolderOriginals, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*words: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(PictureError, match="picture unreadable: Permission denied"):
        originals.get("a.jpg")


def test_an_unchanged_file_is_known_without_reading(
    originals: FolderOriginals, store: Path, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(store / "pictures" / "a.jpg")
    assert originals.known("a.jpg") is None
    original = originals.get("a.jpg")
    monkeypatch.setattr(hashlib, "file_digest", None)
    assert originals.known("a.jpg") == original


def test_a_file_changed_just_now_is_read_again(originals: FolderOriginals) -> None:
    originals.get("a.jpg")
    assert originals.known("a.jpg") is None


def test_a_changed_file_is_noticed_even_with_its_old_time(
    originals: FolderOriginals, store: Path, settle: Settle
) -> None:
    path = store / "pictures" / "a.jpg"
    settle(path)
    before = path.stat()
    originals.get("a.jpg")
    path.write_bytes(b"other")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert originals.known("a.jpg") is None
    assert originals.get("a.jpg").sha256 == hashlib.sha256(b"other").hexdigest()


def test_a_broken_note_is_not_believed(originals: FolderOriginals, store: Path, tmp_path: Path, settle: Settle) -> None:
    settle(store / "pictures" / "a.jpg")
    originals.get("a.jpg")
    (note,) = (path for path in (tmp_path / "index").rglob("*") if path.is_file())
    for text in (b"", b"one", b"one two three", b"\xff"):
        note.write_bytes(text)
        assert originals.known("a.jpg") is None


@given(source=st.text(max_size=40) | st.lists(st.sampled_from(["..", ".", "pictures", "a.jpg", ""])).map("/".join))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_source_leaves_the_folders(originals: FolderOriginals, store: Path, source: str) -> None:
    try:
        found = originals.get(source).path
    except PictureError:
        return
    assert found == store / "pictures" / "a.jpg"
