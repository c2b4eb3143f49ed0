"""Whatever was written after a snapshot is done again from the log, whoever wrote it and however."""

import datetime as dt

import pytest
from bson import Binary, DBRef, Decimal128, Int64, Regex, Timestamp
from bson.raw_bson import RawBSONDocument
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shopwright.database.backup.log import archive_log
from shopwright.database.backup.replay import Replay
from shopwright.database.backup.restore import digests_of, restore
from shopwright.database.backup.snapshot import Scope, current_time, take_snapshot
from shopwright.errors import BackupError

TAKEN = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


def quietly(done):
    del done


@pytest.fixture
def again(client, vault, names):
    """What is written by a function, written once more: the databases before and after must add up to the same."""

    def redo(write, before=lambda database: None):
        database = client[names["a"]]
        database.things.insert_many({"_id": number, "n": number, "list": [1, 2, 3]} for number in range(20))
        before(database)
        snapshot = take_snapshot(client, vault, Scope([names["a"]], everything=False), TAKEN, quietly)
        write(database)
        until = current_time(client)
        wanted = described(client, names["a"])
        archive_log(client, vault, snapshot.at)
        done = restore(client, vault, snapshot, {names["a"]: names["b"]}.get, until=until, progress=quietly)
        assert described(client, names["b"]) == wanted
        return done.operations

    return redo


def described(client, database):
    """Digest, options and indexes of every collection."""
    digests = {name: digest.text for name, digest in digests_of(client, database, quietly).items()}
    options = {listed["name"]: listed["options"] for listed in client[database].list_collections()}
    indexes = {
        name: sorted((index["name"], str(dict(index))) for index in client[database][name].list_indexes())
        for name in digests
    }
    return digests, options, indexes


def test_documents(again):
    def write(database):
        database.things.insert_one({"_id": "new", "when": TAKEN, "deep": {"a": [{"b": 1}]}})
        database.things.update_one({"_id": 1}, {"$set": {"list.1": 9, "extra": 1}, "$unset": {"n": 1}})
        database.things.update_many({"_id": {"$lt": 5}}, {"$push": {"list": 4}, "$inc": {"n": 1}})
        database.things.update_one({"_id": 6}, [{"$set": {"sum": {"$sum": "$list"}}}])
        database.things.replace_one({"_id": 7}, {"whole": "other"})
        database.things.update_one({"_id": "upserted"}, {"$set": {"a": 1}}, upsert=True)
        database.things.find_one_and_delete({"_id": 8})
        database.things.delete_many({"_id": {"$gt": 15}})
        database.elsewhere.insert_one({"first": "of its collection"})

    assert again(write) == 17


def test_values_of_every_kind_come_back_byte_for_byte(again):
    values = [
        Int64(5),
        5,
        5.0,
        Decimal128("5.00"),
        Binary(b"x", 6),
        Binary(bytes(16), 4),
        Regex("^a", "i"),
        Timestamp(1, 2),
        None,
        True,
        DBRef("things", 1),
        {"$ref": "things", "$id": 2, "more": 1},
        dt.datetime(9999, 12, 31, tzinfo=dt.UTC),
        "ü\u0000\u200f",
    ]
    again(lambda database: database.things.insert_many({"value": value} for value in values))


def test_transactions_large_small_and_aborted(again, client):
    def write(database):
        with client.start_session() as session:
            with session.start_transaction():
                database.things.insert_one({"_id": "small"}, session=session)
                database.things.delete_one({"_id": 1}, session=session)
            with session.start_transaction():  # larger than one entry of the log
                for part in range(3):
                    large = [{"_id": f"{part}-{number}", "text": "y" * 200_000} for number in range(40)]
                    database.things.insert_many(large, session=session)
            session.start_transaction()
            database.things.insert_one({"_id": "never"}, session=session)
            session.abort_transaction()

    assert again(write) == 122


def test_collections_and_indexes(again):
    def before(database):
        database.old.insert_one({})
        database.old.create_index("a")
        database.going.insert_one({})

    def write(database):
        database.create_collection("made", validator={"a": {"$type": "int"}}, validationAction="warn")
        database.command({"collMod": "made", "validationLevel": "moderate"})
        database.made.create_index("a", unique=True, sparse=True)
        database.things.create_index([("n", -1)], partialFilterExpression={"n": {"$gt": 3}})
        database.old.drop_index("a_1")
        database.old.rename("renamed")
        database.going.drop()
        database.create_collection("brief")
        database.brief.drop()

    again(write, before)


def test_a_collection_that_comes_again_under_its_name(again):
    def write(database):
        database.things.drop()
        database.things.insert_one({"second": "life"})
        database.others.insert_one({})
        database.others.rename("things", dropTarget=True)

    again(write)


def test_a_database_that_was_dropped_and_made_again(again, client):
    def write(database):
        client.drop_database(database.name)
        database.things.insert_one({"new": 1})

    again(write)


def test_other_databases_are_left_alone(again, client, names):
    def write(database):
        client[names["c"]].things.insert_one({})
        client[names["c"]].create_collection("made")
        database.things.insert_one({"mine": 1})

    assert again(write) == 1
    assert client[names["b"]].things.count_documents({"mine": 1}) == 1


WRITES = {
    "insert": lambda things, number, target: things.insert_one({"_id": 1_000 + number, "text": "x" * target}),
    "set": lambda things, number, target: things.update_one({"_id": target}, {"$set": {f"a.b{number % 3}": number}}),
    "unset": lambda things, number, target: things.update_one({"_id": target}, {"$unset": {"list": 1}}),
    "push": lambda things, number, target: things.update_one(
        {"_id": target, "list": {"$type": "array"}}, {"$push": {"list": number}}
    ),
    "delete": lambda things, number, target: things.delete_one({"_id": target}),
    "replace": lambda things, number, target: things.replace_one({"_id": target}, {"n": number}),
    "upsert": lambda things, number, target: things.update_one({"_id": 500 + target}, {"$inc": {"n": 1}}, upsert=True),
}


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(sorted(WRITES)), st.integers(0, 25)), max_size=40))
def test_any_series_of_writes(again, client, names, series):
    for name in names.values():
        client.drop_database(name)

    def write(database):
        for number, (kind, target) in enumerate(series):
            WRITES[kind](database.things, number, target)

    again(write)


def entry(**values):
    import bson

    return RawBSONDocument(bson.encode({"op": "c", "ns": "admin.$cmd", **values}))


def test_a_transaction_without_its_beginning_is_found(client):
    order = {"applyOps": [{"op": "i", "ns": "x.y", "o": {"_id": 1}}], "count": 2}
    with pytest.raises(BackupError, match="without its beginning"):
        Replay(client, {"x": "z"}.get, quietly).run([entry(o=order, lsid={"id": 1}, txnNumber=1)])


def test_a_prepared_transaction_is_refused(client):
    with pytest.raises(BackupError, match="sharded cluster"):
        Replay(client, {}.get, quietly).run([entry(o={"applyOps": [], "prepare": True}, lsid={"id": 1}, txnNumber=1)])


def test_an_unknown_command_is_refused(client):
    with pytest.raises(BackupError, match="the command 'convertToCapped'"):
        Replay(client, {"x": "z"}.get, quietly).run([entry(ns="x.$cmd", o={"convertToCapped": "y"})])


def test_a_change_of_what_is_not_there_is_said(client, names):
    client[names["a"]].create_collection("things")
    wanted = entry(op="u", ns=f"{names['a']}.things", o={"$v": 2, "diff": {"u": {"a": 1}}}, o2={"_id": "none"})
    with pytest.raises(BackupError, match="the log cannot be done again"):
        Replay(client, {names["a"]: names["a"]}.get, quietly).run([wanted])


def test_what_is_to_go_may_be_gone(client, names):
    client[names["a"]].create_collection("things")
    orders = [{"drop": "none"}, {"dropIndexes": "things", "index": "none"}, {"startIndexBuild": "things"}]
    entries = [entry(ns=f"{names['a']}.$cmd", o=order) for order in orders]
    assert Replay(client, {names["a"]: names["a"]}.get, quietly).run(entries) == 2
    with pytest.raises(Exception, match="cannot drop _id index"):
        Replay(client, {names["a"]: names["a"]}.get, quietly).run(
            [entry(ns=f"{names['a']}.$cmd", o={"dropIndexes": "things", "index": "_id_"})]
        )


def test_many_operations_are_sent_in_batches(client, names, monkeypatch):
    sent = []
    real = type(client.admin).command

    def counting(self, order, *args, **options):
        if isinstance(order, dict) and "applyOps" in order:
            sent.append(len(order["applyOps"]))
        return real(self, order, *args, **options)

    monkeypatch.setattr(type(client.admin), "command", counting)
    client[names["a"]].create_collection("things")
    operations = [entry(op="i", ns=f"{names['a']}.things", o={"_id": number}) for number in range(2_500)]
    large = [entry(op="i", ns=f"{names['a']}.things", o={"_id": f"l{n}", "t": "x" * 5_000_000}) for n in range(4)]
    assert Replay(client, {names["a"]: names["a"]}.get, quietly).run([*operations, *large]) == 2_504
    assert sent == [1_000, 1_000, 502, 2]
    assert client[names["a"]].things.count_documents({}) == 2_504
