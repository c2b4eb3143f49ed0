"""Options that choose products of a kept catalogue."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from shopwright.catalog.product import Status
from shopwright.catalog.versions.listed import Filter, Order
from shopwright.errors import SettingsError

Command = TypeVar("Command", bound=Callable[..., Any])


def filter_options(command: Command) -> Command:
    """Add the options that choose products."""
    collection = click.option("--in-collection", help="Products of the collection with this handle.")
    brand = click.option("--brand", help="Products of this brand.")
    states = click.Choice([status.value for status in Status])
    status = click.option("--status", type=states, help="Products in this state (default: active).")
    return collection(brand(status(command)))


def chosen(
    in_collection: str | None, brand: str | None, status: str | None, order: Order = Order.TITLE
) -> Filter | None:
    """The filter that was asked for, ``None`` for none. Raises ``SettingsError`` for what does not go together."""
    if brand is not None and (in_collection is not None or status is not None):
        raise SettingsError("A brand is chosen alone.", where="--brand", remedy="Leave the other options out.")
    if in_collection is None and brand is None and status is None:
        return None
    return Filter(in_collection, brand, status or Status.ACTIVE.value, order)
