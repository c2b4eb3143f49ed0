"""What an archive says of itself, whoever wrote it."""

import datetime as dt

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.errors import StorageError, TenantError
from shopwright.multi_tenant.archive.manifest import Entry, Manifest, reaching, read_manifest, refuse_name

NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
ENTRY = Entry(bytes=3, sha256="a" * 64)
GOOD = Manifest(tenant="luna", taken=NOW, files={"tenant.json": ENTRY, "stores/luna/pictures/a b.jpg": ENTRY})


def test_it_is_read_back_as_it_was():
    assert read_manifest(GOOD.written(), "a.zip") == GOOD
    assert GOOD.size == 6
    assert read_manifest(GOOD.written(), "a.zip").sha256 == GOOD.sha256


@pytest.mark.parametrize(
    "name",
    [
        *("", "/", "/etc/passwd", "..", "../x", "a/../b", "a/./b", "a//b", "a/", "./a", "a\\b", "a\x00b", "a\nb"),
        *("manifest.json", "x" * 1_001, "é" * 128, "a\x7fb"),
    ],
)
def test_names_that_lead_elsewhere_are_refused(name):
    with pytest.raises(TenantError, match=r"a\.zip: it names a file .* which no archive of ours has"):
        refuse_name(name, "a.zip")
    said = orjson.dumps({"format": 1, "tenant": "luna", "taken": NOW, "files": {name: ENTRY.model_dump()}})
    with pytest.raises(TenantError):
        read_manifest(said, "a.zip")


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"format": 2}, "format"),
        ({"tenant": "../x"}, "tenant"),
        ({"taken": "yesterday"}, "taken"),
        ({"files": {"a": {"bytes": -1, "sha256": "a" * 64}}}, "bytes"),
        ({"files": {"a": {"bytes": "3", "sha256": "a" * 64}}}, "bytes"),
        ({"files": {"a": {"bytes": 3, "sha256": "A" * 64}}}, "sha256"),
        ({"files": []}, "files"),
        ({"more": 1}, "more"),
    ],
)
def test_the_field_that_is_wrong_is_named(change, what):
    with pytest.raises(TenantError, match=rf"a\.zip: its manifest cannot be read: .*{what}"):
        read_manifest(orjson.dumps({**GOOD.model_dump(mode="json"), **change}), "a.zip")


@given(st.binary(max_size=200) | st.recursive(st.none() | st.text(), st.lists, max_leaves=5).map(orjson.dumps))
def test_anything_else_is_an_error_of_ours(data):
    with pytest.raises(TenantError):
        read_manifest(data, "a.zip")


def test_places_are_named(tmp_path):
    is_folder = rf"{tmp_path}: it cannot be read or written \(Is a directory\)\."
    with pytest.raises(StorageError, match=is_folder), reaching(tmp_path):
        tmp_path.read_bytes()
    with pytest.raises(StorageError, match="Name another file"), reaching(tmp_path):
        tmp_path.mkdir()
