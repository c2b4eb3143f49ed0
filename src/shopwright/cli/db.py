"""``shopwright db``: the database itself. Each command stands in ``db_<name>.py``."""

import click

from shopwright.cli.lazy import LazyGroup

_COMMANDS = ("check", "migrate", "rotate", "serve", "status")


@click.group(cls=LazyGroup, names=_COMMANDS, prefix="db_")
def db() -> None:
    """Look after the database: the private server, or the one MONGODB_URI names."""
