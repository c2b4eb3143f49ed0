import datetime as dt
from contextlib import suppress

import pytest
from pymongo.errors import PyMongoError

from shopwright.database.backup.kept_keys import SHELTER, keeping_keys
from shopwright.errors import BackupError

NOW = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def keys(client):
    """The collection of keys, as it was before this test afterwards."""
    client.drop_database(SHELTER)
    before = list(client.control.data_keys.find({}))
    client.control.data_keys.delete_many({})
    yield client.control.data_keys
    client.control.data_keys.delete_many({})
    if before:
        client.control.data_keys.insert_many(before)
    client.drop_database(SHELTER)


def key(number, name, made=0, wrapped=0):
    """Times are in hours."""
    return {
        "_id": b"%016d" % number,
        "keyAltNames": [name],
        "keyMaterial": b"%d" % wrapped,
        "status": 0,
        "creationDate": NOW + made * HOUR,
        "updateDate": NOW + wrapped * HOUR,
        "masterKey": {"provider": f"local:{wrapped}"},
    }


def there(keys):
    return sorted((one["keyAltNames"][0], one["masterKey"]["provider"]) for one in keys.find({}))


def put(keys, *found):
    keys.delete_many({})
    keys.insert_many(found)


def test_keys_outlive_what_takes_the_place_of_their_database(client, keys):
    """Wrapped anew since the backup; made since; destroyed since; destroyed and made anew since."""
    put(keys, key(1, "acme", 0, 5), key(2, "new", 3, 3), key(4, "again", 4, 4))
    with keeping_keys(client):
        put(keys, key(1, "acme", 0, 0), key(3, "gone", 1, 1), key(5, "again", 1, 1))
    assert there(keys) == [("acme", "local:5"), ("again", "local:4"), ("gone", "local:1"), ("new", "local:3")]
    assert SHELTER not in client.list_database_names()


def test_after_one_that_was_cut_short_the_next_brings_them_back(client, keys):
    put(keys, key(1, "acme", 0, 5), key(2, "new", 3, 3))
    with suppress(ZeroDivisionError), keeping_keys(client):
        put(keys, key(1, "acme", 0, 0))
        raise ZeroDivisionError
    assert there(keys) == [("acme", "local:0")]
    with keeping_keys(client):
        put(keys, key(1, "acme", 0, 0))
    assert there(keys) == [("acme", "local:5"), ("new", "local:3")]


def test_what_was_sheltered_long_ago_takes_the_place_of_nothing_newer(client, keys):
    put(keys, key(1, "acme", 0, 5), key(2, "again", 1, 1))
    with suppress(ZeroDivisionError), keeping_keys(client):
        raise ZeroDivisionError
    put(keys, key(1, "acme", 0, 7), key(3, "again", 6, 6))
    with keeping_keys(client):
        put(keys, key(1, "acme", 0, 0))
    assert there(keys) == [("acme", "local:7"), ("again", "local:6")]


def test_a_server_that_refuses_is_said(client, keys):
    with pytest.raises(BackupError, match="tenants' keys could not be kept") as refused, keeping_keys(client):
        raise PyMongoError("no")
    assert refused.value.remedy == "They are safe in the database shopwright_kept_keys: run the same restore again."
