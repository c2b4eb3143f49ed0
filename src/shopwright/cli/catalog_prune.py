"""``shopwright catalog prune``: what only old revisions need, removed."""

import click

from shopwright.cli.counted import counted
from shopwright.cli.kept_catalog import author, in_catalog, store_options


@click.command()
@store_options
@click.option("--keep", type=click.IntRange(min=1), required=True, help="How many revisions stay readable.")
def prune(store: str, tenant: str, keep: int) -> None:
    """Remove what only revisions before the newest --keep need.

    Older revisions can then no longer be exported, compared or undone; the log stays.
    """
    removed = in_catalog(store, tenant, lambda catalog: catalog.prune(keep, author()), "prune")
    click.echo(f"{counted(removed, 'version')} removed.")
