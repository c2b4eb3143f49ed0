import pytest

from shopwright.performance.command import Measurement
from shopwright.validation import checks_testing as module
from shopwright.validation.checkout import Checkout
from shopwright.validation.coverage import Coverage
from shopwright.validation.registry import Result

ROW = "| {} | Does it | all | {} | | – | {} | – |\n"


@pytest.fixture
def checkout(tmp_path):
    """A checkout with this coverage and these tests for P1 and T4."""

    def make(unit, integration, *tests):
        made = Checkout(tmp_path, tmp_path)
        (tmp_path / "docs").mkdir()
        speed, safety = tests
        rows = [("P1", "performance", speed), ("T4", "security", safety), ("A1", "", "–")]
        (tmp_path / "docs/requirements.md").write_text("".join(ROW.format(*row) for row in rows))
        vars(made)["coverage"] = Coverage(unit, integration)
        return made

    return make


@pytest.mark.parametrize(
    ("unit", "integration", "tests", "passed"),
    [
        (95.1, 90.1, ("tests/stores", "tests/security"), True),
        (95.0, 99.0, ("tests/stores", "tests/security"), False),
        (99.0, 90.0, ("tests/stores", "tests/security"), False),
        (99.0, 99.0, ("tests/stores", "–"), False),
    ],
)
def test_coverage_and_a_test_for_each(checkout, unit, integration, tests, passed):
    result = module.coverage(checkout(unit, integration, *tests))
    count = sum(test != "–" for test in tests)
    assert result.figure == (
        f"unit {unit:.1f} %, integration {integration:.1f} %; "
        f"{count} of 2 security and performance requirements have a test"
    )
    assert result.passed is passed


def test_coverage_of_failing_tests_does_not_count(checkout):
    result = module.coverage(checkout(0.0, 92.0, "tests/stores", "tests/security"))
    assert result.figure.startswith("unit not counted, because a test failed, integration 92.0 %; ")
    assert not result.passed


@pytest.mark.parametrize(("status", "outcome"), [(0, "pass"), (2, "fail")])
def test_the_gates_are_run_and_delivery_is_missed(monkeypatch, tmp_path, status, outcome):
    run = []

    def measure(command, *, folder):
        run.append((command, folder))
        return Measurement(status, "", "", 1.0, 1.0, 1)

    monkeypatch.setattr(module, "measure_command", measure)
    result = module.gates(Checkout(tmp_path, tmp_path))
    assert run == [(["make", "check"], tmp_path)]
    assert result == Result(f"the gates {outcome} (format, lint, types, imports); delivery is not built", passed=False)
