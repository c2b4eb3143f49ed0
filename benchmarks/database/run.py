"""The figures of requirement D6: `python -m benchmarks.database.run --sizes 1000000,3000000,10000000`.

At each size the products are loaded without indexes, the schema's indexes are built, and each query is asked by one
caller. At the last size follow the capacity (callers rise until throughput does not), 1,000 connected callers at half
of it, and 1,000 operations in flight. Callers live in processes of their own, on the same machine.
"""

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil
import pymongo
from benchmarks.database.callers import MIX
from benchmarks.database.chart import draw
from benchmarks.database.products import OF_A_STORE, TENANT, store_of
from benchmarks.tables import show

from shopwright.bootstrap.document_types import DOCUMENT_TYPES, MIGRATIONS
from shopwright.catalog.documents import STORES, StoreDocument
from shopwright.database.cluster import OPERATIONS, open_cluster
from shopwright.database.migrations.run import migrate
from shopwright.database.schema.installation import install_indexes
from shopwright.database.server.private_server import own_server
from shopwright.database.server.process import Program
from shopwright.performance.cpu import usable_processors

PROCESSES = 2
"""Of callers, and of loaders."""
CONNECTED = 1_000
RISING = (1, 2, 4, 8, 16, 32, 64)
"""Callers of each process while capacity is looked for."""
PUBLISH = "publish"
SORT_MB = 2_000
"""Memory the server may sort in while it builds indexes: what is measured is not how long that takes."""


@dataclass(frozen=True, slots=True)
class SingleRow:
    """One caller asking one kind of question."""

    products: int
    kind: str
    p50_ms: float
    p99_ms: float
    asked: int


@dataclass(frozen=True, slots=True)
class LoadRow:
    """Many callers: queries and transactions apart.

    ``per_second`` counts what was answered in the time; waits are those of everything that was asked, also of what was
    answered later. ``server_cpu`` and ``callers_cpu`` are shares of all processors.
    """

    measured: str
    callers: int
    per_second: float
    query_p50_ms: float
    query_p99_ms: float
    publish_p50_ms: float
    publish_p99_ms: float
    errors: int
    server_cpu: float
    callers_cpu: float


@dataclass(slots=True)
class Bench:
    """One server that grows."""

    uri: str
    pid: int
    folder: Path
    seconds: float
    products: int = 0
    single: list[SingleRow] = field(default_factory=list)
    load: list[LoadRow] = field(default_factory=list)
    growth: list[dict[str, float]] = field(default_factory=list)

    def grow(self, size: int) -> None:
        """Load without indexes, then build them."""
        started = time.perf_counter()
        asyncio.run(self._without_indexes(size))
        bounds = [self.products + (size - self.products) * part // PROCESSES for part in range(PROCESSES + 1)]
        command = [sys.executable, "-m", "benchmarks.database.products", self.uri]
        loaders = [subprocess.Popen([*command, str(first), str(end)]) for first, end in pairwise(bounds)]
        if any(loader.wait() for loader in loaders):
            raise SystemExit("loading failed")
        loaded = time.perf_counter()
        sizes = asyncio.run(self._with_indexes())
        indexed = time.perf_counter()
        self.products = size
        figures = {"products": size, "load_seconds": loaded - started, "index_seconds": indexed - loaded, **sizes}
        self.growth.append({name: round(value, 1) for name, value in figures.items()})
        print(self.growth[-1], flush=True)

    async def _without_indexes(self, size: int) -> None:
        async with open_cluster(self.uri) as cluster:
            database = cluster.tenant(TENANT)
            await cluster.client.admin.command({"setParameter": 1, "maxIndexBuildMemoryUsageMegabytes": SORT_MB})
            await migrate(database, DOCUMENT_TYPES, MIGRATIONS)
            await database.raw["products"].drop_indexes()
            for number in range(self.products, size, OF_A_STORE):
                await database.documents(STORES).put(StoreDocument(id=store_of(number), revision=1, kept=0))

    async def _with_indexes(self) -> dict[str, float]:
        async with open_cluster(self.uri) as cluster:
            database = cluster.tenant(TENANT)
            with pymongo.timeout(3_600):  # building indexes of ten million documents lasts longer than an operation may
                await install_indexes(database.raw, DOCUMENT_TYPES)
            stats = await database.raw.command("collStats", "products", scale=1_000_000)
            return {
                "document_bytes": stats["avgObjSize"],
                "data_mb": stats["size"],
                "disk_mb": stats["storageSize"],
                "index_mb": stats["totalIndexSize"],
            }

    def alone(self) -> None:
        """One caller, one kind of question at a time."""
        for kind in MIX:
            met = self._call(1, 1, self.seconds / 3, only=kind)
            waits = met["waits"][kind]
            row = SingleRow(self.products, kind, _ms(waits, 50), _ms(waits, 99), len(waits))
            self.single.append(row)
        show(f"One caller, {self.products:,} products", self.single[-len(MIX) :])

    def capacity(self) -> float:
        """The highest throughput that rising numbers of callers reach."""
        best = 0.0
        for callers in RISING:
            row = self._many(f"{callers * PROCESSES} callers", callers * PROCESSES, self.seconds / 2)
            if row.per_second > best:
                best = row.per_second
        return best

    def connected(self, rate: float) -> LoadRow:
        """A thousand callers who ask at fixed times, at half of the capacity together."""
        return self._many("half of capacity", CONNECTED, self.seconds * 3, rate=rate)

    def flooded(self) -> tuple[LoadRow, dict[str, Any]]:
        """A thousand operations in flight: every caller asks again as soon as it was answered."""
        met = self._call(PROCESSES, CONNECTED, self.seconds * 2)
        row = self._row("1,000 in flight", CONNECTED, met)
        return row, _fairness(met)

    def _many(self, measured: str, callers: int, seconds: float, rate: float = 0) -> LoadRow:
        return self._row(measured, callers, self._call(PROCESSES, callers, seconds, rate=rate))

    def _row(self, measured: str, callers: int, met: dict[str, Any]) -> LoadRow:
        queries = [wait for kind, waits in met["waits"].items() if kind != PUBLISH for wait in waits]
        publishes = met["waits"][PUBLISH]
        row = LoadRow(
            measured,
            callers,
            round(sum(met["counts"]) / met["seconds"], 1),
            _ms(queries, 50),
            _ms(queries, 99),
            _ms(publishes, 50),
            _ms(publishes, 99),
            sum(met["errors"].values()),
            round(met["server_cpu"], 2),
            round(met["callers_cpu"], 2),
        )
        self.load.append(row)
        print(row, dict(met["errors"]), flush=True)
        return row

    def _call(self, processes: int, callers: int, seconds: float, *, rate: float = 0, only: str = "") -> dict[str, Any]:
        order = {"uri": self.uri, "products": self.products, "operations": OPERATIONS, "processes": processes}
        order |= {"seconds": seconds, "only": only, "callers": callers // processes}
        server = psutil.Process(self.pid)
        running = [
            _started({**order, "process": each, "seed": each, "rate": rate / processes}) for each in range(processes)
        ]
        if not all(process.stdout and process.stdout.readline() == b"ready\n" for process in running):
            raise SystemExit("callers failed")
        before = sum(server.cpu_times()[:2])
        for process in running:
            assert process.stdin
            process.stdin.write(b"\n")
            process.stdin.flush()
        met = [json.loads(process.communicate()[0]) for process in running]
        spent = sum(server.cpu_times()[:2]) - before
        if any(process.returncode for process in running):
            raise SystemExit("callers failed")
        return _joined(met, spent)


def _started(order: dict[str, Any]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "benchmarks.database.callers", json.dumps(order)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )


def _joined(met: Sequence[dict[str, Any]], server_seconds: float) -> dict[str, Any]:
    """What all processes met, as one."""
    seconds = max(each["seconds"] for each in met)
    whole = max(each["drained"] for each in met) * usable_processors()
    errors: dict[str, int] = {}
    for each in met:
        for name, count in each["errors"].items():
            errors[name] = errors.get(name, 0) + count
    return {
        "seconds": seconds,
        "waits": {kind: [wait for each in met for wait in each["waits"][kind]] for kind in MIX},
        "errors": errors,
        "counts": [count for each in met for count in each["counts"]],
        "longest": [wait for each in met for wait in each["longest"]],
        "queue": met[0]["queue"],
        "server_cpu": server_seconds / whole,
        "callers_cpu": sum(each["cpu_seconds"] for each in met) / whole,
    }


def _fairness(met: dict[str, Any]) -> dict[str, Any]:
    """Jain's index of what callers were given, and how much longer than the middle one the longest waited."""
    counts = met["counts"]
    waits = sorted(wait for several in met["waits"].values() for wait in several)
    return {
        "jain": round(sum(counts) ** 2 / (len(counts) * sum(count * count for count in counts)), 4),
        "served_least": min(counts),
        "served_most": max(counts),
        "longest_to_median": round(max(waits) / statistics.median(waits), 2),
        "median_ms": _ms(waits, 50),
        "longest_ms": round(max(waits) * 1_000, 1),
        "queue": met["queue"],
    }


def _ms(waits: Sequence[float], percent: int) -> float:
    ordered = sorted(waits)
    return round(ordered[min(len(ordered) - 1, len(ordered) * percent // 100)] * 1_000, 2) if ordered else 0.0


def measure(sizes: Sequence[int], folder: Path, results: Path, *, seconds: float, cache: int) -> dict[str, Any]:
    """Everything; the report, which is also kept in ``results`` with a chart of the queue."""
    results.mkdir(parents=True, exist_ok=True)
    began = time.time()
    with (
        TemporaryDirectory(dir=folder, prefix="bench-") as name,
        own_server(Path(name), Program(cache_megabytes=cache)) as server,
    ):
        bench = Bench(server.uri, server.pid, Path(name), seconds)
        for size in sizes:
            bench.grow(size)
            bench.alone()
        peak = bench.capacity()
        half = bench.connected(peak / 2)
        flooded, fairness = bench.flooded()
        disk = sum(file.stat().st_size for file in Path(name).rglob("*") if file.is_file())
    queue = fairness.pop("queue")
    lines = {"at work": [(at, working) for at, working, _ in queue], "waiting": [(at, waits) for at, _, waits in queue]}
    draw(results / "database-queue.svg", "1,000 operations in flight: operations of one of two processes", lines)
    show(f"{sizes[-1]:,} products", bench.load)
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False).stdout
    report = {
        "products": sizes[-1],
        "date": time.strftime("%Y-%m-%d", time.gmtime(began)),
        "commit": commit.strip(),
        "load": round(os.getloadavg()[0], 1),
        "seconds": round(time.time() - began),
        "disk_mb": round(disk / 1e6),
        "cache_mb": cache,
        "growth": bench.growth,
        "single": [asdict(row) for row in bench.single],
        "runs": [asdict(row) for row in bench.load],
        "peak_per_second": peak,
        "half": asdict(half),
        "flooded": asdict(flooded),
        "kept_of_peak": round(flooded.per_second / peak, 3),
        "fairness": fairness,
    }
    (results / "database.json").write_text(json.dumps(report, indent=2) + "\n")
    print(f"{report['kept_of_peak']:.0%} of {peak:,.0f}/s kept with 1,000 in flight, fairness {fairness}")
    return report


def main() -> None:
    """Read the options, measure."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sizes", default="1000000,3000000,10000000")
    options.add_argument("--folder", type=Path, default=Path("build"), help="where the database lies while this runs")
    options.add_argument("--results", type=Path, default=Path("build/bench"))
    options.add_argument("--seconds", type=float, default=10.0, help="unit of the time each step is measured for")
    options.add_argument("--cache", type=int, default=4_096, help="megabytes of the server's cache")
    given = options.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    sizes = [int(size) for size in given.sizes.split(",")]
    measure(sizes, given.folder, given.results, seconds=given.seconds, cache=given.cache)


if __name__ == "__main__":
    main()
