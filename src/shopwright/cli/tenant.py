"""``shopwright tenant``: who uses this platform. Each command stands in ``tenant_<name>.py``."""

import click

from shopwright.cli.lazy import LazyGroup

_COMMANDS = (
    "brand",
    "create",
    "delete",
    "domains",
    "export",
    "import",
    "list",
    "move",
    "proof",
    "resume",
    "show",
    "suspend",
    "theme",
    "update",
    "usage",
)


@click.group(cls=LazyGroup, names=_COMMANDS, prefix="tenant_")
def tenant() -> None:
    """Look after tenants: create, change, suspend, export, import, move and delete them."""
