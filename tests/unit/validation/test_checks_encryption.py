from shopwright.database.encryption.master_folder import MasterFolder
from shopwright.validation import checks_encryption as module


def test_somebody_is_hidden_and_then_gone(checkout):
    result = module.encryption(checkout)
    assert result.passed, result.figure
    assert "a user is not found; another tenant's key is refused; wrapped anew in " in result.figure
    assert result.figure.endswith("once destroyed, a key from a backup opens nothing")


def test_files_that_stay_are_noticed(checkout, monkeypatch):
    monkeypatch.setattr(MasterFolder, "destroy", lambda *_: None)
    result = module.encryption(checkout)
    assert not result.passed
    assert result.figure.endswith("a key from a backup opens EVERYTHING")
