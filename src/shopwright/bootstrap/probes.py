"""What a process of the service needs to do work, part by part, for ``/health/ready`` and for alerts."""

from collections.abc import Mapping
from pathlib import Path

from shopwright.bootstrap.broker import OpenBroker
from shopwright.bootstrap.platform import Platform
from shopwright.errors import DatabaseUnavailable
from shopwright.multi_tenant.documents import TENANTS
from shopwright.performance.health import Probe, room_on_disk

LEAST_FREE = 100_000_000
"""Bytes on the disk of the state folder, below which nothing should be begun."""


def probes(platform: Platform, state: Path, broker: OpenBroker | None = None) -> Mapping[str, Probe]:
    """Looks at the database, at the disk of the state folder, and at the broker where there is one."""
    looks = {"database": _database(platform), "disk": room_on_disk(state, LEAST_FREE)}
    return {**looks, "broker": broker.look} if broker else looks


def _database(platform: Platform) -> Probe:
    async def probe() -> str:
        try:
            await platform.control.documents(TENANTS).get("none")
        except DatabaseUnavailable:
            return "it does not answer"
        return ""

    return probe
