import io

import pytest
from rich.console import Console

from shopwright.cli import backup_place as module
from shopwright.cli.backup_place import counting, place_of
from shopwright.errors import SettingsError
from shopwright.settings import read_backup_settings


@pytest.fixture
def given(monkeypatch):
    values = {"HOME": "/home/mara"}
    monkeypatch.setattr(module, "current_backup_settings", lambda: read_backup_settings(values))
    return values


def test_the_place_that_is_named_else_that_of_the_settings(given, tmp_path):
    given["SHOPWRIGHT_BACKUP_TO"] = str(tmp_path / "usual")
    assert place_of("").name == str(tmp_path / "usual")
    assert place_of(str(tmp_path / "other")).name == str(tmp_path / "other")


def test_without_a_place_nothing_is_guessed(given):
    with pytest.raises(SettingsError, match="SHOPWRIGHT_BACKUP_TO: no place for backups is named"):
        place_of("")


def test_documents_are_counted_in_a_terminal_only(monkeypatch):
    said = io.StringIO()
    terminal = Console(file=said, force_terminal=True)
    monkeypatch.setattr(module, "Console", lambda stderr: terminal)
    with counting("saving", hidden=False) as progress:
        progress(7)
    assert "saving" in said.getvalue()
    said.seek(0)
    said.truncate()
    with counting("saving", hidden=True) as progress:
        progress(7)
    assert "saving" not in said.getvalue()
