"""``shopwright audit-log head``: how far a tenant's audit trail goes, signed and published outside the database."""

import asyncio
import contextlib
import datetime as dt
import time

import click

from shopwright.audit.event import time_text
from shopwright.bootstrap.audit import publish_all
from shopwright.cli.counted import counted
from shopwright.cli.duration import Duration
from shopwright.cli.recording import log_folder
from shopwright.cli.target import json_option, show
from shopwright.cli.tenant_audit import in_audit, place_of_heads, tenant_option
from shopwright.errors import SettingsError, ShopwrightError
from shopwright.settings import current_database_settings


@click.command()
@tenant_option
@click.option("--lost", is_flag=True, help="Give up events that a restore could not bring back; told from then on.")
@click.option("--every", type=Duration(), help="Go on: publish the heads of all tenants so often.")
@json_option
def head(tenant: str, lost: bool, every: dt.timedelta | None, as_json: bool) -> None:
    """Publish how far a tenant's trail goes, in SHOPWRIGHT_AUDIT_HEADS.

    With --every it goes on for all tenants and the control database until it is stopped.
    """
    if every is None:
        made = in_audit(tenant, lambda audit: audit.publish(_now(), give_up=lost))
        record = {"tenant": tenant, "sequence": made.last.sequence, "hash": made.last.hash, "at": time_text(made.at)}
        show(record, f"{tenant}: {counted(made.last.sequence, 'event')}, {made.last.hash}", as_json=as_json)
        return
    if lost:
        raise SettingsError("it is a decision about one tenant.", where="--lost", remedy="Give it without --every.")
    with contextlib.suppress(KeyboardInterrupt):
        while True:
            publish_now()
            time.sleep(every.total_seconds())


def publish_now() -> None:
    """Publish the heads of all tenants; what fails for one is said, and the others go on."""
    try:
        work = publish_all(current_database_settings(), place_of_heads(), log_folder(), _now())
        published, failed = asyncio.run(work)
    except ShopwrightError as error:
        click.echo(f"{_now():%Y-%m-%d %H:%M:%S} UTC: {error}", err=True)
        return
    for fault in failed:
        click.echo(f"{_now():%Y-%m-%d %H:%M:%S} UTC: {fault}", err=True)
    click.echo(f"{_now():%Y-%m-%d %H:%M:%S} UTC: {counted(published, 'head')} published")


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
