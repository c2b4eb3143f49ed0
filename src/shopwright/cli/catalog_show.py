"""``shopwright catalog show``: one thing of a kept catalogue."""

import click
import orjson

from shopwright.cli.kept_catalog import collection_option, in_catalog, kind_of, store_options


@click.command()
@click.argument("handle")
@store_options
@collection_option
@click.option("--revision", type=click.IntRange(min=1), help="As it was at an older revision.")
def show(handle: str, store: str, tenant: str, as_collection: bool, revision: int | None) -> None:
    """Print the product HANDLE as JSON, as a line of products.jsonl has it."""
    kind = kind_of(as_collection=as_collection)
    line = in_catalog(store, tenant, lambda catalog: catalog.line(kind, handle, revision))
    click.echo(orjson.dumps(orjson.loads(line), option=orjson.OPT_INDENT_2).decode())
