"""What confinement costs a page, and what it keeps from others: `make bench`, or `python -m benchmarks.rendering`.

The pages are real ones: a made-up store is built in this process, and what its templates are given for a product page
and for its longest collection page is kept and rendered again, in three ways: as built-in themes are (tuned sandbox),
metered, and confined (metered, in a worker). Then many at once, of eight tenants, through the pool of the service:
alone, beside four pages in a hundred whose fuel runs out, and beside four that only the kill after 5 seconds stops (of
one tenant; its workers do not meter, as only tests can have them). Nothing is asserted: figures depend on the machine
and on what else it does, which is named beside them.
"""

import argparse
import asyncio
import datetime as dt
import json
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from tests.security.confined import UnmeteredZygotes

from shopwright.audit.record import RecordSink
from shopwright.errors import RenderLimitHit
from shopwright.generation import press
from shopwright.generation.pipeline import Order, build_store
from shopwright.generation.rendering import Renderer
from shopwright.generation.synthetic import write_store
from shopwright.performance.cpu import usable_processors
from shopwright.template_engine.confinement.lockdown import confinement_level
from shopwright.template_engine.confinement.messages import PageRequest, Setup
from shopwright.template_engine.confinement.pages import ConfinedPages
from shopwright.template_engine.confinement.pool import RenderPool
from shopwright.template_engine.confinement.spawn import Zygotes
from shopwright.template_engine.engine import make_environment
from shopwright.template_engine.metering.environment import make_metered_environment
from shopwright.template_engine.pages import Pages
from shopwright.template_engine.theme import Theme

Json = dict[str, Any]

PRODUCTS = 60
CARDS = 48
AT_ONCE = 100
RUNAWAYS = 4
TENANTS = 8
FUEL_STOPS = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
KILL_STOPS = "{% set n = 10 ** (10 ** 8) %}"


@dataclass(frozen=True, slots=True)
class Sample:
    """The pages that are rendered: two requests, and what their theme and editions are."""

    theme: Theme
    facts: Mapping[str, Json]
    requests: Mapping[str, PageRequest]

    def setup(self) -> Setup:
        """The theme with two runaways, as workers get it."""
        hostile = {"fuel.html": FUEL_STOPS, "kill.html": KILL_STOPS}
        return Setup.of(replace(self.theme, templates={**self.theme.templates, **hostile}), self.facts)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; milliseconds, but for ``cpu_ms``, which is processor time per page."""

    measured: str
    count: int
    p50: float
    p99: float
    most: float
    cpu_ms: float | None = None
    note: str = ""


def take_sample(folder: Path) -> Sample:
    """Build a store, and keep what its templates were given."""
    seen: list[PageRequest] = []
    given: Json = {}

    class Recorder(Renderer):
        def __init__(self, theme: Theme, facts: Mapping[str, Json], record: RecordSink | None = None) -> None:
            given.update(theme=theme, facts=facts)
            super().__init__(theme, facts, record)

        def html_many(self, requests: Iterable[PageRequest]) -> Iterator[str]:
            return super().html_many(seen.append(each) or each for each in requests)

    write_store(folder / "store", PRODUCTS)
    date = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
    order = Order(folder / "store", folder / "site", date, folder / "cache", workers=1)
    with patch.object(press, "Renderer", Recorder):
        build_store(order, lambda _stage, _done: None)
    collections = [each for each in seen if each.template == "collection.html"]
    longest = max(collections, key=lambda each: len(each.context["collection"]["products"]))
    product = next(each for each in seen if each.template == "product.html")
    return Sample(given["theme"], given["facts"], {"product page": product, f"{CARDS} cards": lengthened(longest)})


def lengthened(request: PageRequest) -> PageRequest:
    """A collection page with ``CARDS`` cards, no two of them the same."""
    collection = request.context["collection"]
    shown = [collection["products"][number % len(collection["products"])] for number in range(CARDS)]
    products = [{**card, "revision": f"{card['revision']}-{number}"} for number, card in enumerate(shown)]
    return replace(request, context={**request.context, "collection": {**collection, "products": products}})


def template_hits(sample: Sample, times: int) -> float:
    """The share of templates that were asked for and had been compiled before, over pages of both kinds."""
    environment = make_metered_environment(sample.theme.templates)
    asked = compiled = 0
    get, source = environment.get_template, environment.loader.load_func

    def counted_get(*arguments: object, **named: object) -> object:
        nonlocal asked
        asked += 1
        return get(*arguments, **named)

    def counted_source(name: str) -> object:
        nonlocal compiled
        compiled += 1
        return source(name)

    environment.get_template, environment.loader.load_func = counted_get, counted_source
    pages = Pages(environment, sample.facts)
    for _ in range(times):
        for request in sample.requests.values():
            pages.html(*astuple(request))
    return 1 - compiled / asked


def row(measured: str, seconds: list[float], cpu: float | None = None, note: str = "") -> Row:
    """A row of durations; ``cpu`` is seconds for all of them."""
    cuts = statistics.quantiles(seconds, n=100, method="inclusive")
    times = [round(each * 1e3, 1) for each in (cuts[49], cuts[98], max(seconds))]
    return Row(measured, len(seconds), *times, None if cpu is None else round(cpu / len(seconds) * 1e3, 2), note)


def timed(work: Callable[[], object], times: int) -> tuple[list[float], float]:
    """Durations of doing something, and processor seconds of this process for all."""
    cpu, seconds = time.process_time(), []
    for _ in range(times):
        started = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - started)
    return seconds, time.process_time() - cpu


def one_page(sample: Sample, times: int) -> Iterator[Row]:
    """Each page in each of the three ways."""
    tuned = Pages(make_environment(sample.theme.templates), sample.facts)
    environment = make_metered_environment(sample.theme.templates)
    metered = Pages(environment, sample.facts)
    with ConfinedPages(sample.theme, sample.facts) as confined:
        for name, request in sample.requests.items():
            html = here(tuned, request)()
            here(metered, request)()  # compiled before, as the others are
            yield row(f"{name}, in this process", *timed(here(tuned, request), times), f"{len(html.encode()):,} B")
            yield row(f"{name}, metered", *timed(here(metered, request), times), f"fuel {environment.meter.spent:,}")
            same = {html, here(metered, request)(), confined.html(*astuple(request))} == {html}
            yield in_worker(f"{name}, confined", confined, request, times, "" if same else "ANOTHER PAGE")
            yield ahead(f"{name}, confined, ahead", confined, request, times)


def astuple(request: PageRequest) -> tuple[str, str, Mapping[str, Any], str]:
    return request.template, request.locale, request.context, request.head


def here(pages: Pages, request: PageRequest) -> Callable[[], str]:
    """A page in this process."""
    return lambda: pages.html(*astuple(request))


def in_worker(name: str, confined: ConfinedPages, request: PageRequest, times: int, note: str) -> Row:
    """A page by a worker, asked for when the last one is back; its processor time is that of both processes."""
    worker: list[float] = []

    def ask() -> None:
        worker.extend(page.cpu_ms / 1e3 for page in confined.render_many([request]))

    seconds, cpu = timed(ask, times)
    return row(name, seconds, cpu + sum(worker), note)


def ahead(name: str, confined: ConfinedPages, request: PageRequest, times: int) -> Row:
    """Pages asked for ahead, as a build does: the time between two of them."""
    started, cpu, worker, seconds = time.perf_counter(), time.process_time(), 0.0, []
    for page in confined.render_many([request] * times):
        seconds.append(time.perf_counter() - started)
        worker += page.cpu_ms / 1e3
        started = time.perf_counter()
    return row(name, seconds, time.process_time() - cpu + worker)


async def at_once(pool: RenderPool, setup: Setup, requests: list[PageRequest], runaway: str | None) -> list[float]:
    """Durations of good pages, all asked for at the same moment; ``runaway`` is the template of four others."""

    async def timed_page(number: int) -> float:
        started = time.perf_counter()
        await pool.render(setup, requests[number % len(requests)], f"tenant{number % (TENANTS - 1)}")
        return time.perf_counter() - started

    bad = PageRequest(str(runaway), requests[0].locale, {})
    hostile = [asyncio.ensure_future(pool.render(setup, bad, "hostile")) for _ in range(RUNAWAYS if runaway else 0)]
    try:
        return await asyncio.gather(*(timed_page(number) for number in range(AT_ONCE - len(hostile))))
    finally:
        ends = await asyncio.gather(*hostile, return_exceptions=True)
        assert all(isinstance(end, RenderLimitHit) for end in ends), ends


def many_pages(sample: Sample, rounds: int) -> Iterator[Row]:
    """A hundred at once, with and without runaways, workers started before."""
    setup, requests = sample.setup(), list(sample.requests.values())
    for name, runaway, zygotes, times in (
        ("100 at once", None, Zygotes(), rounds),
        ("96 beside 4 without fuel", "fuel.html", Zygotes(), rounds),
        ("96 beside 4 for the kill", "kill.html", UnmeteredZygotes(), max(1, rounds // 3)),
    ):

        async def run(runaway: str | None = runaway, zygotes: Zygotes = zygotes, times: int = times) -> list[float]:
            async with RenderPool(zygotes=zygotes) as pool:
                await at_once(pool, setup, requests, None)
                return [each for _ in range(times) for each in await at_once(pool, setup, requests, runaway)]

        with zygotes:
            yield row(name, asyncio.run(run()), note=f"{TENANTS} tenants")


def respawns(sample: Sample, times: int) -> Iterator[Row]:
    """From the kill of a worker to the next one's first page."""
    request = next(iter(sample.requests.values()))
    small = ConfinedPages(replace(sample.theme, templates={"page.html": "x"}), sample.facts)
    with small, ConfinedPages(sample.theme, sample.facts) as large:
        for name, pages, arguments in (
            ("kill to a page of one word", small, ("page.html", request.locale, {})),
            ("kill to a product page", large, (request.template, request.locale, request.context)),
        ):
            pages.html(*arguments)
            seconds = []
            for _ in range(times):
                started = time.perf_counter()
                pages._end()  # noqa: SLF001 - what a page's end by the kill does
                pages.html(*arguments)
                seconds.append(time.perf_counter() - started)
            yield row(name, seconds)


def memory(sample: Sample) -> Iterator[str]:
    """Memory of a worker that has rendered both pages, and of its zygote."""
    with ConfinedPages(sample.theme, sample.facts) as pages:
        list(pages.html_many(list(sample.requests.values()) * 5))
        for name, pid in (("worker", pages._worker.pid), ("zygote", pages._zygotes._process.pid)):  # noqa: SLF001
            yield f"{name} {_pss(pid)}"


def _pss(pid: int) -> str:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii")
    except OSError:
        return "not told by this system to this user"
    told = {line.split()[0]: int(line.split()[1]) / 1024 for line in text.splitlines()[1:]}
    private = told["Private_Clean:"] + told["Private_Dirty:"]
    return f"{told['Pss:']:.1f} MiB PSS, {told['Rss:']:.1f} RSS, {private:.1f} its own"


def show(rows: list[Row], title: str) -> None:
    """The rows as a table."""
    table = Table(title=title, box=SIMPLE_HEAD, padding=0)
    for name in ("", "times", "p50 ms", "p99 ms", "most", "CPU ms", ""):
        table.add_column(name, no_wrap=True, justify="right" if name else "left")
    for each in rows:
        table.add_row(*("" if value is None else str(value) for value in asdict(each).values()))
    Console().print(table)


def main() -> int:
    """Measure, print, and keep the rows as JSON."""
    parser = argparse.ArgumentParser(description="Measure confined rendering.")
    parser.add_argument("--times", type=int, default=300, help="renders of each page in each way")
    parser.add_argument("--rounds", type=int, default=6, help="times a hundred pages are asked for at once")
    parser.add_argument("--results", type=Path, default=Path("build/bench"))
    asked = parser.parse_args()
    load = [round(each, 2) for each in os.getloadavg()]
    with tempfile.TemporaryDirectory() as folder:
        sample = take_sample(Path(folder))
    rows = [
        *one_page(sample, asked.times),
        *respawns(sample, max(2, asked.times // 10)),
        *many_pages(sample, asked.rounds),
    ]
    held, hits = list(memory(sample)), template_hits(sample, asked.times)
    show(rows, f"Rendering on {usable_processors()} processors, Python {platform.python_version()}, load {load[0]}")
    print("\n".join([*held, f"templates compiled before: {hits:.1%}", str(confinement_level())]))
    asked.results.mkdir(parents=True, exist_ok=True)
    machine = {"processors": usable_processors(), "python": platform.python_version(), "load": load}
    kept = {"machine": machine, "rows": [asdict(each) for each in rows], "memory": held, "template_hits": hits}
    (asked.results / "rendering.json").write_text(json.dumps(kept, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
