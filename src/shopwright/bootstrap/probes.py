"""What a process of the service needs to do work, part by part, for ``/health/ready`` and for alerts."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from shopwright.bootstrap.platform import Platform
from shopwright.errors import DatabaseUnavailable
from shopwright.multi_tenant.documents import TENANTS
from shopwright.performance.health import Probe, reached, room_on_disk

LEAST_FREE = 100_000_000
"""Bytes on the disk of the state folder, below which nothing should be begun."""

_BROKER_PORTS = {"amqp": 5672, "amqps": 5671, "redis": 6379, "rediss": 6379}


def probes(platform: Platform, state: Path, broker: str = "") -> Mapping[str, Probe]:
    """Looks at the database, at the disk of the state folder, and at the broker, if one is named by its address."""
    looks = {"database": _database(platform), "disk": room_on_disk(state, LEAST_FREE)}
    if broker:
        address = urlsplit(broker)
        looks["broker"] = reached(address.hostname or "", address.port or _BROKER_PORTS[address.scheme])
    return looks


def _database(platform: Platform) -> Probe:
    async def probe() -> str:
        try:
            await platform.control.documents(TENANTS).get("none")
        except DatabaseUnavailable:
            return "it does not answer"
        return ""

    return probe
