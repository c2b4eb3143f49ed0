import datetime as dt

import click
import pytest

from shopwright.audit.chain import Link
from shopwright.cli.tenant_audit import Note, Time
from shopwright.errors import SettingsError


def test_a_noted_event():
    assert Note().convert(f"7:{'ab' * 32}", None, None) == Link(7, "ab" * 32)
    with pytest.raises(SettingsError, match="'7' is no number and hash"):
        Note().convert("7", None, None)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2026-11-23", dt.datetime(2026, 11, 23, tzinfo=dt.UTC)),
        ("2026-11-23T09:30:00Z", dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)),
    ],
)
def test_times(text, time):
    assert Time().convert(text, None, None) == time


@pytest.mark.parametrize("text", ["yesterday", "0001-01-01T00:00:00+23:59", ""])
def test_what_is_no_time(text):
    with pytest.raises(click.BadParameter):
        Time().convert(text, None, None)
