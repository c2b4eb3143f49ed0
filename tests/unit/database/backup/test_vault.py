import pytest

from shopwright.database.backup.key import BackupKey
from shopwright.database.backup.vault import Vault
from shopwright.errors import BackupError
from shopwright.storage.objects.folder import FolderObjects

KEY = BackupKey(b"k" * 32)


@pytest.fixture
def vault(tmp_path):
    return Vault(FolderObjects(tmp_path), KEY)


def test_what_is_written_is_sealed_and_comes_back(vault, tmp_path):
    stored = vault.write("log/a", b"a shopper's name")
    on_disk = (tmp_path / "log/a").read_bytes()
    assert len(on_disk) == stored
    assert b"shopper" not in on_disk
    assert vault.read("log/a") == b"a shopper's name"


def test_a_missing_object_is_named(vault, tmp_path):
    with pytest.raises(BackupError, match=f"{tmp_path}/log/a: it is missing"):
        vault.read("log/a")


def test_objects_are_listed_and_removed(vault, tmp_path):
    vault.write("log/a", b"")
    vault.write("snapshots/s/manifest", b"")
    assert [held.key for held in vault.list("log/")] == ["log/a"]
    vault.delete(["log/a", "log/none"])
    assert [held.key for held in vault.list("log/")] == []
    assert vault.name == str(tmp_path)
