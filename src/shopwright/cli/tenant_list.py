"""``shopwright tenant list``: the tenants of this platform."""

import click

from shopwright.cli.target import json_option, show
from shopwright.cli.tenant_work import as_json_object, told, with_tenants
from shopwright.multi_tenant.documents import State


@click.command("list")
@click.option(
    "--state",
    type=click.Choice(["creating", "active", "suspended", "deleting", "deleted"]),
    help="Only those in this state.",
)
@click.option("--limit", default=100, type=click.IntRange(1, 10_000), help="At most so many (default: 100).")
@click.option("--after", default="", help="Only those behind this handle.")
@json_option
def list(state: State | None, limit: int, after: str, as_json: bool) -> None:
    """List tenants in the order of their handles."""
    found = with_tenants(lambda life: life.tenants.page(limit, state=state, after=after))
    text = "\n".join(map(told, found)) or "There is no such tenant."
    show({"tenants": [as_json_object(tenant) for tenant in found]}, text, as_json=as_json)
