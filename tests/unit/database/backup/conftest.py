"""A real server, a vault, and databases that are gone after a test."""

import secrets

import pymongo
import pytest

from shopwright.database.backup.key import BackupKey
from shopwright.database.backup.vault import Vault
from shopwright.storage.objects.folder import FolderObjects


@pytest.fixture
def vault(tmp_path):
    return Vault(FolderObjects(tmp_path / "vault"), BackupKey(b"k" * 32))


@pytest.fixture(scope="session")
def client(mongo_uri):
    with pymongo.MongoClient(mongo_uri, tz_aware=True) as client:
        yield client


@pytest.fixture
def names(client):
    """Names of databases, made as they are asked for."""

    class Names(dict):
        def __missing__(self, key):
            self[key] = f"t_{key}_{secrets.token_hex(4)}"
            return self[key]

    made = Names()
    yield made
    for name in made.values():
        client.drop_database(name)
