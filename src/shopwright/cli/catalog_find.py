"""``shopwright catalog find``: products of a kept catalogue, listed or searched."""

from collections.abc import Iterator

import click
import orjson
from rich.cells import cell_len

from shopwright.bootstrap.catalog import Catalog
from shopwright.catalog.money import Money, decimal_text
from shopwright.catalog.versions.listed import MAX_LISTED, Filter, Listed, Order, Page
from shopwright.cli.kept_catalog import in_catalog, store_options
from shopwright.cli.product_filter import chosen, filter_options
from shopwright.cli.target import json_option
from shopwright.errors import SettingsError


@click.command()
@click.argument("words", nargs=-1)
@store_options
@filter_options
@click.option("--number", help="Products that have a variant with this SKU or GTIN.")
@click.option(
    "--sort", type=click.Choice([order.value for order in Order]), default="title", help="Within a collection."
)
@click.option("--limit", type=click.IntRange(1, MAX_LISTED), default=24, help="How many products (default: 24).")
@click.option("--after", default="", help="Where the page before ended: the `next` it gave.")
@json_option
def find(
    words: tuple[str, ...],
    store: str,
    tenant: str,
    in_collection: str | None,
    brand: str | None,
    status: str | None,
    number: str | None,
    sort: str,
    limit: int,
    after: str,
    as_json: bool,
) -> None:
    """List products, or search those that have words beginning with all WORDS.

    Without words or options, the active products by title.
    """
    filter_ = chosen(in_collection, brand, status, Order(sort))
    if sum(map(bool, (words, filter_, number))) > 1:
        raise SettingsError("Give either words, or a number, or what to choose by.", where="catalog find")

    async def look(catalog: Catalog) -> Page:
        if words:
            return Page(await catalog.search(" ".join(words), limit))
        if number:
            return Page(await catalog.by_number(number))
        return await catalog.page(filter_ or Filter(order=Order(sort)), limit, after)

    _print(in_catalog(store, tenant, look), as_json=as_json)


def _print(page: Page, *, as_json: bool) -> None:
    if as_json:
        products = [product.as_json() for product in page.products]
        click.echo(orjson.dumps({"products": products, "next": page.next or None}).decode())
        return
    if not page.products:
        click.echo("No product is like that.")
    for line in _aligned([_cells(product) for product in page.products]):
        click.echo(line)
    if page.next:
        click.echo(f"There are more: --after {page.next}")


def _cells(product: Listed) -> tuple[str, ...]:
    """Handle, title, brand, lowest price, state."""
    price = "" if product.price is None else f"{_decimal(product.price, product.currency)} {product.currency}"
    return product.handle, product.title, product.brand or "", price, product.status


def _decimal(amount: int, currency: str) -> str:
    return decimal_text(Money(amount=amount, currency=currency))


def _aligned(rows: list[tuple[str, ...]]) -> Iterator[str]:
    """Rows with their columns below one another, as wide as a terminal shows them."""
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()
