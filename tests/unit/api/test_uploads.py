import io
import stat
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.api import uploads
from shopwright.api.uploads import unpack_store
from shopwright.errors import LimitExceeded, SourceError


def packed(folder, files, **more):
    path = folder / "upload.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
        for name, mode in more.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = mode << 16
            archive.writestr(entry, "x")
    return path


def unpacked(folder, path):
    out = folder / "out"
    out.mkdir(exist_ok=True)
    return unpack_store(path, out)


def test_a_folder_comes_out_as_it_went_in(tmp_path):
    top = unpacked(tmp_path, packed(tmp_path, {"store.yaml": "name: x", "pictures/a.png": b"a"}))
    assert (top / "pictures/a.png").read_bytes() == b"a"


def test_the_one_folder_at_the_top_is_the_store(tmp_path):
    top = unpacked(tmp_path, packed(tmp_path, {"luna/store.yaml": "name: x", "__MACOSX/._x": "y"}))
    assert top.name == "luna"


@pytest.mark.parametrize("name", ["../x", "/etc/x", "a/../../x", "a\\b", "x" * 401])
def test_nothing_comes_out_elsewhere(tmp_path, name):
    with pytest.raises(SourceError, match="no plain file"):
        unpacked(tmp_path, packed(tmp_path, {name: "x"}))
    assert [each.name for each in tmp_path.iterdir()] in (["out", "upload.zip"], ["upload.zip", "out"])


def test_links_and_devices_are_no_files(tmp_path):
    with pytest.raises(SourceError):
        unpacked(tmp_path, packed(tmp_path, {}, link=stat.S_IFLNK | 0o777))


def test_other_compressions_are_refused(tmp_path):
    path = tmp_path / "upload.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a", "x")
    with pytest.raises(SourceError):
        unpacked(tmp_path, path)


def test_a_bomb_is_not_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(uploads, "MOST_CONTENTS", 1_000)
    with pytest.raises(LimitExceeded):
        unpacked(tmp_path, packed(tmp_path, {"a": b"0" * 2_000}))
    monkeypatch.setattr(uploads, "MOST_FILES", 1)
    with pytest.raises(LimitExceeded):
        unpacked(tmp_path, packed(tmp_path, {"a": b"", "b": b""}))


def test_a_name_that_stands_twice_is_damage(tmp_path):
    path = tmp_path / "upload.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a", "1")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a", "2")
    with pytest.raises(SourceError, match="damaged"):
        unpacked(tmp_path, path)


@given(st.binary(max_size=300), st.integers(0, 200))
def test_damage_is_told(tmp_path_factory, junk, place):
    folder = tmp_path_factory.mktemp("zip")
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("store.yaml", "name: x" * 20)
    whole = file.getvalue()
    (folder / "upload.zip").write_bytes(whole[:place] + junk + whole[place + len(junk) :])
    with suppress(SourceError):
        unpacked(folder, folder / "upload.zip")
