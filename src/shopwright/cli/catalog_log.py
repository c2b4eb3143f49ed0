"""``shopwright catalog log``: what became of a kept catalogue."""

import click
import orjson

from shopwright.cli.kept_catalog import described, in_catalog, store_options
from shopwright.cli.target import json_option


@click.command()
@store_options
@click.option("--limit", type=click.IntRange(1, 10_000), default=20, help="How many revisions (default: 20).")
@json_option
def log(store: str, tenant: str, limit: int, as_json: bool) -> None:
    """Show the newest revisions, newest first: what changed, when, by whom, from where."""
    for revision in in_catalog(store, tenant, lambda catalog: catalog.log(limit)):
        click.echo(orjson.dumps(revision.as_json()).decode() if as_json else described(revision))
