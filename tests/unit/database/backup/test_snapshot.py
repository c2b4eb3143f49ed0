import datetime as dt
import threading

import pytest
from bson import Timestamp
from pymongo import MongoClient
from pymongo.errors import OperationFailure

from shopwright.database.backup import snapshot
from shopwright.database.backup.digest import DocumentsDigest
from shopwright.database.backup.manifest import read_manifest, snapshot_ids
from shopwright.database.backup.restore import digests_of
from shopwright.database.backup.snapshot import Scope, collections_of, current_time, take_snapshot
from shopwright.errors import BackupError

TAKEN = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


def quietly(done):
    del done


def take(client, vault, *databases):
    return take_snapshot(client, vault, Scope(databases, everything=False), TAKEN, quietly)


def test_it_holds_every_document_and_how_to_make_each_collection_again(client, vault, names):
    database = client[names["a"]]
    database.create_collection("products", validator={"price": {"$type": "int"}}, validationLevel="moderate")
    database.products.create_index([("store", 1), ("price", -1)], unique=True)
    database.products.insert_many({"store": "s", "price": number} for number in range(2_000))
    database.create_collection("empty")
    client[names["b"]].things.insert_one({})
    told = []
    made = take_snapshot(client, vault, Scope([names["a"]], everything=False), TAKEN, told.append)
    assert sum(told) == made.documents == 2_000
    found = read_manifest(vault, made.id)
    assert [(record.name, record.documents) for record in found.collections] == [("empty", 0), ("products", 2_000)]
    products = found.collections[1]
    assert products.options == {"validator": {"price": {"$type": "int"}}, "validationLevel": "moderate"}
    assert [index["name"] for index in products.indexes] == ["_id_", "store_1_price_-1"]
    assert products.digest == digests_of(client, names["a"], quietly)["products"].text
    assert (found.taken, found.databases, found.server) == (TAKEN, [names["a"]], client.server_info()["version"])


def test_documents_are_split_into_objects(client, vault, names, monkeypatch):
    monkeypatch.setattr(snapshot, "PART_BYTES", 10_000)
    client[names["a"]].things.insert_many({"text": "x" * 1_000} for _ in range(95))
    client[names["a"]].others.insert_one({})
    made = take(client, vault, names["a"])
    assert [len(record.parts) for record in made.collections] == [1, 10]
    assert sorted(number for record in made.collections for number in record.parts) == list(range(11))


def test_writes_go_on_and_are_not_seen(client, vault, names, monkeypatch):
    """A transfer between two collections at a time: their sum is the same at every moment."""
    monkeypatch.setattr(snapshot, "PART_BYTES", 20_000)
    database = client[names["a"]]
    for collection in ("a", "z"):
        database[collection].insert_many({"_id": number, "amount": 100, "text": "x" * 200} for number in range(2_000))
    ended, moved = threading.Event(), []

    def transfer():
        number = 0
        while not ended.is_set():
            with client.start_session() as session, session.start_transaction():
                database.a.update_one({"_id": number % 2_000}, {"$inc": {"amount": -1}}, session=session)
                database.z.update_one({"_id": number * 7 % 2_000}, {"$inc": {"amount": 1}}, session=session)
            number += 1
            moved.append(number)

    writer = threading.Thread(target=transfer)
    writer.start()
    try:
        made = [take(client, vault, names["a"]) for _ in range(3)]
    finally:
        ended.set()
        writer.join()
    assert len(moved) > 3
    for one in made:
        amounts = {record.name: sum(amounts_of(vault, one, record)) for record in one.collections}
        assert amounts["a"] + amounts["z"] == 400_000
    assert len({one.collections[0].digest for one in made}) == 3


def amounts_of(vault, manifest, record):
    import bson

    for number in record.parts:
        for document in bson.decode_iter(vault.read(manifest.part(number))):
            yield document["amount"]


def test_a_collection_made_meanwhile_begins_it_anew(client, vault, names, monkeypatch):
    client[names["a"]].things.insert_one({})
    listed, seen = collections_of, []

    def made_meanwhile(client, database):
        seen.append(database)
        if len(seen) == 2:
            client[database].late.insert_one({})
        return listed(client, database)

    monkeypatch.setattr(snapshot, "collections_of", made_meanwhile)
    made = take(client, vault, names["a"])
    assert [record.name for record in made.collections] == ["late", "things"]
    assert snapshot_ids(vault) == [made.id]


def test_what_never_holds_still_is_given_up(client, vault, names, monkeypatch):
    listed, count = collections_of, iter(range(1_000))

    def changing(client, database):
        client[database][f"c{next(count)}"].insert_one({})
        return listed(client, database)

    monkeypatch.setattr(snapshot, "collections_of", changing)
    with pytest.raises(BackupError, match="faster than they can be read"):
        take(client, vault, names["a"])
    assert snapshot_ids(vault) == []


def test_the_past_is_kept_for_as_long_as_it_takes_and_no_longer(client, vault, names, monkeypatch):
    def window():
        return client.admin.command("getParameter", 1, minSnapshotHistoryWindowInSeconds=1)[
            "minSnapshotHistoryWindowInSeconds"
        ]

    before, during = window(), []
    client[names["a"]].things.insert_one({})
    monkeypatch.setattr(DocumentsDigest, "add", lambda self, raw: during.append(window()))
    take(client, vault, names["a"])
    assert during == [6 * 3_600]
    assert window() == before


def test_a_user_who_may_not_widen_the_window_still_gets_a_snapshot(client, mongo_uri, vault, names):
    client[names["a"]].things.insert_one({})
    user = f"reader_{names['a']}"
    client.admin.command("createUser", user, pwd="p", roles=[{"role": "read", "db": names["a"]}])
    try:
        host = mongo_uri.partition("@")[2]
        with MongoClient(f"mongodb://{user}:p@{host}") as reader:
            assert take(reader, vault, names["a"]).documents == 1
    finally:
        client.admin.command("dropUser", user)


def test_what_the_server_refuses_is_said(vault, mongo_uri, names):
    host = mongo_uri.partition("@")[2]
    with MongoClient(f"mongodb://{host}") as nobody, pytest.raises(BackupError, match="could not be read"):
        take(nobody, vault, names["a"])
    assert snapshot_ids(vault) == []


def test_a_refusal_that_is_no_change_of_collections_is_not_tried_again(client, vault, names, monkeypatch):
    client[names["a"]].things.insert_one({})
    tries = []

    def refuse(*args):
        tries.append(args)
        raise OperationFailure("no", code=13)

    monkeypatch.setattr(snapshot, "documents_at", refuse)
    with pytest.raises(BackupError, match="no"):
        take(client, vault, names["a"])
    assert len(tries) == 1


def test_an_object_that_cannot_be_stored_ends_it(client, vault, names, monkeypatch):
    client[names["a"]].things.insert_one({})

    def full(self, name, data):
        raise BackupError("the disk is full")

    monkeypatch.setattr(type(vault), "write", full)
    with pytest.raises(BackupError, match="disk is full"):
        take(client, vault, names["a"])


def test_views_are_left_out(client, vault, names):
    database = client[names["a"]]
    database.things.insert_one({})
    database.command({"create": "view", "viewOn": "things", "pipeline": []})
    assert [record.name for record in take(client, vault, names["a"]).collections] == ["things"]


@pytest.mark.parametrize("options", [{"capped": True, "size": 4_096}, {"timeseries": {"timeField": "at"}}])
def test_what_cannot_be_read_as_it_was_is_named_and_not_left_out(client, vault, names, options):
    client[names["a"]].create_collection("odd", **options)
    with pytest.raises(BackupError, match=f"{names['a']}.odd: a capped or time-series collection cannot be read as"):
        take(client, vault, names["a"])
    assert list(snapshot_ids(vault)) == []


def test_the_cluster_time_is_that_of_the_last_write(client, names):
    before = current_time(client)
    client[names["a"]].get_collection("things").insert_one({})
    assert isinstance(before, Timestamp)
    assert current_time(client) > before


def test_what_was_removed_meanwhile_is_found_before_it_is_listed(client, vault, names):
    client[names["a"]].things.insert_one({})

    def prune():
        vault.delete([held.key for held in vault.list("snapshots/")])

    scope = Scope([names["a"]], everything=False, beside=prune)
    with pytest.raises(BackupError, match="somebody removed it while the backup went on"):
        take_snapshot(client, vault, scope, TAKEN, quietly)
    assert snapshot_ids(vault) == []


def test_one_that_fails_leaves_nothing(client, vault, names):
    client[names["a"]].things.insert_one({})

    def fail():
        assert list(vault.list("snapshots/"))
        raise BackupError("no")

    with pytest.raises(BackupError, match="no"):
        take_snapshot(client, vault, Scope([names["a"]], everything=False, beside=fail), TAKEN, quietly)
    assert list(vault.list("")) == []
