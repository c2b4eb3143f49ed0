"""``shopwright audit-log``: what was done, by whom, and whether the record of it is whole."""

import click

from shopwright.cli.lazy import LazyGroup


@click.group(cls=LazyGroup, names=("show", "search", "verify", "head", "export"), prefix="audit_log_")
def audit_log() -> None:
    """Look at what was done on this machine and in each tenant, and verify the record of it."""
