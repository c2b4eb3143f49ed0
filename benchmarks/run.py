"""How fast a store is built, in how much memory: `make bench`, or `python benchmarks/run.py --products 1000`.

Each build is a whole process, started and measured from outside: wall time from start to end, CPU time of the process
and all it waited for, the most memory (PSS) of the whole process tree. The picture cache is empty before a first build.
Nothing is asserted: figures depend on the machine, which is named beside them.
"""

import argparse
import json
import platform
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from shopwright.generation.synthetic import change_product, write_store
from shopwright.performance.cpu import usable_processors
from shopwright.validation.checkout import Build, find_checkout


@dataclass(frozen=True, slots=True)
class Row:
    """One build, as it is printed and kept."""

    products: int
    build: str
    pages: int
    files: int
    written: int
    seconds: float
    pages_per_second: float
    cpu_seconds: float
    peak_memory_mb: float


TITLES = {"seconds": "s", "pages_per_second": "pages/s", "cpu_seconds": "CPU s", "peak_memory_mb": "MB"}


def bench(products: int, folder: Path) -> Iterator[Row]:
    """First build, nothing changed, one product changed."""
    store, site, cache = folder / "store", folder / "site", folder / "cache"
    write_store(store, products)
    checkout = find_checkout()
    yield _row(products, "first build", checkout.build(store, site, cache=cache))
    yield _row(products, "no change", checkout.build(store, site, cache=cache))
    change_product(store, products // 2, "Another title")
    yield _row(products, "one changed", checkout.build(store, site, cache=cache))


def _row(products: int, name: str, build: Build) -> Row:
    measured, report = build.measured, build.report
    return Row(
        products=products,
        build=name,
        pages=report["pages"],
        files=report["files"],
        written=report["written"],
        seconds=round(measured.seconds, 2),
        pages_per_second=round(report["pages"] / measured.seconds, 1),
        cpu_seconds=round(measured.cpu_seconds, 2),
        peak_memory_mb=round(measured.peak_bytes / 1e6, 1),
    )


def show(rows: list[Row]) -> None:
    """The rows as a table."""
    table = Table(
        title=f"Builds on {usable_processors()} processors, Python {platform.python_version()}", box=SIMPLE_HEAD
    )
    for name in asdict(rows[0]):
        table.add_column(TITLES.get(name, name), justify="left" if name == "build" else "right")
    for row in rows:
        table.add_row(*(f"{value:,}" if isinstance(value, int | float) else value for value in asdict(row).values()))
    Console().print(table)


def main() -> None:
    """Measure each number of products asked for; keep the rows as JSON."""
    parser = argparse.ArgumentParser(description="Measure builds of made-up stores.")
    parser.add_argument("--products", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--results", type=Path, default=Path("build/bench/builds.json"))
    asked = parser.parse_args()
    asked.results = asked.results.resolve()
    asked.results.parent.mkdir(parents=True, exist_ok=True)
    rows: list[Row] = []
    for products in asked.products:
        folder = Path(tempfile.mkdtemp(dir=asked.results.parent))
        try:
            rows += bench(products, folder)
        finally:
            shutil.rmtree(folder)
    show(rows)
    machine = {"processors": usable_processors(), "python": platform.python_version(), "system": platform.platform()}
    asked.results.write_text(json.dumps({"machine": machine, "builds": [asdict(row) for row in rows]}, indent=2) + "\n")


if __name__ == "__main__":
    main()
