"""A folder that is replaced as a whole."""

import errno
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from shopwright.errors import StorageError
from shopwright.storage import exchange
from shopwright.storage.exchange import MARK, new_folder, storing


def make_site(target: Path, **files: str) -> None:
    with new_folder(target) as new:
        for name, text in files.items():
            new.write(f"{name}.html", text.encode())
        new.write(f"{MARK}/manifest.jsonl", b"")
        new.replace()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_first_version_appears_whole_and_leaves_nothing_beside_it(tmp_path):
    make_site(tmp_path / "deep" / "site", index="one")
    assert (tmp_path / "deep" / "site" / "index.html").read_text() == "one"
    assert names(tmp_path / "deep") == ["site"]


def test_a_later_version_replaces_every_file(tmp_path):
    make_site(tmp_path / "site", index="one", old="gone")
    make_site(tmp_path / "site", index="two")
    assert names(tmp_path / "site") == [MARK, "index.html"]
    assert (tmp_path / "site" / "index.html").read_text() == "two"


def test_an_error_leaves_the_old_version_and_nothing_else(tmp_path):
    make_site(tmp_path / "site", index="one")

    def interrupted():
        with new_folder(tmp_path / "site") as new:
            new.write("index.html", b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert (tmp_path / "site" / "index.html").read_text() == "one"
    assert names(tmp_path) == ["site"]


def test_files_are_taken_as_links_and_once(tmp_path):
    source = tmp_path / "picture.webp"
    source.write_bytes(b"picture")
    with new_folder(tmp_path / "site") as new:
        new.take("assets/picture.webp", source)
        new.take("assets/picture.webp", source)
        new.replace()
    assert (tmp_path / "site" / "assets" / "picture.webp").stat().st_ino == source.stat().st_ino


def test_files_are_copied_where_links_are_not_possible(tmp_path, monkeypatch):
    source = tmp_path / "picture.webp"
    source.write_bytes(b"picture")

    def refuse(_self, _target):
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    with new_folder(tmp_path / "site") as new:
        new.take("picture.webp", source)
        new.replace()
    assert (tmp_path / "site" / "picture.webp").read_bytes() == b"picture"


def test_a_missing_source_is_a_storage_error(tmp_path):
    with new_folder(tmp_path / "site") as new, pytest.raises(StorageError, match="cannot be written"):
        new.take("picture.webp", tmp_path / "gone.webp")


def test_foreign_files_are_never_replaced(tmp_path):
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "holiday.jpg").write_bytes(b"precious")
    with pytest.raises(StorageError, match="Shopwright did not make"), new_folder(tmp_path / "photos"):
        pass
    assert (tmp_path / "photos" / "holiday.jpg").read_bytes() == b"precious"


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "site").write_text("text")
    with pytest.raises(StorageError, match="it is a file"), new_folder(tmp_path / "site"):
        pass


def test_an_empty_folder_is_used(tmp_path):
    (tmp_path / "site").mkdir()
    make_site(tmp_path / "site", index="one")
    assert (tmp_path / "site" / "index.html").read_text() == "one"


def test_two_builds_of_one_folder_do_not_mix(tmp_path):
    with (
        new_folder(tmp_path / "site"),
        pytest.raises(StorageError, match="another build"),
        new_folder(tmp_path / "site"),
    ):
        pass


def test_what_a_killed_build_left_is_cleared_away(tmp_path):
    program = """
        import os, sys
        from pathlib import Path
        from shopwright.storage.exchange import new_folder
        with new_folder(Path(sys.argv[1])) as new:
            new.write("half.html", b"half")
            os.kill(os.getpid(), 9)
    """
    subprocess.run([sys.executable, "-c", textwrap.dedent(program), tmp_path / "site"], check=False)
    assert (tmp_path / f".site{MARK}-new" / "half.html").exists()
    make_site(tmp_path / "site", index="one")
    assert names(tmp_path) == ["site"]
    assert names(tmp_path / "site") == [MARK, "index.html"]


def test_a_full_disk_says_so():
    with (
        pytest.raises(StorageError, match=r"index.html: it cannot be written: No space.*Free some space"),
        storing("index.html"),
    ):
        raise OSError(errno.ENOSPC, "No space left on device")


def test_file_systems_without_exchange_rename_twice(tmp_path, monkeypatch):
    class OldKernel:
        def renameat2(self, *_):
            exchange.ctypes.set_errno(errno.ENOSYS)
            return -1

    make_site(tmp_path / "site", index="one")
    monkeypatch.setattr(exchange.ctypes, "CDLL", lambda *_, **__: OldKernel())
    make_site(tmp_path / "site", index="two")
    assert (tmp_path / "site" / "index.html").read_text() == "two"
    assert names(tmp_path) == ["site"]


def test_an_exchange_that_fails_leaves_the_old_version(tmp_path, monkeypatch):
    class ReadOnly:
        def renameat2(self, *_):
            exchange.ctypes.set_errno(errno.EROFS)
            return -1

    make_site(tmp_path / "site", index="one")
    monkeypatch.setattr(exchange.ctypes, "CDLL", lambda *_, **__: ReadOnly())
    with pytest.raises(StorageError, match="Read-only"):
        make_site(tmp_path / "site", index="two")
    assert (tmp_path / "site" / "index.html").read_text() == "one"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_says_so(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(StorageError, match="Permission denied"), new_folder(tmp_path / "site"):
        pass
