"""``shopwright catalog export``: what is kept, as a store folder."""

from pathlib import Path

import click

from shopwright.cli.counted import counted
from shopwright.cli.kept_catalog import in_catalog, store_options
from shopwright.errors import StorageError


@click.command()
@store_options
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Store folder to make.")
@click.option("--revision", type=click.IntRange(min=1), help="An older revision (default: the newest).")
def export(store: str, tenant: str, out: Path, revision: int | None) -> None:
    """Write a store's catalogue, its settings and its pictures as a store folder.

    An existing folder is never replaced.
    """
    if out.exists():
        raise StorageError("exists already.", where=str(out), remedy="Choose another name, or remove it.")
    products = in_catalog(store, tenant, lambda catalog: catalog.write_folder(out, revision))
    click.echo(f"{counted(products, 'product')} written to {out}.")
