"""The settings of jobs: where the stores go that they build, how many are done at once, how long one may take."""

import datetime as dt
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from shopwright.environment import PREFIX, duration, folder, number, unusable

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
    )


def _time_of_day(given: Mapping[str, str], name: str) -> dt.time | None:
    """A time such as 00:05, midnight by default; ``never`` is None. Raises ``SettingsError``."""
    text = given.get(f"{PREFIX}{name}", "00:00")
    if text == "never":
        return None
    try:
        return dt.datetime.strptime(text, "%H:%M").replace(tzinfo=dt.UTC).timetz()
    except ValueError:
        raise unusable(f"{PREFIX}{name}", text, "a time of the day in UTC such as 00:05, or never") from None
