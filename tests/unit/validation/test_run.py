import pytest

from shopwright.errors import BuildError
from shopwright.validation.checkout import Checkout
from shopwright.validation.coverage import Coverage
from shopwright.validation.registry import Result
from shopwright.validation.requirements import Requirement
from shopwright.validation.run import Run


def requirement(name, *batches):
    return Requirement(name, f"does {name}", f"bound of {name}", batches, (), "", "", "")


REQUIREMENTS = (
    requirement("T4", "security"),
    requirement("P1", "performance"),
    requirement("P2", "performance"),
    requirement("A1"),
    requirement("Q7", "testing"),
)


@pytest.fixture
def checkout(tmp_path):
    """A checkout whose tests have been measured already."""
    made = Checkout(tmp_path, tmp_path / "work")
    vars(made)["coverage"] = Coverage(unit=97.0, integration=91.0)
    return made


def passes(checkout):
    return Result("3 s", passed=True)


def fails(checkout):
    return Result("80 s", passed=False)


def refuses(checkout):
    raise BuildError("No products.", where="store")


def breaks(checkout):
    return 1 / 0


def outcomes(report):
    return {outcome.requirement.id: (outcome.status, outcome.figure) for outcome in report.outcomes}


def test_a_full_run(checkout):
    announced = []
    run = Run(REQUIREMENTS, {"T4": passes, "P1": passes, "P2": fails}, checkout)
    report = run.validate(None, lambda requirement: announced.append(requirement.id))
    assert outcomes(report) == {
        "T4": ("pass", "3 s"),
        "P1": ("pass", "3 s"),
        "P2": ("fail", "80 s"),
        "A1": ("not built", ""),
        "Q7": (
            "fail",
            "overall 4.0, security 10.0, coverage 9.4, performance 5.0".replace(".0", ".00").replace("9.4", "9.40"),
        ),
    }
    assert announced == ["T4", "P1", "P2"]
    assert not report.passed


def test_the_validation_passes_when_every_score_suffices(checkout):
    many = [requirement(f"P{number}", "performance", "security") for number in range(1, 11)]
    run = Run([*many, requirement("Q7", "testing")], {row.id: passes for row in many}, checkout)
    report = run.validate(None, lambda requirement: None)
    assert outcomes(report)["Q7"] == ("pass", "overall 9.09, security 10.00, coverage 9.40, performance 10.00")
    assert report.scores.overall == 10
    assert report.passed


def test_a_batch_runs_only_its_own(checkout):
    run = Run(REQUIREMENTS, {"T4": passes, "P1": breaks}, checkout)
    report = run.validate("security", lambda requirement: None)
    assert {name: status for name, (status, _) in outcomes(report).items()} == {
        "T4": "pass",
        "P1": "not run",
        "P2": "not run",
        "A1": "not run",
        "Q7": "not run",
    }
    assert report.scores.by_name() == {"overall": 2.0, "security": 10.0, "coverage": 0.0, "performance": 0.0}
    assert report.passed


def test_the_batch_of_tests_measures_coverage(checkout):
    report = Run(REQUIREMENTS, {}, checkout).validate("testing", lambda requirement: None)
    assert report.scores.coverage == pytest.approx(9.4)
    assert outcomes(report)["Q7"] == ("not run", "needs every score: a full run")
    assert report.passed


@pytest.mark.parametrize(
    ("check", "figure"),
    [(refuses, "store: No products."), (breaks, "the check broke: ZeroDivisionError('division by zero')")],
)
def test_a_check_that_cannot_do_its_work_fails(checkout, check, figure):
    report = Run(REQUIREMENTS, {"P1": check}, checkout).validate("performance", lambda requirement: None)
    assert outcomes(report)["P1"] == ("fail", figure)


def test_the_report_as_json(checkout):
    report = Run(REQUIREMENTS[:2], {"P1": passes}, checkout).validate("performance", lambda requirement: None)
    told = report.as_json()
    assert told["requirements"][1].pop("seconds") >= 0
    assert told == {
        "requirements": [
            {"id": "T4", "status": "not run", "figure": "", "bound": "bound of T4", "seconds": 0.0},
            {"id": "P1", "status": "pass", "figure": "3 s", "bound": "bound of P1"},
        ],
        "scores": {"overall": 5.0, "security": 0.0, "coverage": 0.0, "performance": 10.0},
    }


def test_only_what_is_named(checkout):
    run = Run(REQUIREMENTS, {"T4": passes, "P1": passes, "P2": fails}, checkout)
    report = run.validate(None, lambda requirement: None, ("P1", "T4"))
    assert {outcome.requirement.id for outcome in report.asked} == {"P1", "T4"}
    assert outcomes(report)["P2"] == ("not run", "")
    assert report.passed
    assert not run.validate(None, lambda requirement: None, ("P2",)).passed
    assert not run.validate(None, lambda requirement: None, ("A1",)).passed
