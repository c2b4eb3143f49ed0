"""The four scores out of 10, by the formula of requirement Q7."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from shopwright.validation.coverage import Coverage
from shopwright.validation.requirements import Batch, Requirement

Status = Literal["pass", "fail", "not built", "not run"]

LARGEST = 10.0
SECURITY_WITH_A_FAILURE = 8.0
NEEDED = 8.5
NEEDED_COVERAGE = 9.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one requirement in one run."""

    requirement: Requirement
    status: Status
    figure: str = ""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Scores:
    """Points out of 10."""

    overall: float
    security: float
    coverage: float
    performance: float

    def by_name(self) -> dict[str, float]:
        """Each score under its name, to two decimals."""
        return {name: round(points, 2) for name, points in asdict(self).items()}

    def suffice(self, asked: Collection[str]) -> bool:
        """Whether each of the scores named exceeds what is needed."""
        needed = {"coverage": NEEDED_COVERAGE}
        return all(points > needed.get(name, NEEDED) for name, points in asdict(self).items() if name in asked)


def score(outcomes: Sequence[Outcome], coverage: Coverage | None) -> Scores:
    """The scores of a run; what was not run counts as not passed, coverage that was not measured as 0."""
    security = _points(outcomes, "security")
    return Scores(
        overall=_points(outcomes, None),
        security=security if security == LARGEST else min(security, SECURITY_WITH_A_FAILURE),
        coverage=0.0 if coverage is None else (coverage.unit + coverage.integration) / 20,
        performance=_points(outcomes, "performance"),
    )


def _points(outcomes: Sequence[Outcome], batch: Batch | None) -> float:
    counted = [outcome for outcome in outcomes if batch is None or batch in outcome.requirement.batches]
    if not counted:
        return 0.0
    return LARGEST * sum(outcome.status == "pass" for outcome in counted) / len(counted)
