"""Checks on the tests themselves and on what stands between a change and a release."""

from shopwright.performance.command import measure_command
from shopwright.validation.checkout import Checkout
from shopwright.validation.registry import Result, check
from shopwright.validation.requirements import read_requirements

UNIT_PERCENT = 95
INTEGRATION_PERCENT = 90


@check("Q1")
def coverage(checkout: Checkout) -> Result:
    """Branch coverage by both kinds of test, and a test for each requirement of security and performance."""
    measured = checkout.coverage
    asked = [
        requirement
        for requirement in read_requirements(checkout.root / "docs/requirements.md")
        if {"security", "performance"} & set(requirement.batches)
    ]
    tested = sum(requirement.test != "–" for requirement in asked)
    enough = measured.unit > UNIT_PERCENT and measured.integration > INTEGRATION_PERCENT
    return Result(
        f"unit {_told(measured.unit)}, integration {_told(measured.integration)}; "
        f"{tested} of {len(asked)} security and performance requirements have a test",
        passed=enough and tested == len(asked),
    )


def _told(percent: float) -> str:
    return f"{percent:.1f} %" if percent else "not counted, because a test failed"


@check("Q6")
def gates(checkout: Checkout) -> Result:
    """The gates of continuous integration are run. The other half, delivery from a tag, is not built: no pass."""
    measured = measure_command(["make", "check"], folder=checkout.root)
    outcome = "pass" if measured.status == 0 else "fail"
    return Result(f"the gates {outcome} (format, lint, types, imports); delivery is not built", passed=False)
