"""``shopwright catalog``: the catalogue kept in the database. Each command stands in ``catalog_<name>.py``."""

import click

from shopwright.cli.lazy import LazyGroup

_COMMANDS = (
    "delete",
    "diff",
    "edit",
    "export",
    "find",
    "import",
    "log",
    "prune",
    "restore",
    "show",
    "undo",
    "watch",
)


@click.group(cls=LazyGroup, names=_COMMANDS, prefix="catalog_")
def catalog() -> None:
    """Keep a store's catalogue in the database: import, change, find, look back, go back."""
