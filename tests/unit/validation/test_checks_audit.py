import pytest

from shopwright.audit.log_file import AuditLog
from shopwright.audit.record import Record
from shopwright.validation import checks_audit as module
from shopwright.validation.checkout import Checkout
from shopwright.validation.checks_audit import OPERATIONS, every_operation_is_recorded
from shopwright.validation.registry import Result


@pytest.fixture
def recorded(tmp_path, monkeypatch):
    """The check's result when the operations leave these records."""

    def go(*records):
        def operate(work, _cache):
            log = AuditLog(work / "state" / "audit")
            for record in records:
                log.append(record)

        monkeypatch.setattr(module, "_operate", operate)
        monkeypatch.setattr(module, "_have_one_killed", lambda _theme, _record: None)
        return every_operation_is_recorded(Checkout(tmp_path, tmp_path / "work"))

    return go


ALL = [Record(action, outcome, user="mara") for action, outcome in sorted(OPERATIONS)]


def test_every_operation(recorded):
    result = recorded(*ALL)
    assert result == Result("6 of 6 operations in 6 records; 29 of 29 changes to the log found", passed=True)


def test_an_operation_without_a_record(recorded):
    result = recorded(*ALL[1:])
    assert result == Result("5 of 6 operations in 5 records; 24 of 24 changes to the log found", passed=False)


def test_a_record_that_names_nobody(recorded):
    assert not recorded(Record("template.check"), *ALL).passed


def test_a_word_of_a_template_in_the_log(recorded):
    assert not recorded(Record("template.check", user=module._SECRET), *ALL).passed


def test_a_change_that_is_not_found(recorded, monkeypatch):
    monkeypatch.setattr(module, "_is_found", lambda *_rest: False)
    assert recorded(*ALL) == Result("6 of 6 operations in 6 records; 0 of 29 changes to the log found", passed=False)


def test_for_real(tmp_path):
    """Every command runs, and a worker that stands still is killed."""
    result = every_operation_is_recorded(Checkout(tmp_path, tmp_path / "work"))
    assert result.figure.startswith("6 of 6 operations in ")
    assert result.passed
