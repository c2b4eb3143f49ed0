"""``shopwright keys``: what personal data is encrypted with. Each command stands in ``keys_<name>.py``."""

import click

from shopwright.cli.lazy import LazyGroup

_COMMANDS = ("rotate", "status")


@click.group(cls=LazyGroup, names=_COMMANDS, prefix="keys_")
def keys() -> None:
    """Look after the keys that tenants' personal data is encrypted with."""
