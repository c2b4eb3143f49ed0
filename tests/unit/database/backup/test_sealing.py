import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopwright.database.backup import sealing
from shopwright.database.backup.key import BackupKey
from shopwright.database.backup.sealing import seal, unseal
from shopwright.errors import BackupError

KEY = BackupKey(b"k" * 32)


@given(st.binary(max_size=3_000), st.text(max_size=30))
def test_what_is_sealed_comes_back(data, name):
    assert unseal(KEY, name, seal(KEY, name, data)) == data


@given(st.binary(max_size=200), st.data())
def test_any_flipped_bit_is_found(data, draw):
    sealed = bytearray(seal(KEY, "snapshots/a/1", data))
    place = draw.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[place // 8] ^= 1 << place % 8
    with pytest.raises(BackupError):
        unseal(KEY, "snapshots/a/1", bytes(sealed))


@given(st.binary(max_size=200), st.data())
def test_any_cut_is_found(data, draw):
    sealed = seal(KEY, "a", data)
    with pytest.raises(BackupError):
        unseal(KEY, "a", sealed[: draw.draw(st.integers(0, len(sealed) - 1))])


def test_the_same_data_is_never_sealed_the_same():
    assert seal(KEY, "a", b"data") != seal(KEY, "a", b"data")


def test_the_data_is_not_in_it():
    assert b"a shopper's name" not in seal(KEY, "a", b"a shopper's name")


def test_an_object_under_another_name_is_found():
    with pytest.raises(BackupError, match="b: it was changed or damaged"):
        unseal(KEY, "b", seal(KEY, "a", b"data"))


def test_another_key_is_named():
    other = BackupKey(b"o" * 32)
    with pytest.raises(BackupError, match=f"sealed with the key {KEY.name}, not with {other.name}"):
        unseal(other, "a", seal(KEY, "a", b"data"))


def test_something_else_is_refused():
    with pytest.raises(BackupError, match="no object of a backup"):
        unseal(KEY, "a", b"PK" + bytes(100))


def test_what_is_too_large_is_not_sealed_and_not_unpacked(monkeypatch):
    monkeypatch.setattr(sealing, "MOST_BYTES", 1_000)
    sealed = seal(KEY, "a", bytes(1_000))
    assert unseal(KEY, "a", sealed) == bytes(1_000)
    with pytest.raises(BackupError, match="1,001 bytes is too large"):
        seal(KEY, "a", bytes(1_001))
    monkeypatch.setattr(sealing, "MOST_BYTES", 999)
    with pytest.raises(BackupError, match="more than 999 bytes"):
        unseal(KEY, "a", sealed)


def test_a_bomb_is_not_unpacked(monkeypatch):
    """Who holds the key could still have been tricked into sealing little that becomes much."""
    monkeypatch.setattr(sealing, "MOST_BYTES", 10_000)
    monkeypatch.setattr(zlib, "compress", lambda data, level: _bomb())
    with pytest.raises(BackupError, match="more than 10,000 bytes"):
        unseal(KEY, "a", seal(KEY, "a", b""))


def _bomb():
    packer = zlib.compressobj()
    return packer.compress(bytes(50_000_000)) + packer.flush()
