"""``shopwright catalog undo``: a revision taken back."""

import click

from shopwright.cli.kept_catalog import author, in_catalog, show_revision, store_options
from shopwright.cli.target import json_option


@click.command()
@click.argument("revision", type=click.IntRange(min=1))
@store_options
@click.option("--merge", is_flag=True, help="Of what was changed again since, take back only what REVISION changed.")
@json_option
def undo(revision: int, store: str, tenant: str, merge: bool, as_json: bool) -> None:
    """Make a new revision in which everything REVISION changed is as it was before.

    If something was changed again since, nothing is done and it is named, unless --merge finds that other fields of it
    were changed.
    """
    made = in_catalog(store, tenant, lambda catalog: catalog.undo(revision, author(), merge=merge), "undo")
    show_revision(made, as_json=as_json)
