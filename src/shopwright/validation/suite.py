"""Running some of the project's own tests, as a check of what they show."""

import sys
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from shopwright.errors import CheckoutError
from shopwright.performance.command import measure_command
from shopwright.performance.cpu import usable_processors


@dataclass(frozen=True, slots=True)
class Suite:
    """How many tests of a run passed, failed (or could not run), and were skipped."""

    passed: int
    failed: int
    skipped: int

    @property
    def whole(self) -> bool:
        """Whether there were tests, and none failed. A skipped one was not run: it counts as not passed."""
        return self.passed > 0 and not self.failed and not self.skipped

    def __str__(self) -> str:
        total = self.passed + self.failed + self.skipped
        return f"{self.passed:,} of {total:,} tests" + (f", {self.skipped:,} skipped" if self.skipped else "")


def run_suite(root: Path, work: Path, *paths: str, keyword: str = "") -> Suite:
    """Run the tests below ``paths`` of the checkout at ``root``, but for the long ones; the report stays in ``work``.

    ``keyword`` chooses among them as pytest's ``-k`` does. Raises ``CheckoutError`` when a path is not there or pytest
    leaves no report.
    """
    missing = [path for path in paths if not (root / path).exists()]
    if missing:
        raise CheckoutError(f"There are no tests at {', '.join(missing)}.", where=str(root))
    work.mkdir(parents=True, exist_ok=True)
    report = work / f"tests-{'-'.join(Path(path).stem for path in paths)[:100]}.xml"
    report.unlink(missing_ok=True)
    options = ["-q", "-n", str(usable_processors()), "--dist", "loadfile", "-m", "not proof", f"--junitxml={report}"]
    chosen = ["-k", keyword] if keyword else []
    measured = measure_command([sys.executable, "-m", "pytest", *paths, *options, *chosen], folder=root)
    report.with_suffix(".log").write_text(measured.output + measured.errors, "utf-8")
    try:
        return _read(report)
    except (OSError, ValueError, ET.ParseError) as error:
        raise CheckoutError(f"The tests left no report: {error}.", where=str(report)) from error


def _read(report: Path) -> Suite:
    suites = list(ET.parse(report).getroot().iter("testsuite"))  # noqa: S314 - pytest's own report
    total, failures, errors, skipped = (
        sum(int(suite.get(name, 0)) for suite in suites) for name in ("tests", "failures", "errors", "skipped")
    )
    return Suite(total - failures - errors - skipped, failures + errors, skipped)
