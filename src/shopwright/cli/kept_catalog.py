"""What the commands on kept catalogues share: which store of which tenant, who changes it, and how it is opened."""

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable
from contextlib import nullcontext
from typing import Any, TypeVar

import click

from shopwright.bootstrap.audited import CatalogEvents
from shopwright.bootstrap.catalog import Catalog, open_catalog
from shopwright.bootstrap.tenant import TENANT
from shopwright.catalog.versions.revision import Author, Kind, Revision
from shopwright.cli.counted import counted
from shopwright.cli.recording import user_name
from shopwright.cli.target import show
from shopwright.cli.tenant_audit import place_of_heads
from shopwright.settings import current_database_settings, current_settings

R = TypeVar("R")
Command = TypeVar("Command", bound=Callable[..., Any])

collection_option = click.option("--collection", "as_collection", is_flag=True, help="A collection, not a product.")


def store_options(command: Command) -> Command:
    """Add the options that say which store is meant."""
    store = click.option("--store", required=True, help="Handle of the store in the database.")
    tenant = click.option("--tenant", default=TENANT, help=f"Whose store it is (default: {TENANT}).")
    return store(tenant(command))


def in_catalog(store: str, tenant: str, work: Callable[[Catalog], Awaitable[R]], act: str = "") -> R:
    """The result of what is done with a store's catalogue. Raises what that raises, and ``DatabaseError``.

    ``act``: what changes it (``import``), so that the trail is told if it fails.
    """

    async def run() -> R:
        opened = open_catalog(
            current_database_settings(), current_settings().state, tenant, store, heads=place_of_heads()
        )
        async with opened as catalog:
            events = CatalogEvents(catalog.kept.database, store)
            async with events.attempt(act, user_name()) if act else nullcontext():
                return await work(catalog)

    return asyncio.run(run())


def author() -> Author:
    """Whoever runs this command, now."""
    return Author(user_name(), dt.datetime.now(dt.UTC))


def kind_of(*, as_collection: bool) -> Kind:
    """What handles name."""
    return Kind.COLLECTION if as_collection else Kind.PRODUCT


def show_revision(revision: Revision | None, *, as_json: bool) -> None:
    """Print what a change made."""
    record = revision.as_json() if revision else {"revision": None}
    show(record, described(revision) if revision else "Nothing differs, so there is no new revision.", as_json=as_json)


def described(revision: Revision) -> str:
    """A revision in one line."""
    counts, told = revision.counts, f" of revision {revision.undone}" if revision.undone else ""
    source = f" from {revision.source}" if revision.source else ""
    did = ", ".join(
        f"{number:,} {what}"
        for number, what in ((counts.added, "added"), (counts.changed, "changed"), (counts.deleted, "deleted"))
        if number
    )
    return (
        f"{revision.number}  {revision.at:%Y-%m-%d %H:%M:%S} UTC  {revision.by}  "
        f"{revision.act.value}{told}{source}: {did}; {counted(revision.products, 'product')}"
    )
