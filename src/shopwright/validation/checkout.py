"""The source checkout the checks work on, and what they share: the built example store and the measured coverage."""

import json
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from shopwright.errors import BuildError, CheckoutError
from shopwright.performance.command import Measurement, measure_command
from shopwright.validation.coverage import Coverage, measure_coverage

EXAMPLE = "examples/eyewear/store"
SITE_URL = "https://shop.example"
BUILD_DATE = "2026-06-01"

_NEEDED = ("docs/requirements.md", "pyproject.toml", "tests")


@dataclass(frozen=True)
class Checkout:
    """A folder that holds the project's source, and a folder that checks may fill."""

    root: Path
    work: Path

    @cached_property
    def example(self) -> Path:
        """The example store, built once for all checks. Raises ``BuildError``."""
        self.build(self.root / EXAMPLE, self.work / "example", cache=self.work / "cache")
        return self.work / "example"

    @cached_property
    def coverage(self) -> Coverage:
        """What the tests cover, measured once for all checks."""
        return measure_coverage(self.root, self.work)

    def build(self, source: Path, out: Path, *, cache: Path) -> "Build":
        """Build a store with the command itself, as a process of its own. Raises ``BuildError``."""
        command = [sys.executable, "-m", "shopwright", "build", str(source), "--out", str(out), "--json"]
        options = ["--site-url", SITE_URL, "--date", BUILD_DATE]
        places = [f"SHOPWRIGHT_CACHE={cache}", f"SHOPWRIGHT_STATE={self.work / 'state'}"]
        measured = measure_command(["env", *places, *command, *options], folder=self.root)
        if measured.status != 0:
            last = (measured.errors.strip() or "it printed nothing").splitlines()[-1]
            raise BuildError(f"shopwright build ended with status {measured.status}: {last}", where=source.name)
        return Build(json.loads(measured.output), measured)


@dataclass(frozen=True, slots=True)
class Build:
    """What one build said of itself (the object of ``shopwright build --json``), and what was measured from outside."""

    report: dict[str, Any]
    measured: Measurement


def find_checkout(start: Path = Path(__file__)) -> Checkout:
    """The checkout this package was started from. Raises ``CheckoutError`` for an installed package."""
    for folder in start.resolve().parents:
        if all((folder / needed).exists() for needed in _NEEDED):
            return Checkout(folder, folder / "build" / "validate")
    raise CheckoutError(
        "The validation runs the project's own tests and examples, which an installed package does not hold.",
        where=str(start.parent),
        remedy="Clone the repository and run `make validate` there.",
    )
