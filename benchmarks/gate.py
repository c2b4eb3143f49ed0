"""What the gate costs a page: `make bench`, or `python -m benchmarks.gate --products 1000`.

A made-up store is built, then each page is inspected again in one process, as the worker that writes it does: CPU time
of pages in their order, none of them seen before by that gate, and once more when all their lines are known. Last the
join of all pages and files. Nothing is asserted: figures depend on the machine and on what else it does.
"""

import argparse
import datetime as dt
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.store import write_shop
from benchmarks.tables import keep, show

from shopwright.generation.pipeline import Order, build_store
from shopwright.generation.reaudit import read_built
from shopwright.performance.memory import PeakMemory
from shopwright.seo.gate.notes import notes_of
from shopwright.seo.gate.page import PageGate
from shopwright.seo.gate.verdict import judge
from shopwright.seo.gate.waivers import Waivers

NOW = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
KNOWN = 200


@dataclass(frozen=True, slots=True)
class Row:
    """The gate on one store: milliseconds of CPU a page, seconds of CPU of the join."""

    products: int
    pages: int
    kilobytes: float
    new_ms: float
    known_ms: float
    join_seconds: float
    peak_memory_mb: float


def measure(products: int, work: Path) -> Row:
    """Build a store and measure the gate on it."""
    source = write_shop(work / "store", products)
    build_store(Order(source, work / "site", NOW, work / "cache", 2, pictures="skip"), lambda *_: None)
    with PeakMemory() as memory:
        site = read_built(work / "site")
        every = list(site.pages)[:: max(1, len(site.pages) // (5 * KNOWN))]  # of all kinds, as many as there are
        pages = [(address, site.text(site.files[address]) or "") for address in every]
        gate = PageGate(site.origin)
        new = _cpu(lambda: [notes_of(gate.inspect(html, address)) for address, html in pages])
        for address, html in pages[:KNOWN]:
            gate.inspect(html, address)
        known = _cpu(lambda: [notes_of(gate.inspect(html, address)) for address, html in pages[:KNOWN]])
        join = _cpu(lambda: judge(site, Waivers((), NOW.date())))
    size = sum(len(html.encode()) for _, html in pages) / len(pages)
    times = (new / len(pages) * 1e3, known / min(KNOWN, len(pages)) * 1e3, join)
    return Row(
        products, len(site.pages), round(size / 1e3, 1), *(round(each, 3) for each in times), memory.peak_bytes / 1e6
    )


def _cpu(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def main() -> None:
    """Measure, show, keep."""
    options = argparse.ArgumentParser()
    options.add_argument("--products", type=int, nargs="*", default=[1_000, 10_000])
    options.add_argument("--out", type=Path, default=Path("build/bench"), help="where the results stay")
    given = options.parse_args()
    rows = []
    for products in given.products:
        with tempfile.TemporaryDirectory() as folder:
            rows.append(measure(products, Path(folder)))
    show("The gate", rows)
    given.out.mkdir(parents=True, exist_ok=True)
    keep(given.out / "gate.json", rows)


if __name__ == "__main__":
    main()
