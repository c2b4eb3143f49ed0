"""``shopwright catalog diff``: what one revision changed."""

import click
import orjson

from shopwright.bootstrap.catalog import Catalog
from shopwright.cli.kept_catalog import in_catalog, store_options
from shopwright.cli.target import json_option

SHOWN = 200
"""Characters of a change shown without --json."""


@click.command()
@click.argument("revision", type=click.IntRange(min=1))
@store_options
@json_option
def diff(revision: int, store: str, tenant: str, as_json: bool) -> None:
    """Show what REVISION did to each thing, as JSON Merge Patches (RFC 7396)."""

    async def print_differences(catalog: Catalog) -> None:
        async for difference in catalog.differences(revision):
            record: dict[str, object] = {
                "kind": difference.kind.value,
                "key": difference.key,
                "action": difference.action.value,
                "patch": difference.patch(),
            }
            click.echo(orjson.dumps(record).decode() if as_json else _line(record))

    in_catalog(store, tenant, print_differences)


def _line(record: dict[str, object]) -> str:
    patch = orjson.dumps(record["patch"]).decode()
    shown = patch if len(patch) <= SHOWN else f"{patch[:SHOWN]}…"
    return f"{record['action']} {record['kind']} {record['key']}  {shown}"
