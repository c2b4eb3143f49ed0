"""Checks on what the service tells of itself, and on how it takes on work."""

import asyncio
import datetime as dt
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

from shopwright.bootstrap.alert_rules import alerts_of
from shopwright.bootstrap.monitoring import Room
from shopwright.bootstrap.quotas import MEMORY_OF_BUILD
from shopwright.generation.pipeline import Order, build_store
from shopwright.generation.synthetic import write_store
from shopwright.performance.admission import Admission, machine_budget
from shopwright.performance.admission_line import Budget
from shopwright.performance.alerts.evaluation import Evaluation
from shopwright.performance.cpu import idle_seconds, usable_processors
from shopwright.performance.exposition import exposition
from shopwright.performance.line_metrics import STAGES
from shopwright.performance.metrics import Label, Registry
from shopwright.performance.tracing import Attribute, RecordedSpan, trace_with
from shopwright.validation.checkout import Build, Checkout
from shopwright.validation.registry import Result, check

BUILDS = 6
PRODUCTS = 100
AT_ONCE = 2
LEAST_USED = 0.8

_STEP = 15
_OF_A_BUILD = STAGES[: STAGES.index("upload")]


@check("P2")
def monitoring(checkout: Checkout) -> Result:
    """Builds a store while it is traced, reads ``/metrics``, and lets an alert rule fire and clear."""
    names = _Names()
    trace_with(names)
    try:
        with _folder(checkout) as folder:
            write_store(folder / "store", 10)
            date = dt.datetime(2026, 6, 1, tzinfo=dt.UTC)
            build_store(Order(folder / "store", folder / "site", date, folder / "cache", 1), lambda *_: None)
    finally:
        trace_with(None)
    told = exposition()[1].decode()
    measured = [name for name in _OF_A_BUILD if f'shopwright_stage_seconds_count{{stage="{name}"}}' in told]
    traced = [name for name in _OF_A_BUILD if f"stage {name}" in names.seen]
    states = _states_of_a_rule()
    return Result(
        f"{told.count('# TYPE')} metrics; of {len(_OF_A_BUILD)} stages of a build {len(measured)} are measured and "
        f"{len(traced)} traced; {len(alerts_of(None).rules)} alert rules, of which one was {' and '.join(states)}",
        passed=len(measured) == len(traced) == len(_OF_A_BUILD) and states == ["firing", "cleared"],
    )


@check("P3")
def room_for_work(checkout: Checkout) -> Result:
    """Asks for more builds than have room, and counts what is used of the processors while there is work."""
    with _folder(checkout) as folder:
        write_store(folder / "store", PRODUCTS)
        idle = idle_seconds()
        builds, most = asyncio.run(_builds(checkout, folder))
        idle = max(0.0, idle_seconds() - idle)
    ours = sum(build.measured.cpu_seconds for build in builds)
    used, memory = ours / (ours + idle), AT_ONCE * max(build.measured.peak_bytes for build in builds)
    return Result(
        f"{len(builds)} of {BUILDS} builds asked for at once were done, at most {most} at a time in room for {AT_ONCE} "
        f"({memory / 1e6:.0f} of {AT_ONCE * MEMORY_OF_BUILD / 1e6:.0f} MB); they used {used:.0%} of what others left "
        "of the processors",
        passed=len(builds) == BUILDS and most <= AT_ONCE and memory <= AT_ONCE * MEMORY_OF_BUILD and used > LEAST_USED,
    )


async def _builds(checkout: Checkout, folder: Path) -> tuple[list[Build], int]:
    """The builds, and how many were at work at once."""
    room = Room(Admission(Budget(AT_ONCE * MEMORY_OF_BUILD, machine_budget().cpus), free=lambda: 1 << 62))
    most = 0

    async def build(number: int) -> Build:
        nonlocal most
        async with room(MEMORY_OF_BUILD, usable_processors(), f"t{number}", patience=600):
            most = max(most, room.admission.line.at_work)
            site, cache = folder / f"site{number}", folder / f"cache{number}"
            return await asyncio.to_thread(checkout.build, folder / "store", site, cache=cache)

    return await asyncio.gather(*map(build, range(BUILDS))), most


def _states_of_a_rule() -> list[str]:
    """What the rule ``not-ready`` tells while a part is gone for two minutes and back for ten."""
    metrics = Registry()
    ready = metrics.gauge("shopwright_ready", "Ready", [Label("part")])
    evaluation = Evaluation([rule for rule in alerts_of(None).rules if rule.name == "not-ready"], metrics)
    states: list[str] = []
    for at in range(0, 720, _STEP):
        ready.set(float(at >= 120), "database")
        states += [notice.state for notice in evaluation.look(at)]
    return states


class _Names:
    """Keeps the names of spans."""

    def __init__(self) -> None:
        self.seen: set[str] = set()

    def open(self, name: str, parent: str, attributes: Mapping[str, Attribute]) -> AbstractContextManager[RecordedSpan]:
        del parent, attributes
        self.seen.add(name)
        return nullcontext(self)

    def add(self, name: str, seconds: float, attributes: Mapping[str, Attribute]) -> None:
        del seconds, attributes
        self.seen.add(name)

    def set_attribute(self, key: str, value: Attribute) -> None:
        del key, value

    def traceparent(self) -> str:
        return ""


@contextmanager
def _folder(checkout: Checkout) -> Iterator[Path]:
    checkout.work.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=checkout.work))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)
