import datetime as dt

import pytest

from shopwright.errors import SettingsError
from shopwright.job_settings import JobSettings, current_job_settings, read_job_settings

HOME = {"HOME": "/home/mara"}


def test_by_default():
    midnight = dt.time(tzinfo=dt.UTC)
    releases = "/home/mara/.local/state/shopwright/releases"
    assert read_job_settings(HOME) == JobSettings(releases, 1, dt.timedelta(hours=2), midnight)
    assert current_job_settings().jobs >= 1


def test_as_named():
    named = {
        "SHOPWRIGHT_RELEASES": "s3://bucket/stores",
        "SHOPWRIGHT_JOBS": "4",
        "SHOPWRIGHT_JOB_TIME": "30m",
        "SHOPWRIGHT_REFRESH_AT": "23:05",
    }
    at = dt.time(23, 5, tzinfo=dt.UTC)
    assert read_job_settings(named) == JobSettings("s3://bucket/stores", 4, dt.timedelta(minutes=30), at)
    assert read_job_settings({**named, "SHOPWRIGHT_REFRESH_AT": "never"}).refresh_at is None


@pytest.mark.parametrize(
    ("name", "text"),
    [("JOBS", "0"), ("JOBS", "65"), ("JOB_TIME", "long"), ("REFRESH_AT", "24:00"), ("REFRESH_AT", "noon")],
)
def test_what_cannot_be(name, text):
    with pytest.raises(SettingsError, match=f"SHOPWRIGHT_{name}: '{text}' cannot be used"):
        read_job_settings({**HOME, f"SHOPWRIGHT_{name}": text})
