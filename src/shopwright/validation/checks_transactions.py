"""Checks of transactions, references, and of the database's speed, on real servers that are started for them."""

import asyncio
import datetime as dt
import json
import os
import shutil
import signal
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from shopwright.bootstrap.database_check import DatabaseCheck
from shopwright.bootstrap.document_types import DOCUMENT_TYPES, GRAPH, MIGRATIONS
from shopwright.catalog.documents import STORES, StoreDocument
from shopwright.catalog.picture_files import PictureFiles
from shopwright.database.cluster import open_cluster
from shopwright.database.documents import Session
from shopwright.database.fields import stored_path
from shopwright.database.lease import Lease, Leases
from shopwright.database.migrations.run import migrate
from shopwright.database.references.graph import Link
from shopwright.database.references.scan import ReferenceScan
from shopwright.database.references.writing import check_references
from shopwright.database.server.private_server import own_server
from shopwright.database.tenant_database import TenantDatabase
from shopwright.errors import BuildError, DatabaseError, ReferenceRefused
from shopwright.generation.repository import Change, Live, NewRelease, ReleaseRepository
from shopwright.performance.command import measure_command
from shopwright.validation.checkout import Checkout
from shopwright.validation.registry import Result, check

NOW = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
WRITERS = 16

MOST_QUERY_MS, MOST_PUBLISH_MS = 50.0, 200.0
LEAST_KEPT, LEAST_JAIN = 0.8, 0.9
PRODUCTS = 10_000_000
FEWER = 100_000
"""Measured where no measurement of all is kept: shown, and not enough."""

Work = Callable[[TenantDatabase], Awaitable[Any]]


@check("D3")
def transactions(checkout: Checkout) -> Result:
    """Publishers at once, one that fails half-way, one asked for twice; then the server is killed, and all is there."""
    folder = _empty(checkout.work / "transactions")
    with own_server(folder) as server:
        done = asyncio.run(_in_tenant(server.uri, _publishing))
        os.kill(server.pid, signal.SIGKILL)
    with own_server(folder) as server:
        faults, after = asyncio.run(_in_tenant(server.uri, lambda database: _after(database, folder)))
    is_whole = done == {"sequence": WRITERS, "left": 0, "again": True}
    return Result(
        f"{WRITERS} publishers of one store at once: {done['sequence']} switches, none lost; one that failed half-way "
        f"left {done['left']} documents; the same key again gave the first result: {done['again']}; after kill -9 of "
        f"the server {after} switches are there and db check finds {faults} faults",
        passed=is_whole and after == WRITERS and faults == 0,
    )


async def _publishing(database: TenantDatabase) -> dict[str, Any]:
    await database.documents(STORES).insert(StoreDocument(id="luna", revision=1, kept=0))
    releases = ReleaseRepository(database, GRAPH)
    lives = await asyncio.gather(*(_publish(database, number) for number in range(1, WRITERS + 1)))

    async def fail(_: Session) -> None:
        raise DatabaseError("the power is gone")

    async with Leases(database).hold("luna", "check") as lease:
        before = len(await releases.newest("luna"))
        with suppress(DatabaseError):
            await releases.publish(lease, _release(99), Change("99", "check", NOW), also=fail)
        left = len(await releases.newest("luna")) - before
        first = next(live for live in lives if live.release == _release(1).release)
        again = await releases.publish(lease, _release(1), Change("1", "check", NOW)) == first
    live = await releases.live("luna")
    return {"sequence": live.sequence if live else 0, "left": left, "again": again}


async def _publish(database: TenantDatabase, number: int) -> Live:
    async with Leases(database).hold("luna", str(number)) as lease:
        return await _published(database, lease, number)


def _published(database: TenantDatabase, lease: Lease, number: int) -> Awaitable[Live]:
    return ReleaseRepository(database, GRAPH).publish(lease, _release(number), Change(str(number), "check", NOW))


def _release(number: int) -> NewRelease:
    return NewRelease(f"{number:020x}", f"{number:064x}", files=1, bytes=1)


async def _after(database: TenantDatabase, folder: Path) -> tuple[int, int]:
    live = await ReleaseRepository(database, GRAPH).live("luna")
    checked = await DatabaseCheck(database, PictureFiles(folder), NOW).run()
    return checked.faults, live.sequence if live else 0


@check("D4")
def references(checkout: Checkout) -> Result:
    """For each declared reference: a write that names what is not there, and damage that the check has to find."""
    folder = _empty(checkout.work / "references")
    with own_server(folder) as server:
        refused, found = asyncio.run(_in_tenant(server.uri, _broken, is_bare=True))
    most = len(GRAPH.links)
    return Result(
        f"{refused} of {most} references refuse a write that names what is not there; db check finds {found} of {most} "
        "that were broken past every check",
        passed=refused == most and found == most,
    )


async def _broken(database: TenantDatabase) -> tuple[int, int]:
    """In a database without validators, so that a document may hold one reference alone."""
    refused = 0
    await database.raw[STORES.name].insert_one({"_id": "luna"})
    for number, link in enumerate(GRAPH.links):
        await database.raw[STORES.name].insert_one({"_id": f"x{number}"})
        document = _naming(link, number)
        refused += await _is_refused(database, link, document)
        await database.raw[link.source.name].insert_one(document)
    dangling = [str(found.link) async for found in ReferenceScan(database, GRAPH).dangling()]
    return refused, len({*dangling} & {str(link) for link in GRAPH.links})


def _naming(link: Link, number: int) -> dict[str, Any]:
    """A document that counts as there and makes one reference, to nothing."""
    counts = {stored_path(link.source.model, field): value for field, value in link.source.present}
    return {"_id": f"x{number}", **counts, **dict.fromkeys(link.reference.within, "luna"), link.field: "missing"}


async def _is_refused(database: TenantDatabase, link: Link, document: dict[str, Any]) -> bool:
    async def write(session: Session) -> None:
        await check_references(database.raw, session.client_session, link.source, [document])

    try:
        await database.transaction(write)
    except ReferenceRefused as refusal:
        return refusal.where == str(link)
    return False


@check("D6")
def speed(checkout: Checkout) -> Result:
    """What ``make bench-database`` measured and kept; where it was not run, fewer products, which is not enough."""
    kept = checkout.root / "build/bench/database.json"
    report: dict[str, Any] = json.loads(kept.read_text()) if kept.is_file() else {"products": 0}
    if report["products"] < PRODUCTS:
        report = _measured(checkout, FEWER)
    half, flooded, fairness = report["half"], report["flooded"], report["fairness"]
    keeps = (
        half["query_p99_ms"] < MOST_QUERY_MS
        and half["publish_p99_ms"] < MOST_PUBLISH_MS
        and half["errors"] + flooded["errors"] == 0
        and report["kept_of_peak"] >= LEAST_KEPT
        and fairness["jain"] >= LEAST_JAIN
    )
    missing = "" if report["products"] >= PRODUCTS else f"; NOT at {PRODUCTS:,}: run make bench-database"
    return Result(
        f"{report['products']:,} products ({report['date']}, {report['commit']}): queries p99 {half['query_p99_ms']} "
        f"ms, publishes p99 {half['publish_p99_ms']} ms with {half['callers']:,} callers at half of "
        f"{report['peak_per_second']:,.0f}/s; 1,000 in flight: {flooded['errors']} errors, "
        f"{report['kept_of_peak']:.0%} of the peak, fairness (Jain) {fairness['jain']}, load {report['load']}{missing}",
        passed=keeps and not missing,
    )


def _measured(checkout: Checkout, products: int) -> dict[str, Any]:
    folder = _empty(checkout.work / "bench")
    command = [sys.executable, "-m", "benchmarks.database.run", "--sizes", str(products), "--seconds", "2"]
    measured = measure_command([*command, "--folder", str(folder), "--results", str(folder)], folder=checkout.root)
    if measured.status != 0:
        last = (measured.errors.strip() or "it printed nothing").splitlines()[-1]
        raise BuildError(
            f"the benchmark ended with status {measured.status}: {last}", where="benchmarks/database/run.py"
        )
    report: dict[str, Any] = json.loads((folder / "database.json").read_text())
    return report


async def _in_tenant(uri: str, work: Work, *, is_bare: bool = False) -> Any:  # noqa: ANN401 - what the work gives
    async with open_cluster(uri) as cluster:
        database = cluster.tenant("check")
        if not is_bare:
            await migrate(database, DOCUMENT_TYPES, MIGRATIONS)
        return await work(database)


def _empty(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
