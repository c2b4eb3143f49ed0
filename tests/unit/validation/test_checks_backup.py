import pytest

from shopwright.errors import BackupError
from shopwright.validation import checks_backup as module
from shopwright.validation.checkout import Checkout


@pytest.fixture
def checkout(tmp_path, monkeypatch, mongo_uri):
    monkeypatch.setattr(module, "DOCUMENTS", 10_000)
    monkeypatch.setattr(module, "_SECONDS", 1)
    return Checkout(tmp_path, tmp_path / "work")


def test_for_real(checkout):
    result = module.backed_up(checkout)
    assert result.passed
    assert ": exact; 3 collections of a rehearsal equal; flipped bit found" in result.figure
    assert not (checkout.work / "backup").exists()


def test_damage_that_is_not_found_and_a_state_that_never_was(checkout, monkeypatch):
    monkeypatch.setattr(module._Transfers, "until", lambda self, second: 1)
    monkeypatch.setattr(module.Backups, "check", lambda *_: 0)
    result = module.backed_up(checkout)
    assert not result.passed
    assert "NOT exact" in result.figure
    assert "NOT found" in result.figure


def test_damage_that_is_found(tmp_path, monkeypatch):
    class Damaged:
        def check(self, made, progress):
            progress(1)
            raise BackupError("damaged")

    class Made:
        def part(self, number):
            return "part"

    (tmp_path / "part").write_bytes(b"abc")
    assert module._finds_damage(Damaged(), Made(), tmp_path)
    assert (tmp_path / "part").read_bytes() != b"abc"
