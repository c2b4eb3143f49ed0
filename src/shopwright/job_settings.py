"""The settings of jobs: where the stores go that they build, how many are done at once, how long one may take."""

import datetime as dt
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import urlsplit

from shopwright.environment import PREFIX, Secret, duration, folder, number, unusable
from shopwright.errors import SettingsError

MOST_JOBS = 64


@dataclass(frozen=True, slots=True)
class JobSettings:
    """Where stores are published that jobs build, and how jobs are done."""

    releases: str
    """A folder or ``s3://bucket/prefix``; the releases of a store go to TENANT/STORE below it."""

    jobs: int
    """Jobs that one process does at once, at least 1."""

    job_time: dt.timedelta
    """How long a build may take."""

    refresh_at: dt.time | None
    """When stores are built each day for the prices of that day (UTC); None: never."""

    broker: Secret = field(default=Secret())
    """Address of a message broker that wakes workers, credentials included; empty: workers look by themselves."""


@cache
def current_job_settings() -> JobSettings:
    """The settings of jobs, read at the first call. Raises ``SettingsError``."""
    return read_job_settings(os.environ)


def read_job_settings(environ: Mapping[str, str]) -> JobSettings:
    """Settings of jobs from ``environ`` alone. Raises ``SettingsError`` that names the variable."""
    given = {name: value.strip() for name, value in environ.items() if value.strip()}
    releases = given.get(f"{PREFIX}RELEASES") or str(folder(given, "STATE", "state", (".local", "state")) / "releases")
    return JobSettings(
        releases=releases,
        jobs=number(given, "JOBS", 1, (1, MOST_JOBS)),
        job_time=duration(given, "JOB_TIME", "2h"),
        refresh_at=_time_of_day(given, "REFRESH_AT"),
        broker=_broker(given.get(f"{PREFIX}BROKER", "")),
    )


def _broker(address: str) -> Secret:
    """An address of RabbitMQ or Redis. Raises ``SettingsError`` that does not show it: it may hold a password."""
    if not address:
        return Secret()
    try:
        parts = urlsplit(address)
        is_one = parts.scheme in {"amqp", "redis"} and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        is_one = False
    if not is_one:
        remedy = "Give amqp://USER:PASSWORD@HOST:PORT/VHOST for RabbitMQ, or redis://:PASSWORD@HOST:PORT/NUMBER."
        raise SettingsError("The address cannot be used.", where=f"{PREFIX}BROKER", remedy=remedy)
    return Secret(address)


def _time_of_day(given: Mapping[str, str], name: str) -> dt.time | None:
    """A time such as 00:05, midnight by default; ``never`` is None. Raises ``SettingsError``."""
    text = given.get(f"{PREFIX}{name}", "00:00")
    if text == "never":
        return None
    try:
        return dt.datetime.strptime(text, "%H:%M").replace(tzinfo=dt.UTC).timetz()
    except ValueError:
        raise unusable(f"{PREFIX}{name}", text, "a time of the day in UTC such as 00:05, or never") from None
