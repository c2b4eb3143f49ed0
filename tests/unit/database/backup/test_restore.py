import datetime as dt

import pytest
from bson import Timestamp
from pymongo import IndexModel
from pymongo.errors import BulkWriteError

from shopwright.database.backup.log import archive_log
from shopwright.database.backup.mark import is_mark
from shopwright.database.backup.restore import check_snapshot, digests_of, newest_before, restore
from shopwright.database.backup.snapshot import Scope, current_time, take_snapshot
from shopwright.errors import BackupError

TAKEN = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


def quietly(done):
    del done


def take(client, vault, *databases, day=1, everything=False):
    return take_snapshot(client, vault, Scope(databases, everything=everything), TAKEN.replace(day=day), quietly)


@pytest.fixture
def saved(client, vault, names):
    database = client[names["a"]]
    database.create_collection("things", validator={"n": {"$type": "int"}})
    database.things.create_index("n", unique=True)
    database.things.insert_many({"_id": number, "n": number} for number in range(5_000))
    return take(client, vault, names["a"])


def digests(client, database):
    return {name: digest.text for name, digest in digests_of(client, database, quietly).items()}


def _indexes(client, database):
    return sorted(map(str, client[database].words.list_indexes()))


def test_collations_of_collections_and_indexes_come_back(client, vault, names):
    """An index without one, on a collection with one, is told of without, and would else be made with it."""
    database = client[names["a"]]
    german = {"locale": "de", "strength": 2}
    database.create_collection("words", collation=german)
    database.words.create_indexes(
        [IndexModel("plain", collation={"locale": "simple"}), IndexModel("usual", unique=True)]
    )
    saved = take(client, vault, names["a"])
    database.words.create_index("later", collation={"locale": "simple"})
    database.words.insert_one({"plain": "a", "usual": "b"})
    until = current_time(client)
    archive_log(client, vault, saved.at)
    restore(client, vault, saved, {names["a"]: names["b"]}.get, until=until, progress=quietly)
    assert _indexes(client, names["b"]) == _indexes(client, names["a"])


def test_documents_validators_and_indexes_come_back(client, vault, names, saved):
    told = []
    done = restore(client, vault, saved, {names["a"]: names["b"]}.get, progress=told.append)
    assert (done.documents, done.operations, done.databases, done.at) == (5_000, 0, [names["b"]], saved.at)
    assert sum(told) == 5_000
    assert digests(client, names["b"]) == digests(client, names["a"])
    with pytest.raises(Exception, match="failed validation"):
        client[names["b"]].things.insert_one({"n": "text"})
    with pytest.raises(Exception, match="duplicate key"):
        client[names["b"]].things.insert_one({"n": 5})


def test_what_an_earlier_validator_let_through_comes_back(client, vault, names):
    client[names["a"]].things.insert_one({"n": "text"})
    client[names["a"]].command({"collMod": "things", "validator": {"n": {"$type": "int"}}})
    restore(client, vault, take(client, vault, names["a"]), {names["a"]: names["b"]}.get, progress=quietly)
    assert digests(client, names["b"]) == digests(client, names["a"])


def test_what_is_there_is_replaced_only_when_asked(client, vault, names, saved):
    client[names["a"]].things.delete_many({})
    with pytest.raises(BackupError, match=f"{names['a']}: there is a database of that name"):
        restore(client, vault, saved, {names["a"]: names["a"]}.get, progress=quietly)
    assert client[names["a"]].things.count_documents({}) == 0
    restore(client, vault, saved, {names["a"]: names["a"]}.get, replace=True, progress=quietly)
    assert client[names["a"]].things.count_documents({}) == 5_000


def test_a_damaged_snapshot_replaces_nothing(client, vault, names, saved, tmp_path):
    path = tmp_path / "vault" / saved.part(0)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    client[names["a"]].things.delete_many({"n": {"$gt": 10}})
    with pytest.raises(BackupError, match="changed or damaged"):
        restore(client, vault, saved, {names["a"]: names["a"]}.get, replace=True, progress=quietly)
    assert client[names["a"]].things.count_documents({}) == 11
    with pytest.raises(BackupError, match=r"000000: it was changed or damaged"):
        check_snapshot(vault, saved, [names["a"]], quietly)


def test_a_missing_object_is_found(vault, names, saved, tmp_path):
    (tmp_path / "vault" / saved.part(0)).unlink()
    with pytest.raises(BackupError, match="it is missing"):
        check_snapshot(vault, saved, [names["a"]], quietly)


def test_objects_of_another_number_of_documents_are_found(vault, names, saved):
    vault.write(saved.part(0), b"")
    with pytest.raises(BackupError, match=f"{names['a']}.things: the documents are not those that were saved"):
        check_snapshot(vault, saved, [names["a"]], quietly)


def test_a_sound_snapshot_is_read_whole(vault, names, saved):
    assert check_snapshot(vault, saved, [names["a"]], quietly) == 5_000


def test_an_interrupted_restore_is_marked_and_begun_anew(client, vault, names, saved):
    def stop(done):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        restore(client, vault, saved, {names["a"]: names["b"]}.get, progress=stop)
    assert any(map(is_mark, client[names["b"]].list_collection_names()))
    restore(client, vault, saved, {names["a"]: names["b"]}.get, progress=quietly)
    assert digests(client, names["b"]) == digests(client, names["a"])


def test_a_moment_between_two_writes(client, vault, names, saved):
    things, moments = client[names["a"]].things, []
    for step in range(4):
        things.update_many({"n": {"$gte": 4_990, "$lt": 5_000}}, {"$set": {"step": step}})
        things.insert_one({"_id": f"new {step}", "n": 10_000 + step})
        moments.append((current_time(client), digests(client, names["a"])))
    archive_log(client, vault, saved.at)
    for number, (until, wanted) in enumerate(moments):
        into = names[f"moment{number}"]
        done = restore(client, vault, saved, {names["a"]: into}.get, until=until, progress=quietly)
        assert (done.at, done.operations) == (until, 11 * (number + 1))
        assert digests(client, into) == wanted


def test_a_moment_the_log_does_not_reach(client, vault, names, saved):
    client[names["a"]].things.insert_one({"n": 9_999})
    with pytest.raises(BackupError, match="is not here: it ends at"):
        restore(client, vault, saved, {names["a"]: names["b"]}.get, until=current_time(client), progress=quietly)
    assert client[names["b"]].list_collection_names() == []


@pytest.mark.parametrize("damage", ["none", "cut", "missing"])
def test_a_log_that_cannot_be_read_replaces_nothing(client, vault, names, saved, tmp_path, damage):
    client[names["a"]].things.insert_one({"n": 9_999})
    until = current_time(client)
    archive_log(client, vault, saved.at)
    (segment,) = (tmp_path / "vault" / "log").iterdir()
    if damage == "cut":
        segment.write_bytes(segment.read_bytes()[:-1])
    elif damage == "missing":
        segment.unlink()
    before = digests(client, names["a"])
    ours = {names["a"]: names["a"]}.get
    if damage == "none":
        restore(client, vault, saved, ours, until=until, replace=True, progress=quietly)
    else:
        with pytest.raises(BackupError, match=r"damaged|is not here"):
            restore(client, vault, saved, ours, until=until, replace=True, progress=quietly)
    assert digests(client, names["a"]) == before


def test_a_snapshot_that_is_named_is_begun_from_whatever_newer_ones_are(client, vault, names, saved, tmp_path):
    client[names["a"]].things.insert_one({"n": 9_999})
    later = take(client, vault, names["a"], day=2)
    (tmp_path / "vault/snapshots" / later.id / "manifest").write_bytes(b"damaged")
    with pytest.raises(BackupError, match="it is no object of a backup"):
        newest_before(vault, names["a"], None)
    assert newest_before(vault, names["a"], None, saved.id).id == saved.id
    with pytest.raises(BackupError, match="there is no snapshot '20260101T000000Z-00000000'"):
        newest_before(vault, names["a"], None, "20260101T000000Z-00000000")
    with pytest.raises(BackupError, match=f"{saved.id} does not hold the tenant 'other'"):
        newest_before(vault, "t_other", None, saved.id)


def test_the_newest_snapshot_before_a_moment(client, vault, names, saved):
    client[names["a"]].things.insert_one({"n": 9_999})
    later = take(client, vault, names["a"], day=2)
    other = take(client, vault, names["b"], day=3)
    assert newest_before(vault, names["a"], None).id == later.id
    assert newest_before(vault, names["a"], saved.at).id == saved.id
    assert newest_before(vault, names["b"], None).id == other.id
    with pytest.raises(BackupError, match="no snapshot before 1970-01-01 00:00:01 UTC holds"):
        newest_before(vault, names["a"], Timestamp(1, 1))
    with pytest.raises(BackupError, match="no snapshot holds the tenant 'none'"):
        newest_before(vault, "t_none", None)
    with pytest.raises(BackupError, match="no snapshot holds everything"):
        newest_before(vault, None, None)


def test_a_database_younger_than_the_snapshot_of_everything(client, vault, names, saved):
    everything = take(client, vault, names["a"], day=2, everything=True)
    client[names["new"]].things.insert_one({"n": 1})
    until = current_time(client)
    archive_log(client, vault, everything.at)
    found = newest_before(vault, names["new"], until)
    restore(client, vault, found, {names["new"]: names["copy"]}.get, until=until, progress=quietly)
    assert digests(client, names["copy"]) == digests(client, names["new"])


def test_what_the_server_refuses_is_said(client, vault, names, saved):
    too_long = "t_" + "x" * 70
    with pytest.raises(BackupError, match="the server refused"):
        restore(client, vault, saved, {names["a"]: too_long}.get, progress=quietly)


def test_what_the_server_refuses_shows_no_document(client, vault, names, saved, monkeypatch):
    told = {"writeErrors": [{"code": 11_000, "keyPattern": {"n": 1}, "op": {"mail": "ann@example.com"}}]}

    def refuse(*_):
        raise BulkWriteError(told)

    monkeypatch.setattr("shopwright.database.backup.restore._load_collection", refuse)
    with pytest.raises(BackupError, match="Another document has the same n") as caught:
        restore(client, vault, saved, {names["a"]: names["b"]}.get, progress=quietly)
    assert "ann@example.com" not in str(caught.value)


def test_what_was_made_after_the_snapshot_is_replaced_too(client, vault, names, saved):
    """A copy that an earlier restore made stands in the log, and in the way."""
    everything = take(client, vault, names["a"], day=2, everything=True)
    client[names["b"]].things.insert_one({"n": 1})
    until = current_time(client)
    archive_log(client, vault, everything.at)
    client[names["b"]].things.insert_one({"n": 2})
    ours = {names["a"]: names["a"], names["b"]: names["b"]}.get
    with pytest.raises(BackupError, match="there is a database of that name"):
        restore(client, vault, everything, ours, until=until, progress=quietly)
    assert client[names["b"]].things.count_documents({}) == 2
    done = restore(client, vault, everything, ours, until=until, replace=True, progress=quietly)
    assert done.databases == sorted([names["a"], names["b"]])
    assert client[names["b"]].things.count_documents({}) == 1
    assert not any(map(is_mark, client[names["b"]].list_collection_names()))


def test_marks_of_earlier_restores_come_back_as_they_were(client, vault, names):
    """A database that was half when it was saved is half when it is restored, and says so."""
    client[names["a"]]["restore_unfinished_0a"].insert_one({})
    everything = take(client, vault, names["a"], everything=True)
    client[names["a"]]["restore_unfinished_0b"].insert_one({})
    client[names["a"]].drop_collection("restore_unfinished_0a")
    until = current_time(client)
    archive_log(client, vault, everything.at)
    restore(client, vault, everything, {names["a"]: names["b"]}.get, until=until, progress=quietly)
    assert client[names["b"]].list_collection_names() == ["restore_unfinished_0b"]
