"""``shopwright tenant show``: one tenant."""

import click

from shopwright.cli.target import json_option
from shopwright.cli.tenant_work import show_tenant, with_tenants


@click.command()
@click.argument("handle")
@json_option
def show(handle: str, as_json: bool) -> None:
    """Show the tenant HANDLE, whatever its state, and what is half done."""
    show_tenant(with_tenants(lambda life: life.tenants.get(handle)), as_json=as_json)
