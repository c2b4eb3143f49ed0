"""``shopwright catalog edit``: fields of one or many things changed."""

from pathlib import Path

import click

from shopwright.bootstrap.catalog import Catalog
from shopwright.catalog.versions.edit import MAX_PATCH, Json, read_merge_patch
from shopwright.catalog.versions.revision import Revision
from shopwright.cli.kept_catalog import author, collection_option, in_catalog, kind_of, show_revision, store_options
from shopwright.cli.product_filter import chosen, filter_options
from shopwright.cli.target import json_option
from shopwright.errors import SettingsError, SourceError


@click.command()
@click.argument("handles", nargs=-1)
@store_options
@click.option("--patch", required=True, help="JSON Merge Patch (RFC 7396), or @FILE.")
@collection_option
@filter_options
@json_option
def edit(
    handles: tuple[str, ...],
    store: str,
    tenant: str,
    patch: str,
    as_collection: bool,
    in_collection: str | None,
    brand: str | None,
    status: str | None,
    as_json: bool,
) -> None:
    """Apply a patch to the products HANDLES, or to all of a collection, brand or state, as one revision.

    null removes a field; a list replaces the list. If one result is no product, nothing is changed.
    """
    read, filter_ = _patch(patch), chosen(in_collection, brand, status)
    if bool(handles) == bool(filter_):
        raise SettingsError("Give either handles, or what to choose by.", where="catalog edit")

    async def change(catalog: Catalog) -> Revision | None:
        if filter_:
            return await catalog.patch_all(filter_, read, author())
        return await catalog.patch(kind_of(as_collection=as_collection), handles, read, author())

    show_revision(in_catalog(store, tenant, change, "edit"), as_json=as_json)


def _patch(given: str) -> Json:
    if not given.startswith("@"):
        return read_merge_patch(given.encode("utf-8", "surrogateescape"), "--patch")
    try:
        with Path(given[1:]).open("rb") as file:
            return read_merge_patch(file.read(MAX_PATCH + 1), given[1:])
    except OSError as error:
        raise SourceError(f"cannot be read ({error.strerror}).", where=given[1:]) from error
