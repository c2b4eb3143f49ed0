"""``shopwright alerts``: the alert rules of this machine. Each command stands in ``alerts_<name>.py``."""

import click

from shopwright.cli.lazy import LazyGroup

_COMMANDS = ("export",)


@click.group(cls=LazyGroup, names=_COMMANDS, prefix="alerts_")
def alerts() -> None:
    """Look at the rules by which the service tells that something is wrong."""
