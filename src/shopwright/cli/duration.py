"""A length of time as commands take it."""

import datetime as dt

import click

from shopwright.environment import read_duration


class Duration(click.ParamType[dt.timedelta]):
    """A length of time such as ``6h``."""

    name = "duration"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> dt.timedelta:
        """A number and its unit."""
        read = value if isinstance(value, dt.timedelta) else read_duration(str(value))
        if read is None:
            self.fail(f"{str(value)[:40]!r} is no length of time such as 30s, 5m, 6h or 1d", param, ctx)
        return read
