"""``shopwright user keys``: service keys, with which programs act. Each command stands in ``user_keys_<name>.py``."""

import click

from shopwright.cli.lazy import LazyGroup

_COMMANDS = (
    "create",
    "list",
    "revoke",
)


@click.group(cls=LazyGroup, names=_COMMANDS, prefix="user_keys_")
def keys() -> None:
    """Look after service keys: create, list, revoke."""
