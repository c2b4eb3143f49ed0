"""``shopwright audit-log verify``: whether a record of what was done is what was written."""

import json
import sys

import click

from shopwright.audit.chain import Link
from shopwright.audit.event import time_text
from shopwright.audit.trail_reading import TrailVerification
from shopwright.audit.verification import ChainFault, Verification, verify_log
from shopwright.cli.audit_entries import faults_as_json, plain
from shopwright.cli.counted import counted
from shopwright.cli.recording import log_folder
from shopwright.cli.tenant_audit import Note, in_audit

BROKEN = 1
"""Exit status when it is not what was written."""


@click.command()
@click.option("--tenant", help="Whose trail, in the database; or control. Else this machine's audit log.")
@click.option("--noted", type=Note(), help="A record that must still be there, as NUMBER:HASH.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")
def verify(tenant: str | None, noted: Link | None, as_json: bool) -> None:
    """Follow the whole chain of this machine's audit log, or of a tenant's trail, to its signed end.

    A trail is also compared with the heads that were published of it. Ends with status 1 if a record was changed,
    moved, added or taken out.
    """
    if tenant:
        found = in_audit(tenant, lambda audit: audit.verify(noted))
        _tell_trail(tenant, found, as_json=as_json)
        sys.exit(BROKEN if found.faults else 0)
    log = verify_log(log_folder(), noted)
    _tell_log(log, as_json=as_json)
    sys.exit(BROKEN if log.faults else 0)


def _tell_log(found: Verification, *, as_json: bool) -> None:
    if as_json:
        last = {"sequence": found.last.sequence, "hash": found.last.hash}
        click.echo(json.dumps({"records": found.records, "last": last, "faults": faults_as_json(found.faults)}))
    elif found.faults:
        _tell_faults(found.faults, f"{log_folder()}: the log is not what was written.")
    else:
        click.echo(f"{counted(found.records, 'record')}, whole and in order, signed to the end.")
        click.echo(f"To find out later that it is still this log, note: {found.last.sequence}:{found.last.hash}")


def _tell_trail(tenant: str, found: TrailVerification, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(_as_json(tenant, found)))
        return
    for head in found.lost:
        click.echo(f"given up as lost: event {head.last.sequence}, of which a head was published {time_text(head.at)}.")
    if found.faults:
        _tell_faults(found.faults, f"{tenant}: the trail is not what was written.")
        return
    click.echo(f"{counted(found.events, 'event')}, whole and in order.")
    if found.head:
        published = f"The newest head was published {time_text(found.head.at)}"
        click.echo(f"{published}; {counted(found.unpublished, 'event')} came after it.")
    else:
        click.echo("No head was published yet: if the newest events were cut off, it would not be seen.")
    click.echo(f"To find out later that it is still this trail, note: {found.last.sequence}:{found.last.hash}")


def _as_json(tenant: str, found: TrailVerification) -> dict[str, object]:
    head = {"sequence": found.head.last.sequence, "at": time_text(found.head.at)} if found.head else None
    return {
        "tenant": tenant,
        "events": found.events,
        "last": {"sequence": found.last.sequence, "hash": found.last.hash},
        "head": head,
        "unpublished": found.unpublished,
        "lost": [{"sequence": each.last.sequence, "at": time_text(each.at)} for each in found.lost],
        "faults": [{"where": fault.file, "what": fault.what} for fault in found.faults],
    }


def _tell_faults(faults: tuple[ChainFault, ...], so: str) -> None:
    for fault in faults:
        click.echo(plain(fault), err=True)
    click.echo(so, err=True)
