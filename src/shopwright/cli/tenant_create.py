"""``shopwright tenant create``: a new tenant."""

import click

from shopwright.bootstrap.tenant_life import Order
from shopwright.cli.target import json_option
from shopwright.cli.tenant_work import cell_option, owner_option, plan_option, show_tenant, with_tenants


@click.command()
@click.argument("handle")
@click.option("--title", default="", help="What people call it (default: HANDLE).")
@plan_option
@cell_option
@owner_option
@json_option
def create(handle: str, title: str, plan: str | None, cell: str, owner: str, as_json: bool) -> None:
    """Make the tenant HANDLE: database, database user, key, quotas, audit trail, invitation of its owner.

    If it was interrupted, the same command goes on. A database that is there without a tenant is adopted.
    """
    order = Order(handle, title, plan or "", cell, owner)
    show_tenant(with_tenants(lambda life: life.create(order)), as_json=as_json)
