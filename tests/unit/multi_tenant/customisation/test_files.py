import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.errors import LimitExceeded, StorageError, ThemeError
from shopwright.multi_tenant.customisation import files as module
from shopwright.multi_tenant.customisation.files import PATH, GivenFile, digest_of, read_folder, write_folder


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "mine/templates").mkdir(parents=True)
    (tmp_path / "mine/theme.yaml").write_bytes(b"name: mine\n")
    (tmp_path / "mine/templates/home.html").write_bytes(b"<p>")
    return tmp_path / "mine"


def test_a_folder_is_read_and_written_again(folder, tmp_path):
    files = read_folder(folder)
    assert [file.path for file in files] == ["templates/home.html", "theme.yaml"]
    write_folder(files, tmp_path / "again")
    assert read_folder(tmp_path / "again") == files


def test_the_digest_follows_names_and_contents():
    one, two = GivenFile("a.css", b"1"), GivenFile("b.css", b"2")
    assert digest_of([one, two]) == digest_of([two, one])
    assert len({digest_of([one]), digest_of([two]), digest_of([GivenFile("a.css", b"2")])}) == 3


@pytest.mark.parametrize("name", ["theme.YAML", "a b.css", ".hidden.css", "noending", "é.css"])
def test_names_no_theme_may_use_are_refused(folder, name):
    (folder / name).write_bytes(b"")
    with pytest.raises(ThemeError, match="is no name"):
        read_folder(folder)


def test_links_are_refused_whatever_they_lead_to(folder):
    (folder / "a.css").symlink_to("/etc/passwd")
    with pytest.raises(ThemeError, match="is a link"):
        read_folder(folder)
    (folder / "a.css").unlink()
    (folder / "more").symlink_to("/etc")
    with pytest.raises(ThemeError, match="is a link"):
        read_folder(folder)


def test_a_pipe_does_not_hold_anybody_up(folder):
    os.mkfifo(folder / "a.css")
    with pytest.raises(ThemeError, match="is no file"):
        read_folder(folder)


def test_bounds(folder, monkeypatch):
    monkeypatch.setattr(module, "MOST_FILE", 5)
    with pytest.raises(LimitExceeded, match="larger than 5 bytes"):
        read_folder(folder)
    monkeypatch.undo()
    monkeypatch.setattr(module, "MOST_BYTES", 12)
    with pytest.raises(LimitExceeded, match="12 bytes"):
        read_folder(folder)
    monkeypatch.undo()
    monkeypatch.setattr(module, "MOST_FILES", 1)
    with pytest.raises(LimitExceeded, match="more than 1 files"):
        read_folder(folder)


def test_a_folder_that_is_not_there_has_no_files(tmp_path):
    assert read_folder(tmp_path / "none") == ()


@given(st.text(max_size=40))
def test_nothing_is_written_outside(tmp_path_factory, name):
    folder = tmp_path_factory.getbasetemp() / "laid"
    if PATH.fullmatch(name):
        return
    with pytest.raises(StorageError, match="leaves its folder"):
        write_folder((GivenFile(name, b""),), folder)
    assert not folder.exists()
