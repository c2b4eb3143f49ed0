"""A database copied to another deployment while it is written to: nothing is lost, nothing comes twice."""

import threading
from uuid import uuid4

import pytest
from bson import Timestamp
from pymongo.errors import OperationFailure

from shopwright.database.backup import transfer as transfers
from shopwright.database.backup.backups import connected
from shopwright.database.backup.mark import is_mark
from shopwright.database.backup.restore import digests_of
from shopwright.database.backup.transfer import Transfer, settled_time
from shopwright.errors import BackupError


@pytest.fixture
def source(mongo_uri):
    with connected(mongo_uri) as client:
        yield client


@pytest.fixture
def target(other_mongo_uri):
    with connected(other_mongo_uri) as client:
        yield client


@pytest.fixture
def name(source, target):
    name = f"t_{uuid4().hex}"
    yield name
    source.drop_database(name)
    target.drop_database(name)


@pytest.fixture
def transfer(source, target, name):
    return Transfer(source, target, name)


def quietly(_):
    """Nobody watches."""


def fill(client, name, count=2_500):
    """Documents, a validator, a unique index, and one that removes what is over."""
    database = client[name]
    database.create_collection("things", validator={"$jsonSchema": {"required": ["n"]}})
    database.things.create_index("n", unique=True)
    database.things.insert_many({"_id": number, "n": number} for number in range(count))
    database.create_collection("passing")
    database.passing.create_index("ends", expireAfterSeconds=0)
    return database


def same(source, target, name):
    here, there = (digests_of(client, name, quietly) for client in (source, target))
    return {key: digest.text for key, digest in here.items()} == {key: digest.text for key, digest in there.items()}


def test_everything_arrives_with_its_schema(source, target, name, transfer):
    fill(source, name)
    transfer.refuse_same()
    transfer.refuse_taken()
    assert transfer.copy(quietly) == 2_500
    assert transfer.follow() == 0
    assert transfer.compare(quietly) == 2
    assert any(map(is_mark, target[name].list_collection_names()))
    transfer.finish()
    assert sorted(target[name].list_collection_names()) == ["passing", "things"]
    assert same(source, target, name)
    for collection in ("passing", "things"):
        assert target[name][collection].index_information() == source[name][collection].index_information()
        assert target[name][collection].options() == source[name][collection].options()


def test_what_is_written_meanwhile_arrives_too(source, target, name, transfer):
    database = fill(source, name)
    stop, written = threading.Event(), []

    def write():
        number = 10_000
        while not stop.is_set():
            with source.start_session() as session, session.start_transaction():
                database.things.insert_many([{"n": number}, {"n": number + 1}], session=session)
                database.things.update_one({"_id": number % 2_500}, {"$set": {"seen": number}}, session=session)
            database.things.delete_one({"n": number + 1})
            written.append(number)
            number += 2

    writer = threading.Thread(target=write)
    writer.start()
    transfer.copy(quietly)
    assert transfer.follow() > 0
    transfer.compare(quietly)
    stop.set()
    writer.join()
    transfer.follow()
    transfer.compare(quietly)
    transfer.finish()
    assert same(source, target, name)
    assert {found["n"] for found in target[name].things.find({"n": {"$gte": 10_000}})} == set(written)


def test_what_is_over_is_not_removed_before_it_is_compared(source, target, name, transfer):
    fill(source, name)
    transfer.copy(quietly)
    assert target[name].passing.index_information()["ends_1"]["expireAfterSeconds"] == 2**31 - 1
    transfer.finish()
    assert target[name].passing.index_information()["ends_1"]["expireAfterSeconds"] == 0


def test_a_copy_that_differs_is_told(source, target, name, transfer):
    fill(source, name)
    transfer.copy(quietly)
    target[name].things.update_one({"_id": 7}, {"$set": {"n": -7}})
    with pytest.raises(BackupError, match="the copy is not what it was made from"):
        transfer.compare(quietly)


def test_an_earlier_try_is_begun_anew(source, target, name, transfer):
    fill(source, name)
    Transfer(source, target, name).copy(quietly)
    target[name].things.delete_many({})
    transfer.refuse_taken()
    assert transfer.copy(quietly) == 2_500
    transfer.compare(quietly)


def test_a_collection_that_is_made_meanwhile_begins_it_anew(source, name, transfer, monkeypatch):
    fill(source, name)
    listed, asked = transfers.collections_of, []

    def collections_of(client, database):
        asked.append(database)
        if len(asked) == 2:
            source[name].create_collection("late")
        return listed(client, database)

    monkeypatch.setattr(transfers, "collections_of", collections_of)
    transfer.copy(quietly)
    assert len(asked) == 4
    assert transfer.compare(quietly) == 3


def test_what_never_rests_is_given_up(source, name, transfer, monkeypatch):
    fill(source, name, 1)

    def changed(*_):
        raise OperationFailure("changed", 246)

    monkeypatch.setattr(transfers, "documents_at", changed)
    with pytest.raises(BackupError, match="faster than they can be read"):
        transfer.copy(quietly)

    def refused(*_):
        raise OperationFailure("may not", 13)

    monkeypatch.setattr(transfers, "documents_at", refused)
    with pytest.raises(BackupError, match="a server refused: The database refuses this user what was asked"):
        transfer.copy(quietly)


def test_a_database_of_somebody_else_is_not_replaced(target, name, transfer):
    target[name].things.insert_one({})
    with pytest.raises(BackupError, match="there is a database of that name"):
        transfer.refuse_taken()


def test_a_deployment_is_not_copied_onto_itself(source, mongo_uri, name):
    with connected(mongo_uri) as again, pytest.raises(BackupError, match="both cells are the same deployment"):
        Transfer(source, again, name).refuse_same()


def test_who_may_not_ask_cannot_tell_deployments_apart(source, target, name, monkeypatch):
    class Refusing:
        def command(self, *_):
            raise OperationFailure("not authorized", 13)

    class Stranger:
        admin = Refusing()

    with pytest.raises(BackupError, match="the deployment cannot be told from others"):
        Transfer(Stranger(), target, name).refuse_same()


def test_what_was_written_stands_before_the_settled_time(source, name, monkeypatch):
    source[name].things.insert_one({})
    written = source.admin.command("hello")["lastWrite"]["opTime"]["ts"]
    assert settled_time(source) >= written
    monkeypatch.setattr(transfers, "_SETTLE_SECONDS", 0.05)
    monkeypatch.setattr(transfers, "current_time", lambda _: Timestamp(1, 1))
    with pytest.raises(BackupError, match="too far behind"):
        settled_time(source)
