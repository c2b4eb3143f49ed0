import dataclasses
import datetime as dt

import bson
import pytest
from bson import Timestamp
from hypothesis import given
from hypothesis import strategies as st

from shopwright.database.backup.key import BackupKey
from shopwright.database.backup.manifest import (
    CollectionRecord,
    Manifest,
    part_name,
    read_manifest,
    snapshot_ids,
    stamp_of,
    stamp_text,
    write_manifest,
)
from shopwright.database.backup.vault import Vault
from shopwright.errors import BackupError
from shopwright.storage.objects.folder import FolderObjects

TAKEN = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
PRODUCTS = CollectionRecord(
    "t_a", "products", {"validator": {"a": 1}}, ({"v": 2, "name": "_id_"},), 3, 90, "0a", (0, 1)
)
MANIFEST = Manifest("20260301T120000Z-00", TAKEN, Timestamp(5, 6), "6.0.5", ("t_a",), False, (PRODUCTS,))
STAMPS = st.builds(Timestamp, st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1))


@pytest.fixture
def vault(tmp_path):
    return Vault(FolderObjects(tmp_path), BackupKey(b"k" * 32))


def test_it_comes_back_as_it_was(vault):
    write_manifest(vault, MANIFEST)
    found = read_manifest(vault, MANIFEST.id)
    assert bson.encode(dataclasses.asdict(found)) == bson.encode(dataclasses.asdict(MANIFEST))
    assert found.taken == TAKEN
    assert (found.documents, found.bytes, found.part(1)) == (3, 90, "snapshots/20260301T120000Z-00/000001")


def test_a_snapshot_without_manifest_is_none(vault):
    vault.write(part_name("20260201T120000Z-00", 0), b"")
    assert snapshot_ids(vault) == []
    for name in ("20260301T120000Z-00", "20260201T120000Z-00"):
        write_manifest(vault, dataclasses.replace(MANIFEST, id=name))
    assert snapshot_ids(vault) == ["20260201T120000Z-00", "20260301T120000Z-00"]


def test_collections_of_one_database(vault):
    assert MANIFEST.of("t_a") == [PRODUCTS]
    with pytest.raises(BackupError, match=r"holds no database 't_b'\. It holds: t_a"):
        MANIFEST.of("t_b")


def test_what_was_made_after_a_snapshot_of_everything_can_be_restored():
    everything = dataclasses.replace(MANIFEST, everything=True)
    assert everything.knows("t_b", later=True)
    assert not everything.knows("t_b", later=False)
    assert not MANIFEST.knows("t_b", later=True)
    assert everything.of("t_b") == []


def test_a_later_format_is_refused(vault):
    write_manifest(vault, dataclasses.replace(MANIFEST, format=2))
    with pytest.raises(BackupError, match="format 2 is not known here"):
        read_manifest(vault, MANIFEST.id)


def test_what_is_no_document_is_refused(vault):
    vault.write(f"snapshots/{MANIFEST.id}/manifest", b"not bson")
    with pytest.raises(BackupError, match="cannot be read"):
        read_manifest(vault, MANIFEST.id)


@given(STAMPS, STAMPS)
def test_cluster_times_sort_as_text(one, other):
    assert (stamp_text(one) < stamp_text(other)) == (one < other)
    assert stamp_of(stamp_text(one)) == one
