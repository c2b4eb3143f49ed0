"""``shopwright user keys list``: the service keys of a tenant."""

import click
import orjson

from shopwright.access.documents import ServiceKeyDocument
from shopwright.bootstrap.identity.keys import ServiceKeys
from shopwright.cli.people import tenant_option, with_staff
from shopwright.cli.target import json_option


@click.command(name="list")
@tenant_option
@json_option
def list(tenant: str, as_json: bool) -> None:
    """List the service keys of a tenant: id, name, end, last use, scopes."""
    keys = with_staff(tenant, lambda staff: ServiceKeys(staff.identity).listed())
    if as_json:
        shown = [key.model_dump(mode="json", exclude={"digest"}) for key in keys]
        click.echo(orjson.dumps({"keys": shown}).decode())
        return
    for key in keys:
        click.echo(_told(key))


def _told(key: ServiceKeyDocument) -> str:
    used = f"used {key.used:%Y-%m-%d %H:%M}" if key.used else "never used"
    return f"{key.id}  {key.name}  until {key.ends:%Y-%m-%d}  {used}  {', '.join(key.scopes)}"
