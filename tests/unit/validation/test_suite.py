"""Running tests as a check: a small checkout, a real pytest."""

import pytest

from shopwright.errors import CheckoutError
from shopwright.validation import suite as module
from shopwright.validation.suite import Suite, run_suite


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "usable_processors", lambda: 1)
    (tmp_path / "pyproject.toml").write_text('[tool.pytest.ini_options]\nmarkers = ["proof: long"]\n')
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests/test_mixed.py").write_text(
        "import pytest\n"
        "def test_good(): pass\n"
        "def test_other(): pass\n"
        "def test_bad(): assert 0\n"
        "@pytest.mark.skip\ndef test_left(): pass\n"
        "@pytest.fixture\ndef broken(): raise ValueError\n"
        "def test_broken(broken): pass\n"
        "@pytest.mark.proof\ndef test_long(): assert 0\n"
    )
    return tmp_path


def test_what_passed_failed_and_was_skipped_is_counted(root):
    suite = run_suite(root, root / "work", "tests/test_mixed.py")
    assert suite == Suite(passed=2, failed=2, skipped=1)
    assert (suite.whole, str(suite)) == (False, "2 of 5 tests, 1 skipped")


def test_some_are_chosen_by_their_name(root):
    suite = run_suite(root, root / "work", "tests", keyword="good or other")
    assert (suite.whole, str(suite)) == (True, "2 of 2 tests")


def test_no_tests_are_no_proof(root):
    assert not run_suite(root, root / "work", "tests", keyword="none_such").whole


def test_a_missing_path_is_an_error(root):
    with pytest.raises(CheckoutError, match="no tests at tests/gone"):
        run_suite(root, root / "work", "tests/gone")


def test_no_report_is_an_error(root):
    (root / "pyproject.toml").write_text("[tool.pytest.ini_options]\naddopts = '--no-such-option'\n")
    with pytest.raises(CheckoutError, match="left no report"):
        run_suite(root, root / "work", "tests")
