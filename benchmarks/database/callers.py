"""Callers of one process: `python -m benchmarks.database.callers '{"uri": …}'` prints what they met as JSON.

It says `ready` once its connections stand, and begins when it is sent a line, so that all processes begin together.

Closed: each caller asks again when it was answered. Open: each asks at times fixed beforehand, whatever the answers do,
and its wait counts from the time that was intended.
"""

import asyncio
import datetime as dt
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Awaitable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
from benchmarks.database.products import COLLECTIONS, OF_A_STORE, TENANT, VOCABULARY, handle_of, sku_of, store_of, word

from shopwright.bootstrap.document_types import GRAPH
from shopwright.catalog.picture_files import PictureFiles
from shopwright.catalog.repository.kept import Kept
from shopwright.catalog.repository.reading import CatalogReader
from shopwright.catalog.versions.listed import Filter, Order, write_place
from shopwright.catalog.versions.revision import Kind
from shopwright.database.cluster import open_cluster
from shopwright.database.lease import Lease, Leases
from shopwright.database.slots import Slots
from shopwright.database.tenant_database import TenantDatabase
from shopwright.errors import ShopwrightError
from shopwright.generation.repository import Change, NewRelease, ReleaseRepository

MIX = {"by handle": 40, "listing of 24": 20, "next page": 10, "by SKU": 20, "search": 8, "publish": 2}
"""Of a hundred operations. A publish is a store-generation transaction: release, live pointer, key, fence."""

NOW = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
SAMPLED = 0.1
MOST_HELD = 64


@dataclass
class Work:
    """What callers ask for, and how long each had to wait for it."""

    database: TenantDatabase
    products: int
    seed: int
    waits: dict[str, list[float]] = field(default_factory=lambda: {kind: [] for kind in MIX})
    until: float = 0.0
    errors: Counter[str] = field(default_factory=Counter)
    counts: Counter[int] = field(default_factory=Counter)
    longest: dict[int, float] = field(default_factory=dict)
    turns: dict[str, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))

    def reader(self, number: int) -> CatalogReader:
        """The catalogue a product stands in."""
        return CatalogReader(Kept(self.database, store_of(number), PictureFiles(Path())), 1)

    async def ask(self, kind: str, chance: random.Random, lease: Lease | None) -> None:
        """One operation."""
        number = chance.randrange(self.products)
        await getattr(self, f"_{kind.replace(' ', '_').lower()}")(number, chance, lease)

    async def _by_handle(self, number: int, *_: object) -> None:
        assert await self.reader(number).version(Kind.PRODUCT, handle_of(number))

    async def _by_sku(self, number: int, *_: object) -> None:
        assert await self.reader(number).by_number(sku_of(number))

    async def _listing_of_24(self, number: int, chance: random.Random, *_: object) -> None:
        listing = Filter(f"c{chance.randrange(COLLECTIONS):02d}", order=Order.PRICE)
        assert (await self.reader(number).page(listing, 24)).products

    async def _next_page(self, number: int, chance: random.Random, *_: object) -> None:
        """From a price on, as the token of a page before says it."""
        after = write_place((chance.randrange(1_900, 40_000), "frame"))
        listing = Filter(f"c{chance.randrange(COLLECTIONS):02d}", order=Order.PRICE)
        assert (await self.reader(number).page(listing, 24, after)).products

    async def _search(self, number: int, chance: random.Random, *_: object) -> None:
        await self.reader(number).search(word(chance.randrange(VOCABULARY)), 24)

    async def _publish(self, _: int, chance: random.Random, lease: Lease | None) -> None:
        assert lease
        digits = f"{chance.getrandbits(80):020x}"
        new = NewRelease(digits, digits.rjust(64, "0"), files=1, bytes=1)
        async with self.turns[lease.store]:  # who holds a store does one thing at a time
            await ReleaseRepository(self.database, GRAPH).publish(lease, new, Change(digits, "bench", NOW))

    async def timed(self, caller: int, kind: str, intended: float, chance: random.Random, lease: Lease | None) -> None:
        """One operation with its wait since the time it was intended for."""
        try:
            await self.ask(kind, chance, lease)
        except (ShopwrightError, AssertionError) as error:
            self.errors[type(error).__name__] += 1
            return
        answered = time.perf_counter()
        wait = answered - intended
        self.waits[kind].append(wait)
        self.counts[caller] += answered <= self.until
        self.longest[caller] = max(wait, self.longest.get(caller, 0))


def kinds(chance: random.Random, only: str) -> str:
    """What is asked next."""
    return only or chance.choices(list(MIX), weights=list(MIX.values()))[0]


async def closed(work: Work, caller: int, lease: Lease | None, only: str, until: float) -> None:
    """Ask, be answered, ask again."""
    chance = random.Random(f"{work.seed} {caller}")
    while (now := time.perf_counter()) < until:
        await work.timed(caller, kinds(chance, only), now, chance, lease)


async def opened(work: Work, caller: int, lease: Lease | None, rate: float, until: float) -> None:
    """Ask at random times, ``rate`` times a second on average, whether the last question was answered or not."""
    chance = random.Random(f"{work.seed} {caller}")
    intended, asked = time.perf_counter() + chance.expovariate(rate), []
    while intended < until:
        await asyncio.sleep(max(0.0, intended - time.perf_counter()))
        asked.append(asyncio.create_task(work.timed(caller, kinds(chance, ""), intended, chance, lease)))
        intended += chance.expovariate(rate)
    await asyncio.gather(*asked)


async def sample(slots: Slots, seen: list[tuple[float, int, int]], start: float) -> None:
    """How many operations are at work and how many wait, ten times a second."""
    while True:
        seen.append((time.perf_counter() - start, slots.working, slots.waiting))
        await asyncio.sleep(SAMPLED)


async def main(order: dict[str, Any]) -> dict[str, Any]:
    """Let the callers of one process work; what they met."""
    async with open_cluster(order["uri"], operations=order["operations"]) as cluster:
        work = Work(cluster.tenant(TENANT), order["products"], order["seed"])
        async with _leases(work.database, order) as leases:
            await _warm(work, order["operations"])
            await asyncio.to_thread(_await_start)
            start, cpu = time.perf_counter(), time.process_time()
            until, seen = start + order["seconds"], []
            work.until = until
            watching = asyncio.create_task(sample(cluster.slots, seen, start))
            await asyncio.gather(*(_caller(work, number, leases, order, until) for number in range(order["callers"])))
            spent, drained = time.process_time() - cpu, time.perf_counter() - start
            watching.cancel()
    return {
        "seconds": order["seconds"],
        "drained": drained,
        "cpu_seconds": spent,
        "waits": work.waits,
        "errors": work.errors,
        "counts": [work.counts[number] for number in range(order["callers"])],
        "longest": [work.longest.get(number, 0) for number in range(order["callers"])],
        "queue": seen,
    }


async def _warm(work: Work, operations: int) -> None:
    """Open every connection: what is measured is not how long logging in takes."""
    chance = random.Random(0)
    await asyncio.gather(*(work.ask("by handle", chance, None) for _ in range(4 * operations)))


def _await_start() -> None:
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()


def _caller(work: Work, number: int, leases: list[Lease], order: dict[str, Any], until: float) -> Awaitable[None]:
    lease = leases[number % len(leases)] if leases else None
    if order.get("rate"):
        return opened(work, number, lease, order["rate"] / order["callers"], until)
    return closed(work, number, lease, order.get("only", ""), until)


class _leases:  # noqa: N801 - used as a function
    """Stores that this process holds: each publisher has one, so that what is measured is the transaction."""

    def __init__(self, database: TenantDatabase, order: dict[str, Any]) -> None:
        names = [store_of(number * OF_A_STORE) for number in range(-(-order["products"] // OF_A_STORE))]
        mine = names[order["process"] :: order["processes"]][: min(order["callers"], MOST_HELD)]
        self._held: list[Any] = [Leases(database).hold(name, f"bench {order['process']}") for name in mine]

    async def __aenter__(self) -> list[Lease]:
        return [await held.__aenter__() for held in self._held]

    async def __aexit__(self, *_: object) -> None:
        for held in self._held:
            await held.__aexit__(None, None, None)


if __name__ == "__main__":
    sys.stdout.buffer.write(orjson.dumps(asyncio.run(main(orjson.loads(sys.argv[1])))))
