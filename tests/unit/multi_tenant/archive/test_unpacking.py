"""An archive becomes a folder; hostile ones become nothing."""

import datetime as dt
import hashlib
import shutil
import struct
import zipfile
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.errors import StorageError, TenantError
from shopwright.multi_tenant.archive import unpacking
from shopwright.multi_tenant.archive.manifest import NAME, Entry, Manifest
from shopwright.multi_tenant.archive.packing import pack
from shopwright.multi_tenant.archive.unpacking import look_at, unpack

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
FILES = {
    "tenant.json": b"{}",
    "stores/luna/products.jsonl": b'{"a": 1}\n' * 1_000,
    "stores/luna/pictures/a.jpg": b"\xff" * 5_000,
}


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    """A sound archive."""
    place = tmp_path_factory.mktemp("archive")
    for name, data in FILES.items():
        path = place / "folder" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    pack(place / "folder", place / "good.zip", "luna", NOW)
    return place / "good.zip"


def contents(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def made(path, files, manifest=None, **options):
    """An archive of ``files`` with a manifest that is right unless another is given."""
    said = manifest or Manifest(tenant="luna", taken=NOW, files={
        name: Entry(bytes=len(data), sha256=hashlib.sha256(data).hexdigest()) for name, data in files.items()
    })  # fmt: skip
    with zipfile.ZipFile(path, "w", **options) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
        archive.writestr(NAME, said if isinstance(said, bytes) else said.written())
    return path


def test_it_comes_back_as_it_was(good, tmp_path):
    manifest = unpack(good, tmp_path / "out")
    assert contents(tmp_path / "out") == FILES
    assert look_at(good) == manifest


def test_one_changed_byte_is_found(good, tmp_path):
    data = bytearray(good.read_bytes())
    data[data.index(b"\xff" * 100) + 50] = 0
    (tmp_path / "bad.zip").write_bytes(data)
    with pytest.raises(TenantError, match=r"bad\.zip: "):
        unpack(tmp_path / "bad.zip", tmp_path / "out")


def test_other_contents_with_a_right_checksum_are_found(tmp_path):
    manifest = Manifest(tenant="luna", taken=NOW, files={"a": Entry(bytes=3, sha256="0" * 64)})
    with pytest.raises(TenantError, match="its file 'a' is not what its manifest says"):
        unpack(made(tmp_path / "a.zip", {"a": b"abc"}, manifest), tmp_path / "out")


@pytest.mark.parametrize("size", [2, 4])
def test_no_more_and_no_less_is_written_than_was_said(tmp_path, size):
    entry = Entry(bytes=size, sha256=hashlib.sha256(b"abcdef"[:size]).hexdigest())
    manifest = Manifest(tenant="luna", taken=NOW, files={"a": entry})
    with pytest.raises(TenantError, match="is not what its manifest says"):
        unpack(made(tmp_path / "a.zip", {"a": b"abc"}, manifest), tmp_path / "out")
    assert (tmp_path / "out" / "a").stat().st_size <= size


def test_a_bomb_writes_what_it_said_and_not_what_it_holds(tmp_path):
    manifest = Manifest(tenant="luna", taken=NOW, files={"a": Entry(bytes=10, sha256="0" * 64)})
    bomb = made(tmp_path / "a.zip", {"a": b"\0" * 50_000_000}, manifest, compression=zipfile.ZIP_DEFLATED)
    assert bomb.stat().st_size < 100_000
    with pytest.raises(TenantError):
        unpack(bomb, tmp_path / "out")
    assert (tmp_path / "out" / "a").stat().st_size <= 10


def test_what_does_not_fit_is_not_begun(tmp_path, monkeypatch):
    path = made(tmp_path / "a.zip", {"a": b"abc"})
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=2))
    with pytest.raises(TenantError, match="it holds 3 bytes, and there is room for 2"):
        unpack(path, tmp_path / "out")
    assert contents(tmp_path / "out") == {}


@pytest.mark.parametrize("others", [{"b": b""}, {"../b": b""}])
def test_files_that_nobody_announced_are_refused(tmp_path, others):
    manifest = Manifest(tenant="luna", taken=NOW, files={"a": Entry(bytes=3, sha256="0" * 64)})
    with pytest.raises(TenantError, match="its files are not those its manifest names"):
        unpack(made(tmp_path / "a.zip", {"a": b"abc", **others}, manifest), tmp_path / "out")
    assert contents(tmp_path).keys() == {"a.zip"}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("twice", ["a", NAME])
def test_a_name_twice_is_refused(tmp_path, twice):
    path = made(tmp_path / "a.zip", {"a": b"abc"})
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(twice, b"other")
    with pytest.raises(TenantError):
        unpack(path, tmp_path / "out")
    assert contents(tmp_path).keys() == {"a.zip"}


def test_an_archive_that_was_cut_short_has_no_manifest(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a", b"abc")
    with pytest.raises(TenantError, match="it has no manifest"):
        look_at(tmp_path / "a.zip")


def test_packings_we_do_not_use_are_refused(tmp_path):
    path = made(tmp_path / "a.zip", {"a": b"abc"}, compression=zipfile.ZIP_LZMA)
    with pytest.raises(TenantError, match="packed in a way we do not use"):
        look_at(path)


def test_a_file_below_a_file_is_refused(tmp_path):
    with pytest.raises(StorageError, match="cannot be read or written"):
        unpack(made(tmp_path / "a.zip", {"a": b"abc", "a/b": b"def"}), tmp_path / "out")


def test_a_large_manifest_or_list_of_files_is_not_read(good, monkeypatch):
    monkeypatch.setattr(unpacking, "MOST_BYTES", 100)
    with pytest.raises(TenantError, match="its manifest is too large"):
        look_at(good)
    monkeypatch.setattr(unpacking, "MOST_DIRECTORY", 100)
    with pytest.raises(TenantError, match="its list of files is too long"):
        look_at(good)


def test_the_wide_record_of_a_long_list_is_looked_at_too(tmp_path):
    wide = b"PK\x06\x06" + struct.pack("<QHHLLQQQQ", 44, 45, 45, 0, 0, 1, 1, 1 << 40, 0)
    end = b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, 0xFFFF, 0xFFFF, 0xFFFF_FFFF, 0xFFFF_FFFF, 0)
    (tmp_path / "a.zip").write_bytes(wide + end)
    with pytest.raises(TenantError, match="its list of files is too long"):
        look_at(tmp_path / "a.zip")


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(StorageError, match="No such file"):
        look_at(tmp_path / "none.zip")


@given(st.data())
def test_damage_is_an_error_of_ours_and_nothing_else(good, tmp_path_factory, data):
    """Some bytes changed, the end cut off: what is not found out is what it was."""
    place = tmp_path_factory.mktemp("damage")
    bytes_ = bytearray(good.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        bytes_[data.draw(st.integers(0, len(bytes_) - 1))] = data.draw(st.integers(0, 255))
    (place / "a.zip").write_bytes(bytes_[: data.draw(st.integers(len(bytes_) // 2, len(bytes_)))])
    try:
        unpack(place / "a.zip", place / "out")
    except (TenantError, StorageError):
        pass
    else:
        assert contents(place / "out") == FILES
    assert contents(place).keys() <= {"a.zip", *(f"out/{name}" for name in FILES)}


@given(st.binary(max_size=300))
def test_noise_is_no_archive(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("noise") / "a.zip"
    path.write_bytes(data)
    with pytest.raises(TenantError):
        look_at(path)


def test_a_list_of_very_many_files_is_not_read(good, tmp_path, monkeypatch):
    """Each costs memory though its line has 46 bytes; how many there are is counted before one is read."""
    monkeypatch.setattr(unpacking, "MOST_FILES", 2)
    monkeypatch.setattr(unpacking, "_OTHERS", 0)
    monkeypatch.setattr(unpacking, "_CHUNK", 7)
    monkeypatch.setattr(zipfile, "ZipFile", None)
    with pytest.raises(TenantError, match="its list of files is too long"):
        look_at(good)
    monkeypatch.undo()
    assert look_at(good).files.keys() == FILES.keys()
