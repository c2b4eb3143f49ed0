"""``shopwright audit-log search``: who did what in a tenant, and when."""

import datetime as dt
import json

import click

from shopwright.audit.search import Wanted, read_place
from shopwright.cli.audit_entries import show_entries
from shopwright.cli.tenant_audit import Time, in_audit, tenant_option

LIMIT = 50


@click.command()
@tenant_option
@click.option("--actor", default="", help="Who did it: the id of a user or key, or the account that ran a command.")
@click.option("--action", default="", help="What was done: catalog.import, or catalog for all of that subject.")
@click.option("--target", default="", help="What it was done to, such as store/luna.")
@click.option("--since", type=Time(), help="Not before this time.")
@click.option("--until", type=Time(), help="Before this time.")
@click.option("--limit", default=LIMIT, type=click.IntRange(1, 1_000), help=f"How many at most (default: {LIMIT}).")
@click.option("--after", default="", help="Where the last page ended.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object a line; the last says where it goes on.")
def search(
    tenant: str,
    actor: str,
    action: str,
    target: str,
    since: dt.datetime | None,
    until: dt.datetime | None,
    limit: int,
    after: str,
    as_json: bool,
) -> None:
    """List events of a tenant's audit trail, the newest first."""
    wanted = Wanted(actor, action, target, since, until)
    place = read_place(after) if after else None
    found = in_audit(tenant, lambda audit: audit.trail.search(wanted, limit, place))
    show_entries(found.events, as_json=as_json)
    if as_json:
        click.echo(json.dumps({"after": str(found.after) if found.after else None}))
    elif found.after:
        click.echo(f"There may be more: --after {found.after}")
