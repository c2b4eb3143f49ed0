import json

import pytest
from tests.unit.browser_audit.answers import page, run

from shopwright.browser_audit.findings import Finding
from shopwright.browser_audit.lighthouse import Score
from shopwright.browser_audit.report import BrowserReport, read_report, write_json, write_report
from shopwright.errors import StorageError

HOME, CART = page(), page("cart", "de", "/de/cart/")
FINDINGS = (
    Finding("axe", "list", "error", CART, "filled", "a"),
    Finding("axe", "list", "error", CART, "as it arrives", "a"),
    Finding("axe", "region", "warning", CART, "filled", "b"),
    Finding("markup", "nu", "error", HOME, "", "c"),
)


def report(**values):
    given = {"scores": (Score(HOME, "mobile", (run(),)),), "looked": {"axe": 4}, "findings": FINDINGS}
    return BrowserReport("2026-11-23", "quick", {"axe-core": "4.14.1"}, (HOME, CART), **{**given, **values})


def test_the_report_as_json():
    made = report(vitals=({"kind": "home"},)).as_json()
    assert made["machine"] == {"benchmark": 2000.0, "busy": False}
    assert made["pages"][1] == {"kind": "cart", "locale": "de", "address": "/de/cart/"}
    assert (made["errors"], made["warnings"], len(made["findings"]), len(made["scores"])) == (3, 1, 4, 1)
    assert (made["version"], made["date"], made["depth"], made["looked"]) == (1, "2026-11-23", "quick", {"axe": 4})
    assert made["vitals"] == [{"kind": "home"}]


def test_a_machine_is_busy_when_one_run_found_it_slow():
    assert report(scores=(Score(HOME, "mobile", (run(), run(benchmark=1100.0))),)).busy
    assert report(scores=()).as_json()["machine"] == {"benchmark": None, "busy": False}


def test_a_statement_counts_violations_of_wcag_and_names_each_once():
    assert report().statement() == {
        "date": "2026-11-23",
        "tools": {"axe-core": "4.14.1"},
        "pages": 2,
        "locales": ["en", "de"],
        "standard": "WCAG 2.2 AA",
        "violations": 2,
        "known": ["axe list: a"],
    }


def test_a_report_is_kept_in_its_site_and_read_again(tmp_path):
    path = write_report(report(), tmp_path)
    assert path == tmp_path / ".shopwright/browser-audit.json"
    assert read_report(tmp_path) == json.loads(json.dumps(report().as_json()))


@pytest.mark.parametrize("text", ["", "[]", "{", '{"version": 2}'])
def test_what_is_no_report_of_this_version_is_none(tmp_path, text):
    assert read_report(tmp_path) is None
    (tmp_path / ".shopwright").mkdir()
    (tmp_path / ".shopwright/browser-audit.json").write_text(text)
    assert read_report(tmp_path) is None


def test_a_report_that_cannot_be_written(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match="the report cannot be written"):
        write_json(tmp_path / "file/report.json", {})
