import datetime as dt
import hashlib

import bson
import pytest

from shopwright.bootstrap.picture_backup import PictureBackup, check_pictures, restore_pictures, saved_tenants
from shopwright.database.backup.key import BackupKey
from shopwright.database.backup.manifest import CollectionRecord, Manifest
from shopwright.database.backup.vault import Vault
from shopwright.errors import BackupError
from shopwright.storage.objects.folder import FolderObjects

TAKEN = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)


@pytest.fixture
def vault(tmp_path):
    return Vault(FolderObjects(tmp_path / "vault"), BackupKey(b"k" * 32))


@pytest.fixture
def state(tmp_path):
    for tenant, data in (("acme", b"one"), ("acme", b"two"), ("other", b"three")):
        put(tmp_path / "state", tenant, data)
    return tmp_path / "state"


def save_pictures(vault, state, tenants):
    backup = PictureBackup(vault, state)
    backup.save(tenants)
    return backup.saved


def manifest_of(vault, tenant="acme", *named):
    """A snapshot in which a catalogue of a tenant names pictures."""
    documents = [bson.encode({"_id": number, "content": sha256}) for number, sha256 in enumerate(named)]
    record = CollectionRecord(f"t_{tenant}", "pictures", {}, [], len(documents), 0, "", [0])
    made = Manifest("m", TAKEN, bson.Timestamp(1, 1), "6", (f"t_{tenant}",), True, (record,))
    vault.write(made.part(0), b"".join(documents))
    return made


def put(state, tenant, data):
    folder = state / "tenants" / tenant / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / hashlib.sha256(data).hexdigest()).write_bytes(data)


def pictures(state, tenant):
    return sorted(path.read_bytes() for path in (state / "tenants" / tenant / "pictures").iterdir())


def test_each_is_saved_once(vault, state):
    assert save_pictures(vault, state, ("acme",)) == 2
    assert saved_tenants(vault) == ["acme"]
    assert save_pictures(vault, state, ()) == 1
    assert save_pictures(vault, state, ()) == 0
    assert saved_tenants(vault) == ["acme", "other"]
    assert check_pictures(vault, manifest_of(vault)) == 3


def test_what_is_missing_comes_back_under_any_name(vault, state, tmp_path):
    save_pictures(vault, state, ())
    put(tmp_path / "new", "acme", b"one")
    assert restore_pictures(vault, tmp_path / "new", "acme", "acme") == 1
    assert restore_pictures(vault, tmp_path / "new", "acme", "copy") == 2
    assert pictures(tmp_path / "new", "acme") == pictures(tmp_path / "new", "copy") == [b"one", b"two"]


def test_another_picture_under_its_name_is_found(vault, state):
    save_pictures(vault, state, ("other",))
    name = next(held.key for held in vault.list("files/"))
    vault.write(name, b"something else")
    with pytest.raises(BackupError, match="another picture than its name says"):
        check_pictures(vault, manifest_of(vault))
    with pytest.raises(BackupError, match="another picture"):
        restore_pictures(vault, state, "other", "copy")


def test_without_pictures_there_is_nothing_to_do(vault, tmp_path):
    assert save_pictures(vault, tmp_path / "none", ()) == 0
    assert (saved_tenants(vault), check_pictures(vault, manifest_of(vault))) == ([], 0)


def test_a_picture_that_a_snapshot_names_and_nobody_saved_is_missed(vault, state):
    save_pictures(vault, state, ("acme",))
    one, three = (hashlib.sha256(data).hexdigest() for data in (b"one", b"three"))
    assert check_pictures(vault, manifest_of(vault, "acme", one)) == 2
    with pytest.raises(BackupError, match=f"files/acme/pictures/{three}: a picture is missing that m names"):
        check_pictures(vault, manifest_of(vault, "acme", one, three))
