import pytest

from shopwright.bootstrap.backup import open_backups
from shopwright.database.backup.key import BackupKey
from shopwright.errors import DatabaseError
from shopwright.settings import DatabaseSettings, Secret
from shopwright.storage.objects.folder import FolderObjects

KEY = BackupKey(b"k" * 32)


def settings(uri, folder):
    return DatabaseSettings(uri=Secret(uri), mongod=None, folder=folder, cache=256)


def test_the_deployment_and_the_place(mongo_uri, tmp_path):
    with open_backups(settings(mongo_uri, tmp_path), FolderObjects(tmp_path / "place"), KEY) as backups:
        assert backups.client.admin.command("ping")["ok"] == 1
        assert backups.vault.name == str(tmp_path / "place")


def test_what_is_no_connection_string(tmp_path):
    broken = settings("mongodb://localhost:port", tmp_path)
    with pytest.raises(DatabaseError, match="MONGODB_URI: The connection string cannot be used"):
        open_backups(broken, FolderObjects(tmp_path), KEY).__enter__()
