import os
import pwd

import pytest

from shopwright.audit.record import Record
from shopwright.audit.verification import last_entries
from shopwright.cli import recording as module
from shopwright.cli.recording import log_folder, open_record_sink
from shopwright.errors import AuditLogError
from shopwright.settings import current_settings


@pytest.fixture(autouse=True)
def own_state(tmp_path, monkeypatch):
    monkeypatch.setenv("SHOPWRIGHT_STATE", str(tmp_path / "state"))
    current_settings.cache_clear()
    yield
    current_settings.cache_clear()


def user_of_next_record():
    open_record_sink()(Record("template.check"))
    return last_entries(log_folder(), 1)[0]["user.id"]


def test_records_are_kept_in_the_state_folder_in_the_users_name(tmp_path, monkeypatch):
    monkeypatch.setenv("USER", "somebody-else")
    monkeypatch.setenv("LOGNAME", "somebody-else")
    assert user_of_next_record() == pwd.getpwuid(os.getuid()).pw_name
    assert log_folder() == tmp_path / "state" / "audit"


def test_a_record_that_names_its_user_keeps_it():
    open_record_sink()(Record("template.check", user="mara"))
    assert last_entries(log_folder(), 1)[0]["user.id"] == "mara"


def test_a_user_without_a_name_is_a_number(monkeypatch):
    monkeypatch.setattr(module.os, "getuid", lambda: 54_321_987)
    assert user_of_next_record() == "54321987"


@pytest.mark.parametrize(("name", "kept"), [("Mara K.", "Mara-K."), ("a" * 300, "a" * 255), ("mara\n", "mara-")])
def test_a_name_is_made_to_fit(monkeypatch, name, kept):
    entry = pwd.struct_passwd((name, "x", 1, 1, "", "/", "/bin/sh"))
    monkeypatch.setattr(module.pwd, "getpwuid", lambda _number: entry)
    assert user_of_next_record() == kept


def test_a_log_that_cannot_be_kept_is_told_before_any_work(tmp_path):
    (tmp_path / "state").write_text("a file")
    with pytest.raises(AuditLogError, match="the audit log cannot be kept"):
        open_record_sink()
