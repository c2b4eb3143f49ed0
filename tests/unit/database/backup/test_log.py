import itertools

import bson
import pytest
from bson import Timestamp
from hypothesis import given
from hypothesis import strategies as st
from pymongo import MongoClient

from shopwright.database.backup import log
from shopwright.database.backup.key import BackupKey
from shopwright.database.backup.log import Segment, archive_log, chain_of, documents_in, reach, read_log, segments_of
from shopwright.database.backup.snapshot import current_time
from shopwright.database.backup.vault import Vault
from shopwright.errors import BackupError
from shopwright.storage.objects.folder import FolderObjects


def at(seconds):
    return Timestamp(seconds, 0)


def segment(start, end):
    return Segment(at(start), at(end))


def test_a_chain_leads_from_one_time_to_another():
    found = [segment(20, 30), segment(0, 10), segment(10, 20), segment(30, 40)]
    assert chain_of(found, at(12), at(30)) == [segment(10, 20), segment(20, 30)]
    assert chain_of(found, at(5), at(5)) == []


def test_how_far_segments_lead():
    found = [segment(20, 30), segment(0, 10), segment(10, 20), segment(35, 40)]
    assert reach(found, at(5)) == at(30)
    assert reach(found, at(33)) == at(33)
    assert reach([], at(3)) == at(3)


def test_segments_may_overlap():
    assert chain_of([segment(0, 10), segment(0, 30), segment(20, 40)], at(0), at(40)) == [
        segment(0, 10),
        segment(0, 30),
        segment(20, 40),
    ]


@pytest.mark.parametrize("missing", [0, 1, 2])
def test_a_gap_is_found(missing):
    found = [segment(0, 10), segment(10, 20), segment(20, 30)]
    del found[missing]
    with pytest.raises(BackupError, match=f"00:00:30 UTC is not here: it ends at 1970-01-01 00:00:{missing}0 UTC"):
        chain_of(found, at(0), at(30))


@given(st.lists(st.integers(0, 100), min_size=2, max_size=12, unique=True), st.data())
def test_a_chain_covers_all_that_was_asked_for(times, draw):
    times.sort()
    found = [segment(*pair) for pair in itertools.pairwise(times)]
    since, until = sorted(draw.draw(st.lists(st.sampled_from(times), min_size=2, max_size=2)))
    chain = chain_of(draw.draw(st.permutations(found)), at(since), at(until))
    assert all(one.end == other.start for one, other in itertools.pairwise(chain))
    assert (since == until) == (chain == [])
    if chain:
        assert chain[0].start <= at(since)
        assert chain[-1].end >= at(until)


def test_entries_outside_are_left_out(tmp_path):
    vault = Vault(FolderObjects(tmp_path), BackupKey(b"k" * 32))
    for start in (0, 10):
        entries = [bson.encode({"ts": at(second)}) for second in range(start + 1, start + 11)]
        vault.write(segment(start, start + 10).name, b"".join(entries))
    assert segments_of(vault) == [segment(0, 10), segment(10, 20)]
    assert [entry["ts"].time for entry in read_log(vault, at(8), at(12))] == [9, 10, 11, 12]


def test_what_two_copied_at_once_comes_once(tmp_path):
    vault = Vault(FolderObjects(tmp_path), BackupKey(b"k" * 32))
    for start, end in ((0, 5), (0, 8), (3, 12)):
        entries = [bson.encode({"ts": at(second)}) for second in range(start + 1, end + 1)]
        vault.write(segment(start, end).name, b"".join(entries))
    assert [entry["ts"].time for entry in read_log(vault, at(2), at(11))] == list(range(3, 12))


def test_what_is_no_segment_is_left_out(tmp_path):
    vault = Vault(FolderObjects(tmp_path), BackupKey(b"k" * 32))
    vault.write(segment(0, 10).name, b"")
    for name in (".DS_Store", "1-2", f"{segment(0, 10).name}.bak".removeprefix("log/")):
        (tmp_path / "log" / name).write_bytes(b"")
    assert segments_of(vault) == [segment(0, 10)]


@given(
    st.lists(
        st.dictionaries(st.text(st.characters(codec="ascii", exclude_characters="\0"), max_size=5), st.integers(0, 9))
    )
)
def test_documents_stand_one_after_the_other(documents):
    data = b"".join(map(bson.encode, documents))
    assert [bson.decode(raw) for raw in documents_in(data)] == documents


@given(st.lists(st.binary(max_size=9)), st.integers(1, 4))
def test_half_a_document_is_found(texts, missing):
    data = b"".join(bson.encode({"text": text}) for text in [*texts, b"last"])
    with pytest.raises(BackupError, match="within a document"):
        list(documents_in(data[:-missing]))


def test_a_document_without_length_is_found():
    with pytest.raises(BackupError, match="within a document"):
        list(documents_in(bytes(8)))


def test_segments_join_and_hold_what_changed_data(client, vault, names, monkeypatch):
    monkeypatch.setattr(log, "SEGMENT_BYTES", 2_000)
    since = current_time(client)
    client[names["a"]].things.insert_many({"text": "x" * 500} for _ in range(10))
    first = archive_log(client, vault, since)
    client[names["a"]].things.insert_one({})
    second = archive_log(client, vault, first[-1].end)
    assert len(first) > 2
    assert segments_of(vault) == [*first, *second]
    entries = list(read_log(vault, since, second[-1].end))
    assert [entry["op"] for entry in entries if entry["ns"].startswith(names["a"])] == ["c", *"i" * 11]
    assert {entry["op"] for entry in entries} <= set("iudc")
    assert not [entry for entry in entries if entry["ns"].startswith(("config.", "local.", "admin.system"))]


def test_nothing_new_is_no_segment(client, vault):
    assert archive_log(client, vault, Timestamp(2**32 - 1, 0)) == []


def test_what_the_server_has_overwritten_is_said(client, vault):
    with pytest.raises(BackupError, match="already overwritten its log of 1970-01-01"):
        archive_log(client, vault, Timestamp(1, 0))


def test_what_the_server_refuses_is_said(mongo_uri, vault):
    host = mongo_uri.partition("@")[2]
    with MongoClient(f"mongodb://{host}") as nobody, pytest.raises(BackupError, match="the log could not be read"):
        archive_log(nobody, vault, Timestamp(1, 0))
