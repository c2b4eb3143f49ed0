"""How much of the source the tests reach, measured by running them."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path

from shopwright.errors import CheckoutError
from shopwright.performance.command import measure_command
from shopwright.performance.cpu import usable_processors

_UNIT = ("tests/unit",)
_INTEGRATION = ("tests/stores", "tests/browser")


@dataclass(frozen=True, slots=True)
class Coverage:
    """Lines and branches reached, in percent of all; 0 where a test failed."""

    unit: float
    integration: float


def measure_coverage(root: Path, work: Path) -> Coverage:
    """Run both kinds of test in the checkout at ``root``; reports are left in ``work``."""
    work.mkdir(parents=True, exist_ok=True)
    return Coverage(
        unit=_covered(root, _UNIT, work / "coverage-unit.json"),
        integration=_covered(root, _INTEGRATION, work / "coverage-integration.json"),
    )


def _covered(root: Path, folders: tuple[str, ...], report: Path) -> float:
    present = [folder for folder in folders if (root / folder).is_dir()]
    if not present:
        return 0.0
    report.unlink(missing_ok=True)
    options = [
        "-q",
        "-n",
        str(usable_processors()),
        "--dist",
        "loadfile",
        "-m",
        "not proof",
        "--cov",
        "--cov-fail-under=0",
    ]
    command = [sys.executable, "-m", "pytest", *present, *options, "--cov-report", f"json:{report}"]
    measured = measure_command(command, folder=root)
    report.with_suffix(".log").write_text(measured.output + measured.errors, "utf-8")
    return _percent(report) if measured.status == 0 else 0.0


def _percent(report: Path) -> float:
    try:
        return float(json.loads(report.read_bytes())["totals"]["percent_covered"])
    except (OSError, ValueError, KeyError) as error:
        raise CheckoutError(f"The tests left no coverage report: {error!r}.", where=str(report)) from error
