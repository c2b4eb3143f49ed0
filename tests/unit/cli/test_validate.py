import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from shopwright.cli import validate as module
from shopwright.cli.validate import validate
from shopwright.errors import StorageError
from shopwright.validation.coverage import Coverage
from shopwright.validation.registry import Result

ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def one_check(monkeypatch):
    """Only P1 has a check, and the tests have been measured already."""
    checkout = module.find_checkout()
    vars(checkout)["coverage"] = Coverage(unit=96.0, integration=92.0)
    monkeypatch.setattr(module, "find_checkout", lambda: checkout)
    monkeypatch.setattr(module, "registered_checks", lambda: {"P1": lambda checkout: Result("4 s [fast]", passed=True)})
    monkeypatch.setenv("COLUMNS", "160")


def run(*words):
    return CliRunner().invoke(validate, words)


def test_a_full_run_is_the_default():
    result = run()
    assert result.exit_code == 1
    assert "checking P1: 1,000 products < 30 s, 10,000 products < 500 MB" in result.stdout
    assert "1 of 59 requirements passed." in result.stdout
    assert "4 s [fast]" in result.stdout
    assert "not built" in result.stdout
    assert "Coverage     9.40 of 10" in result.stdout
    assert result.stdout == run("--full").stdout


def test_a_batch_that_suffices_ends_well():
    result = run("--batch", "testing")
    assert result.exit_code == 0
    assert "0 of 59 requirements passed." in result.stdout


def test_a_batch_that_does_not_suffice():
    assert run("--batch", "performance").exit_code == 1
    assert run("--batch", "security").exit_code == 1


def test_the_outcome_as_json(tmp_path):
    file = tmp_path / "report.json"
    run("--batch", "performance", "--json", str(file))
    told = json.loads(file.read_bytes())
    assert set(told) == {"requirements", "scores"}
    assert told["scores"] == {"overall": 0.17, "security": 0.0, "coverage": 0.0, "performance": 0.77}
    (p1,) = [row for row in told["requirements"] if row["id"] == "P1"]
    assert (p1["status"], p1["figure"]) == ("pass", "4 s [fast]")


def test_json_on_standard_output_stands_alone():
    result = run("--batch", "security", "--json", "-")
    assert json.loads(result.stdout)["scores"]["security"] == 0.0
    assert "requirements passed" in result.stderr


def test_a_file_that_cannot_be_written():
    result = run("--batch", "security", "--json", "/no/such/folder/report.json")
    assert isinstance(result.exception, StorageError)
    assert str(result.exception).startswith("/no/such/folder/report.json: The outcome cannot be written: ")


def test_batch_and_full_exclude_each_other():
    result = run("--batch", "security", "--full")
    assert result.exit_code == 2
    assert "IDS, --batch and --full exclude each other." in result.stderr
    assert run("P1", "--full").exit_code == 2


def test_requirements_that_are_named_alone():
    result = run("P1")
    assert result.exit_code == 0
    assert "1 of 1 requirements passed." in result.stdout
    assert "Coverage" not in result.stdout
    assert run("P1", "P2").exit_code == 1


def test_requirements_that_are_not_there():
    result = run("P1", "Z9")
    assert result.exit_code == 2
    assert "There is no requirement Z9" in result.stderr
