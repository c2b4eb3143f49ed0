"""``shopwright job``: stores built and published by workers. Each command stands in ``job_<name>.py``."""

import click

from shopwright.cli.lazy import LazyGroup

_COMMANDS = ("cancel", "follow", "list", "retry", "show", "start")


@click.group(cls=LazyGroup, names=_COMMANDS, prefix="job_")
def job() -> None:
    """Have stores of the database built and published by workers, and see how far they are."""
