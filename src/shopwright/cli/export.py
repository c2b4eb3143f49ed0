"""``shopwright export``: a catalogue in another format."""

import shutil
from collections.abc import Callable
from pathlib import Path

import click

from shopwright.catalog.exporters.own import export_own
from shopwright.catalog.exporters.shopify import export_shopify
from shopwright.catalog.exporters.woocommerce import export_woocommerce
from shopwright.catalog.source import CatalogSource, open_source
from shopwright.cli.counted import counted
from shopwright.errors import SourceError, StorageError

_EXPORTERS: dict[str, Callable[[CatalogSource, Path], int]] = {
    "shopify": export_shopify,
    "woocommerce": export_woocommerce,
    "shopwright": export_own,
}


@click.command()
@click.argument("source", type=click.Path(path_type=Path))
@click.option("--to", "dialect", required=True, type=click.Choice(sorted(_EXPORTERS)), help="Format to write.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="CSV file, or store folder, to make.")
@click.option("--store", "store_file", type=click.Path(path_type=Path), help="A store.yaml: name, languages, currency.")
@click.option(
    "--pictures-folder", multiple=True, type=click.Path(path_type=Path), help="Where picture files lie; repeatable."
)
def export(source: Path, dialect: str, out: Path, store_file: Path | None, pictures_folder: tuple[Path, ...]) -> None:
    """Write SOURCE, a catalogue file or a store folder, in another format.

    Reading the result back gives the same catalogue. An existing file or folder is never replaced.
    """
    catalog = open_source(source, store_file=store_file, picture_folders=pictures_folder)
    products = _write(_EXPORTERS[dialect], catalog, out)
    click.echo(f"{counted(products, 'product')} written to {out}.")


def _write(write: Callable[[CatalogSource, Path], int], catalog: CatalogSource, out: Path) -> int:
    """Write beside the goal and rename at the end, so that a half-written file never bears its name."""
    if out.exists():
        raise StorageError("exists already.", where=str(out), remedy="Choose another name, or remove it.")
    partial = out.with_name(f".{out.name}.partial")
    _remove(partial)
    try:
        products = write(catalog, partial)
        if not products:
            raise SourceError("there is no product to export.", where=str(catalog.path))
        partial.rename(out)
    except OSError as error:
        raise StorageError(f"cannot be written ({error.strerror}).", where=str(out)) from error
    finally:
        _remove(partial)
    return products


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
