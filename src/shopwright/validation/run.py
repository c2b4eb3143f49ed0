"""One run of the validation: every check that was asked for, one after the other, and the scores."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from shopwright.errors import ShopwrightError
from shopwright.validation.checkout import Checkout
from shopwright.validation.registry import Check, Result
from shopwright.validation.requirements import Batch, Requirement
from shopwright.validation.scores import Outcome, Scores, score

ITSELF = "Q7"
"""The requirement that asks for this validation and its scores: judged last, from what the others gave."""

_SCORES_OF: Mapping[Batch | None, tuple[str, ...]] = {
    None: ("overall", "security", "coverage", "performance"),
    "security": ("security",),
    "performance": ("performance",),
    "testing": ("coverage",),
}


@dataclass(frozen=True, slots=True)
class Report:
    """What a run found, in the order of the requirements."""

    outcomes: tuple[Outcome, ...]
    scores: Scores
    batch: Batch | None
    ids: tuple[str, ...] = ()

    @property
    def asked(self) -> tuple[Outcome, ...]:
        """The outcomes of the requirements that were named, or all."""
        return tuple(one for one in self.outcomes if one.requirement.id in self.ids) if self.ids else self.outcomes

    @property
    def passed(self) -> bool:
        """Whether the requirements that were named passed, or each score this run was about exceeds what is needed."""
        if self.ids:
            return all(outcome.status == "pass" for outcome in self.asked)
        return self.scores.suffice(_SCORES_OF[self.batch])

    def as_json(self) -> dict[str, object]:
        """The object of ``shopwright validate --json``; seconds and scores to two decimals."""
        return {
            "requirements": [
                {
                    "id": outcome.requirement.id,
                    "status": outcome.status,
                    "figure": outcome.figure,
                    "bound": outcome.requirement.bound,
                    "seconds": round(outcome.seconds, 2),
                }
                for outcome in self.outcomes
            ],
            "scores": self.scores.by_name(),
        }


@dataclass(frozen=True, slots=True)
class Run:
    """Requirements, the checks that answer them, and the checkout they work on."""

    requirements: Sequence[Requirement]
    checks: Mapping[str, Check]
    checkout: Checkout

    def validate(
        self, batch: Batch | None, announce: Callable[[Requirement], None], ids: tuple[str, ...] = ()
    ) -> Report:
        """Run the checks of ``batch`` (None: all), or only those named in ``ids``.

        ``announce`` is told each requirement before its check starts.
        """
        outcomes = [
            self._outcome(requirement, announce)
            if _is_asked(requirement, batch, ids)
            else Outcome(requirement, "not run")
            for requirement in self.requirements
        ]
        if ids:
            return Report(tuple(outcomes), score(outcomes, None), batch, ids)
        coverage = self.checkout.coverage if batch in {None, "testing"} else None
        if batch is None:
            outcomes = [_judged(outcome, score(outcomes, coverage)) for outcome in outcomes]
        return Report(tuple(outcomes), score(outcomes, coverage), batch)

    def _outcome(self, requirement: Requirement, announce: Callable[[Requirement], None]) -> Outcome:
        if requirement.id == ITSELF:
            return Outcome(requirement, "not run", "needs every score: a full run")
        if requirement.id not in self.checks:
            return Outcome(requirement, "not built")
        announce(requirement)
        started = time.perf_counter()
        result = _result(self.checks[requirement.id], self.checkout)
        return Outcome(requirement, _status(result.passed), result.figure, time.perf_counter() - started)


def _is_asked(requirement: Requirement, batch: Batch | None, ids: tuple[str, ...]) -> bool:
    return requirement.id in ids if ids else batch is None or batch in requirement.batches


def _result(check: Check, checkout: Checkout) -> Result:
    try:
        return check(checkout)
    except ShopwrightError as error:
        return Result(str(error), passed=False)
    except Exception as error:  # noqa: BLE001 - one broken check must not hide what the others find
        return Result(f"the check broke: {error!r}", passed=False)


def _judged(outcome: Outcome, scores: Scores) -> Outcome:
    """The validation's own requirement, from the scores the others gave; any other outcome as it is."""
    if outcome.requirement.id != ITSELF:
        return outcome
    figure = ", ".join(f"{name} {points:.2f}" for name, points in scores.by_name().items())
    return Outcome(outcome.requirement, _status(scores.suffice(_SCORES_OF[None])), figure)


def _status(passed: bool) -> Literal["pass", "fail"]:
    return "pass" if passed else "fail"
