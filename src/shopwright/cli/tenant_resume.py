"""``shopwright tenant resume``: the end of a suspension."""

import click

from shopwright.cli.target import json_option
from shopwright.cli.tenant_work import show_tenant, with_tenants


@click.command()
@click.argument("handle")
@json_option
def resume(handle: str, as_json: bool) -> None:
    """Let the suspended tenant HANDLE work again."""
    show_tenant(with_tenants(lambda life: life.resume(handle)), as_json=as_json)
