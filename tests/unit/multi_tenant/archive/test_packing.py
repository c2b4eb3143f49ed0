"""A folder becomes an archive: whole, always the same, readable by anybody."""

import datetime as dt
import hashlib
import stat
import zipfile

import pytest

from shopwright.errors import StorageError, TenantError
from shopwright.multi_tenant.archive import packing
from shopwright.multi_tenant.archive.manifest import read_manifest
from shopwright.multi_tenant.archive.packing import pack

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
FILES = {
    "tenant.json": b"{}",
    "stores/luna/products.jsonl": b'{"a": 1}\n' * 1_000,
    "stores/luna/pictures/a.jpg": b"\xff" * 5_000,
}


@pytest.fixture
def folder(tmp_path):
    for name, data in FILES.items():
        path = tmp_path / "folder" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return tmp_path / "folder"


def test_every_file_is_in_it_and_the_manifest_last(folder, tmp_path):
    manifest = pack(folder, tmp_path / "a.zip", "luna", NOW)
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert archive.namelist() == [*sorted(FILES), "manifest.json"]
        assert {name: archive.read(name) for name in FILES} == FILES
        assert read_manifest(archive.read("manifest.json"), "") == manifest
        kinds = {info.filename: info.compress_type for info in archive.infolist()}
    assert {name: entry.sha256 for name, entry in manifest.files.items()} == {
        name: hashlib.sha256(data).hexdigest() for name, data in FILES.items()
    }
    assert kinds["stores/luna/pictures/a.jpg"] == zipfile.ZIP_STORED
    assert kinds["stores/luna/products.jsonl"] == zipfile.ZIP_DEFLATED
    assert stat.S_IMODE((tmp_path / "a.zip").stat().st_mode) == 0o600


def test_the_same_folder_gives_the_same_bytes(folder, tmp_path):
    pack(folder, tmp_path / "a.zip", "luna", NOW)
    (folder / "tenant.json").touch()
    pack(folder, tmp_path / "b.zip", "luna", NOW)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_a_file_that_is_there_is_not_replaced(folder, tmp_path):
    (tmp_path / "a.zip").write_bytes(b"mine")
    with pytest.raises(StorageError, match="Name another file"):
        pack(folder, tmp_path / "a.zip", "luna", NOW)
    assert (tmp_path / "a.zip").read_bytes() == b"mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.zip", "folder"]


def test_it_appears_whole_or_not_at_all(folder, tmp_path, monkeypatch):
    monkeypatch.setattr(packing, "MOST_FILES", 2)
    with pytest.raises(TenantError, match="more than 2 files"):
        pack(folder, tmp_path / "a.zip", "luna", NOW)
    with pytest.raises(StorageError, match="No such file"):
        pack(folder, tmp_path / "none" / "a.zip", "luna", NOW)
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]
