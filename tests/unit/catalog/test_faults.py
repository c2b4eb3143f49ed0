from shopwright.catalog import faults
from shopwright.catalog.fault_rules import fault
from shopwright.catalog.faults import Report


def test_a_fault_says_what_was_found_done_and_to_do():
    assert fault("row-empty", "The row has no content.", 3, "A").as_json() == {
        "row": 3,
        "column": "A",
        "code": "row-empty",
        "severity": "info",
        "message": "The row has no content. The row is skipped. Remove the row.",
    }


def test_faults_beyond_the_bound_are_counted(monkeypatch):
    monkeypatch.setattr(faults, "MAX_FAULTS_KEPT", 1)
    report = Report()
    for row in (2, 3):
        report.add(fault("row-empty", "", row))
    assert (len(report.faults), report.faults_not_kept) == (1, 1)
