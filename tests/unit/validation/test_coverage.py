import pytest

from shopwright.errors import CheckoutError
from shopwright.validation import coverage
from shopwright.validation.coverage import Coverage, measure_coverage

PROJECT = {
    "pyproject.toml": '[tool.pytest.ini_options]\naddopts = "--import-mode=importlib"\npythonpath = ["."]\n'
    '[tool.coverage.run]\nbranch = true\nsource = ["part"]\n',
    "part.py": "def sign(number):\n    if number < 0:\n        return -1\n    return 1\n",
    "tests/unit/test_part.py": "import part\n\ndef test_it():\n    assert [part.sign(-2), part.sign(2)] == [-1, 1]\n",
    "tests/stores/test_line.py": "import part\n\ndef test_one():\n    assert part.sign(2) == 1\n",
}


@pytest.fixture(autouse=True)
def not_measured_ourselves(monkeypatch):
    """The small project's tests are measured by its own settings, not by those this test is measured with."""
    for name in ("COVERAGE_RCFILE", "COVERAGE_PROCESS_CONFIG", "COVERAGE_PROCESS_START"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(coverage, "usable_processors", lambda: 0)  # in the one process


@pytest.fixture
def project(tmp_path):
    """A small project with tests of both kinds, which can be changed: ``project({"part.py": ...})``."""

    def write(changes):
        for name, text in (PROJECT | changes).items():
            file = tmp_path / "project" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            if text is not None:
                file.write_text(text)
        return tmp_path / "project"

    return write


def test_both_kinds_of_test_are_run_and_counted_with_branches(project, tmp_path):
    measured = measure_coverage(project({}), tmp_path / "work")
    assert measured.unit == 100.0
    assert measured.integration == pytest.approx(100 * (3 + 1) / (4 + 2))  # 3 of 4 lines, 1 of 2 branches
    assert "1 passed" in (tmp_path / "work/coverage-unit.log").read_text()


def test_a_failing_test_counts_nothing(project, tmp_path):
    broken = {"tests/unit/test_part.py": "def test_it():\n    assert False\n", "tests/stores/test_line.py": None}
    assert measure_coverage(project(broken), tmp_path / "work") == Coverage(unit=0.0, integration=0.0)


def test_folders_that_are_not_there_count_nothing(tmp_path):
    assert measure_coverage(tmp_path, tmp_path / "work") == Coverage(unit=0.0, integration=0.0)


def test_a_report_that_cannot_be_read(tmp_path):
    with pytest.raises(CheckoutError, match="left no coverage report"):
        coverage._percent(tmp_path / "none.json")
