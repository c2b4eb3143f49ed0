"""``shopwright theme``: begin a theme, check it, look at it. Each command stands in ``theme_<name>.py``."""

import click

from shopwright.cli.lazy import LazyGroup

_COMMANDS = ("check", "new", "preview")


@click.group(cls=LazyGroup, names=_COMMANDS, prefix="theme_")
def theme() -> None:
    """Make a theme of your own."""
