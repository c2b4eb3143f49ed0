"""``shopwright db migrate``: the database brought to what this version expects."""

import asyncio

import click

from shopwright.bootstrap.schema import migrate_tenants
from shopwright.cli.counted import counted
from shopwright.cli.target import json_option, show
from shopwright.settings import current_database_settings


@click.command()
@click.option("--tenant", "tenants", multiple=True, help="Only this tenant; repeatable. Else all.")
@json_option
def migrate(tenants: tuple[str, ...], as_json: bool) -> None:
    """Install validators and indexes, and run the numbered migrations that have not run yet.

    A run that was cut short is taken up by the next; two at once share the work. Commands that use the database do this
    by themselves for the tenant they work on.
    """
    changed = asyncio.run(migrate_tenants(current_database_settings(), tenants))
    text = "\n".join(
        f"{tenant}: up to date, {counted(count, 'document')} changed." for tenant, count in changed.items()
    )
    show({"changed": changed}, text or "There is no tenant yet.", as_json=as_json)
