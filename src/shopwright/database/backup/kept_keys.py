"""Tenants' data keys outlive a restore of everything.

A backup holds the keys as they were wrapped then, and none of the tenants made since. Its control database takes the
place of the one that is there; the keys that were there go into a database of their own meanwhile, and back when it is
done. What was destroyed stays so: the backup may bring its key back, and nothing its master.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from pymongo.errors import PyMongoError
from pymongo.write_concern import WriteConcern

from shopwright.database.backup.snapshot import Client
from shopwright.database.cluster import CONTROL
from shopwright.database.encryption.data_keys import DATA_KEYS
from shopwright.database.failures import in_words
from shopwright.errors import BackupError

SHELTER = "shopwright_kept_keys"
"""The database they stand in meanwhile: no tenant's, so a restore leaves it alone."""


@contextmanager
def keeping_keys(client: Client) -> Iterator[None]:
    """Restore the control database inside. After one that was cut short the next brings the keys back.

    Raises ``BackupError``.
    """
    try:
        _merge(client, CONTROL, SHELTER)
        yield
        _merge(client, SHELTER, CONTROL)
        client.drop_database(SHELTER)
    except PyMongoError as error:
        remedy = f"They are safe in the database {SHELTER}: run the same restore again."
        raise BackupError(f"tenants' keys could not be kept: {in_words(error)}.", remedy=remedy) from None


def _merge(client: Client, source: str, target: str) -> None:
    """Of one key, how it was wrapped last counts; of two of one tenant, the one made last."""
    into = client[target].get_collection(DATA_KEYS.name, write_concern=WriteConcern("majority", j=True))
    for key in client[source][DATA_KEYS.name].find({}):
        rivals = {"keyAltNames": {"$in": key["keyAltNames"]}, "_id": {"$ne": key["_id"]}}
        if into.find_one({**rivals, "creationDate": {"$gt": key["creationDate"]}}):
            continue
        into.delete_many(rivals)
        if not into.find_one({"_id": key["_id"], "updateDate": {"$gte": key["updateDate"]}}):
            into.replace_one({"_id": key["_id"]}, key, upsert=True)
