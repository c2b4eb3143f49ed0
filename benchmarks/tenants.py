"""What tenants cost: `python -m benchmarks.tenants --counts 10,100,500`.

Tenants are made one after another on a private server as `shopwright tenant create` makes them: schema, role and user,
key, quotas, audit trail, the invitation of the owner. At each count the server's memory, open files and files are
read, at once and when the files of idle tenants have been closed. Then as many tenants as may be connected are opened
and asked by one process, and a permission is looked up.
"""

import argparse
import asyncio
import datetime as dt
import statistics
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
from benchmarks.tables import keep, show

from shopwright.access.actions import Action
from shopwright.access.caller import Caller, Factor
from shopwright.access.permission import permitted
from shopwright.access.roles import Role
from shopwright.bootstrap.platform import Platform, open_platform
from shopwright.bootstrap.tenant_life import Order, TenantLife
from shopwright.bootstrap.tenant_people import Invitations, owner
from shopwright.catalog.documents import STORES
from shopwright.database.server.private_server import own_server
from shopwright.settings import DatabaseSettings, Secret

SETTLE_SECONDS = 40
"""Files of idle collections are closed after 20 s; checkpoints come every minute."""

ASKED = 50
CHECKS = 200_000


@dataclass(frozen=True, slots=True)
class TenantRow:
    """So many tenants on one server."""

    tenants: int
    create_p50_ms: float
    create_max_ms: float
    create_cpu_ms: float
    """Of the server and the creator together."""

    server_mb: int
    open_files: int
    settled_mb: int
    settled_open_files: int
    files: int
    data_mb: int


@dataclass(frozen=True, slots=True)
class ConnectionRow:
    """One process connected to many tenants."""

    connected: int
    first_p50_ms: float
    first_max_ms: float
    warm_p50_ms: float
    operator_p50_ms: float
    server_connections: int


@dataclass(frozen=True, slots=True)
class PermissionRow:
    """A permission looked up in one process."""

    checks: int
    mean_us: float


def main() -> None:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--counts", default="10,100,500")
    parser.add_argument("--results", type=Path, default=Path("build/bench"))
    asked = parser.parse_args()
    counts = [int(text) for text in asked.counts.split(",")]
    asked.results.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="bench-tenants-") as folder:
        place = Path(folder) / "mongo"
        with own_server(place) as server:
            settings = DatabaseSettings(Secret(server.uri), None, place)
            rows, connections = asyncio.run(_measured(settings, psutil.Process(server.pid), counts))
    permission = _permission()
    for title, listed in (("Tenants on one server", rows), ("Connected", connections), ("Permission", permission)):
        show(title, listed)
    keep(asked.results / "tenants.json", [*rows, *connections, *permission])


async def _measured(
    settings: DatabaseSettings, server: psutil.Process, counts: Sequence[int]
) -> tuple[list[TenantRow], list[ConnectionRow]]:
    rows, made = [], 0
    async with open_platform(settings) as platform:
        for count in counts:
            before, names = _cpu_seconds(server), [f"t{number}" for number in range(made, count)]
            times = [await _milliseconds(lambda name=name: _create(platform, settings, name)) for name in names]
            cpu = (_cpu_seconds(server) - before) / len(names) * 1_000
            made = count
            rows.append(await _tenants(server, settings.folder, count, (times, cpu)))
        return rows, [await _connected(platform, min(made, platform.tenants.most))]


async def _create(platform: Platform, settings: DatabaseSettings, name: str) -> None:
    life = TenantLife(platform, settings.folder.parent / "state", "bench")
    await life.create(Order(name), lambda tenant: Invitations(life).send(tenant, owner("ann@example.com")))


async def _tenants(server: psutil.Process, folder: Path, count: int, made: tuple[list[float], float]) -> TenantRow:
    times, cpu = made
    busy_mb, busy_files = server.memory_info().rss >> 20, server.num_fds()
    await asyncio.sleep(SETTLE_SECONDS)
    files = [path for path in (folder / "data").rglob("*") if path.is_file()]
    return TenantRow(
        count,
        round(statistics.median(times), 1),
        round(max(times), 1),
        round(cpu, 1),
        busy_mb,
        busy_files,
        server.memory_info().rss >> 20,
        server.num_fds(),
        len(files),
        sum(path.stat().st_size for path in files if "journal" not in path.parts) >> 20,
    )


async def _connected(platform: Platform, most: int) -> ConnectionRow:
    names, connections = [f"t{number}" for number in range(most)], await _connections(platform)
    first = [await _milliseconds(lambda name=name: _ask(platform, name)) for name in names]
    warm = [await _milliseconds(lambda name=name: _ask(platform, name)) for name in names for _ in range(ASKED)]
    operator = platform.cluster.tenant(names[0]).documents(STORES)
    direct = [await _milliseconds(lambda: operator.get("none")) for _ in range(ASKED * most)]
    return ConnectionRow(
        most,
        round(statistics.median(first), 1),
        round(max(first), 1),
        round(statistics.median(warm), 2),
        round(statistics.median(direct), 2),
        await _connections(platform) - connections,
    )


async def _ask(platform: Platform, name: str) -> None:
    async with platform.tenants.tenant(name) as database:
        await database.documents(STORES).get("none")


async def _connections(platform: Platform) -> int:
    return int((await platform.cluster.client.admin.command("serverStatus"))["connections"]["current"])


def _cpu_seconds(server: psutil.Process) -> float:
    """Of the server and of this process."""
    spent = server.cpu_times()
    return float(spent.user + spent.system) + time.process_time()


async def _milliseconds(work: Callable[[], Awaitable[object]]) -> float:
    started = time.perf_counter()
    await work()
    return (time.perf_counter() - started) * 1_000


def _permission() -> list[PermissionRow]:
    now = dt.datetime.now(dt.UTC)
    caller = Caller(
        user="u", tenant="t", role=Role.EDITOR, factors=frozenset({Factor.PASSWORD, Factor.TOTP}), signed_in=now,
        stepped_up=None, session="s", scopes=None, address="192.0.2.1",
    )  # fmt: skip
    actions = list(Action)
    started = time.perf_counter()
    for number in range(CHECKS):
        permitted(caller, actions[number % len(actions)], "t")
    return [PermissionRow(CHECKS, round((time.perf_counter() - started) / CHECKS * 1_000_000, 2))]


if __name__ == "__main__":
    main()
