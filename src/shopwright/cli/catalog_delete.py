"""``shopwright catalog delete``: things taken out of a kept catalogue."""

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
def delete(handles: tuple[str, ...], store: str, tenant: str, as_collection: bool, as_json: bool) -> None:
    """Delete the products HANDLES as one revision; they can be restored until they are pruned."""
    kind = kind_of(as_collection=as_collection)
    revision = in_catalog(store, tenant, lambda catalog: catalog.delete(kind, handles, author()), "delete")
    show_revision(revision, as_json=as_json)
