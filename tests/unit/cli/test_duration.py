import datetime as dt

import click
import pytest

from shopwright.cli.duration import Duration


def test_a_number_and_its_unit():
    assert Duration().convert("6h", None, None) == dt.timedelta(hours=6)


def test_what_is_a_length_of_time_already_stays():
    """Click converts a default too."""
    assert Duration().convert(dt.timedelta(seconds=5), None, None) == dt.timedelta(seconds=5)


@pytest.mark.parametrize("text", ["", "often", "0s", "1.5h", "6 h", "-1d", "x" * 1_000])
def test_anything_else_is_refused_and_shown_short(text):
    with pytest.raises(click.BadParameter) as refused:
        Duration().convert(text, None, None)
    assert refused.value.message == f"{text[:40]!r} is no length of time such as 30s, 5m, 6h or 1d"
