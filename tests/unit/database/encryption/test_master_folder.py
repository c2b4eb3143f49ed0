import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.database.encryption.master_folder import KEY_BYTES, MasterFolder
from shopwright.errors import DatabaseError, EncryptionError


def test_a_key_is_a_file_of_its_owner(folder, tmp_path):
    assert folder.names("acme") == []
    first, second = folder.add("acme"), folder.add("acme")
    assert folder.names("acme") == [first, second]
    assert (first[:5], second[:5]) == ("0001_", "0002_")
    file = tmp_path / "keys" / "acme" / f"{first}.key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert [len(secret) for secret in folder.read("acme").values()] == [KEY_BYTES, KEY_BYTES]
    assert len(set(folder.read("acme").values())) == 2


def test_keys_are_copied_discarded_and_destroyed(folder, tmp_path):
    first, second = folder.add("acme"), folder.add("acme")
    folder.copy("acme", "copy")
    folder.copy("acme", "copy")
    assert folder.read("copy") == folder.read("acme")
    folder.discard("acme", [first])
    folder.discard("acme", [first])
    assert folder.names("acme") == [second]
    folder.destroy("acme")
    folder.destroy("acme")
    assert [path.name for path in (tmp_path / "keys").iterdir()] == ["copy"]


def test_one_at_a_time_has_the_lock(folder):
    with folder.lock():
        assert folder.lock() is None
    with folder.lock() as again:
        assert again is not None


def test_a_key_that_others_can_read_is_refused(folder, tmp_path):
    file = tmp_path / "keys" / "acme" / f"{folder.add('acme')}.key"
    file.chmod(0o640)
    with pytest.raises(EncryptionError, match="Others can read this key") as refused:
        folder.read("acme")
    assert refused.value.remedy == f"Run chmod 600 {file}."


@pytest.mark.parametrize("data", [b"", b"k" * 95, b"k" * 97])
def test_a_key_that_was_cut_or_grew_is_refused(folder, tmp_path, data):
    file = tmp_path / "keys" / "acme" / f"{folder.add('acme')}.key"
    file.write_bytes(data)
    with pytest.raises(EncryptionError, match="It does not hold 96 bytes"):
        folder.read("acme")


def test_a_folder_that_cannot_be_used(tmp_path):
    (tmp_path / "keys").write_text("a file")
    folder = MasterFolder(tmp_path / "keys")
    with pytest.raises(EncryptionError, match="cannot be kept or read"):
        folder.add("acme")
    with pytest.raises(EncryptionError, match="cannot be kept or read"):
        folder.lock()


def test_keys_have_numbers_of_four_digits(folder, tmp_path):
    (tmp_path / "keys" / "acme").mkdir(parents=True)
    (tmp_path / "keys" / "acme" / "9999_00000000.key").touch()
    with pytest.raises(EncryptionError, match="too many keys"):
        folder.add("acme")


@given(st.text(max_size=60).filter(lambda name: not name.isascii() or not name.isalnum() or name == "admin"))
def test_no_name_leads_elsewhere(name):
    """Whatever is no tenant's name, `control` aside, is refused before it becomes a path."""
    allowed = set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-") and 0 < len(name) < 49 and name[0] != "-"
    if not allowed or name == "admin":
        with pytest.raises(DatabaseError):
            MasterFolder(None).names(name)
