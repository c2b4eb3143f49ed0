"""``shopwright user``: who may sign in to a tenant. Each command stands in ``user_<name>.py``."""

import click

from shopwright.cli.lazy import LazyGroup

_COMMANDS = (
    "disable",
    "enable",
    "invite",
    "keys",
    "list",
    "reset",
    "role",
)


@click.group(cls=LazyGroup, names=_COMMANDS, prefix="user_")
def user() -> None:
    """Look after who may sign in: invite, list, disable, give a role, let somebody start over."""
