"""``shopwright user list``: who may sign in."""

import click
import orjson

from shopwright.cli.people import as_json_object, tenant_option, told, with_staff
from shopwright.cli.target import json_option


@click.command(name="list")
@tenant_option
@json_option
def list(tenant: str, as_json: bool) -> None:
    """List the users of a tenant in the order in which they came: id, address, role, state, second factors."""
    users = with_staff(tenant, lambda staff: staff.listed())
    if as_json:
        click.echo(orjson.dumps({"users": [as_json_object(user) for user in users]}).decode())
        return
    for user in users:
        click.echo(told(user))
