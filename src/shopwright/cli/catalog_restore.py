"""``shopwright catalog restore``: what was deleted, brought back."""

import click

from shopwright.cli.kept_catalog import (
    author,
    collection_option,
    in_catalog,
    kind_of,
    show_revision,
    store_options,
)
from shopwright.cli.target import json_option


@click.command()
@click.argument("handles", nargs=-1, required=True)
@store_options
@collection_option
@json_option
def restore(handles: tuple[str, ...], store: str, tenant: str, as_collection: bool, as_json: bool) -> None:
    """Bring the deleted products HANDLES back, as they were last, as one revision."""
    kind = kind_of(as_collection=as_collection)
    revision = in_catalog(store, tenant, lambda catalog: catalog.restore(kind, handles, author()), "restore")
    show_revision(revision, as_json=as_json)
