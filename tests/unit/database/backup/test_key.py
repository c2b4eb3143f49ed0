import base64
import os

import pytest

from shopwright.database.backup.key import BackupKey, load_key, load_or_make_key
from shopwright.errors import BackupError


def test_a_key_is_made_once_for_its_owner_only(tmp_path):
    path = tmp_path / "state/backup.key"
    key, made = load_or_make_key(path)
    assert made
    assert path.stat().st_mode & 0o777 == 0o600
    assert load_or_make_key(path) == (key, False)
    assert sorted(path.parent.iterdir()) == [path]


def test_of_two_that_make_it_one_counts(tmp_path, monkeypatch):
    path = tmp_path / "backup.key"
    path.write_bytes(base64.b64encode(b"k" * 32))
    path.chmod(0o600)
    monkeypatch.setattr(type(path), "exists", lambda self: False)
    assert load_or_make_key(path) == (BackupKey(b"k" * 32), False)


def test_a_key_is_never_shown():
    assert repr(BackupKey(b"k" * 32)) == "BackupKey()"
    assert BackupKey(b"k" * 32).name != BackupKey(b"l" * 32).name


def test_a_key_others_can_read_is_refused(tmp_path):
    path = tmp_path / "backup.key"
    load_or_make_key(path)
    path.chmod(0o640)
    with pytest.raises(BackupError, match=r"others can read this key\. Run chmod 600"):
        load_key(path)


@pytest.mark.parametrize("text", [b"", b"abc", base64.b64encode(b"k" * 31), "schlüssel".encode()])
def test_what_is_no_key_is_refused(tmp_path, text):
    path = tmp_path / "backup.key"
    path.write_bytes(text)
    path.chmod(0o600)
    with pytest.raises(BackupError, match="32 bytes in base64"):
        load_key(path)


def test_a_missing_key_is_named(tmp_path):
    with pytest.raises(BackupError, match=r"there is no key .*without it nobody can read them"):
        load_key(tmp_path / "none")


def test_a_key_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(BackupError, match="cannot be written"):
        load_or_make_key(tmp_path / "file" / "backup.key")


def test_no_draft_stays(tmp_path, monkeypatch):
    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(BackupError, match="No space left"):
        load_or_make_key(tmp_path / "backup.key")
    assert list(tmp_path.iterdir()) == []
