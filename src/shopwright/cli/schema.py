"""``shopwright schema``: the JSON Schema of Shopwright's own format."""

import json

import click

from shopwright.catalog.schema import schema_of


@click.command()
@click.argument("value", type=click.Choice(["product", "store", "collection"]), default="product")
def schema(value: str) -> None:
    """Print the JSON Schema (2020-12) of a product, a store or a collection in Shopwright's own format."""
    click.echo(json.dumps(schema_of(value), indent=2, ensure_ascii=False))
