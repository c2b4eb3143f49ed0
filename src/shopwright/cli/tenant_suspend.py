"""``shopwright tenant suspend``: a tenant that may only read and export."""

import click

from shopwright.cli.target import json_option
from shopwright.cli.tenant_work import show_tenant, with_tenants


@click.command()
@click.argument("handle")
@json_option
def suspend(handle: str, as_json: bool) -> None:
    """Let the tenant HANDLE only read and export until it is resumed. Its published stores stay live."""
    show_tenant(with_tenants(lambda life: life.suspend(handle)), as_json=as_json)
