"""``shopwright tenant update``: what is said of a tenant."""

import click

from shopwright.cli.target import json_option
from shopwright.cli.tenant_work import plan_option, show_tenant, with_tenants
from shopwright.errors import SettingsError


@click.command()
@click.argument("handle")
@click.option("--title", help="What people call it.")
@plan_option
@json_option
def update(handle: str, title: str | None, plan: str | None, as_json: bool) -> None:
    """Change title or plan of the tenant HANDLE."""
    if title is None and plan is None:
        raise SettingsError("nothing is to be changed.", where="shopwright tenant update", remedy="Give an option.")
    show_tenant(with_tenants(lambda life: life.describe(handle, title=title, plan=plan)), as_json=as_json)
