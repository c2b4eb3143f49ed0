"""``shopwright catalog watch``: the feed of changes."""

import click
import orjson

from shopwright.bootstrap.catalog import Catalog
from shopwright.cli.kept_catalog import in_catalog, store_options


@click.command()
@store_options
@click.option("--since", type=click.IntRange(min=0), required=True, help="The last revision that is known already.")
@click.option("--once", is_flag=True, help="End with the newest revision instead of waiting for more.")
def watch(store: str, tenant: str, since: int, once: bool) -> None:
    """Print what revisions after --since changed, one JSON object to a line, and go on as changes are made."""

    async def follow(catalog: Catalog) -> None:
        async for change in catalog.changes(since, follow=not once):
            click.echo(orjson.dumps(change.as_json()).decode())

    in_catalog(store, tenant, follow)
