"""``shopwright restore``: the database as it was."""

import asyncio
import datetime as dt
import time
from typing import Any

import click

from shopwright.audit.event import AuditEvent, actor_named
from shopwright.audit.forms import Scalar
from shopwright.bootstrap.audited_backup import TrailKeeper
from shopwright.bootstrap.backup import open_backups
from shopwright.bootstrap.keys import share_key
from shopwright.bootstrap.picture_backup import restore_pictures, saved_tenants
from shopwright.cli.backup_place import counting, from_option, key_to_read, place_of
from shopwright.cli.counted import counted
from shopwright.cli.recording import user_name
from shopwright.cli.target import json_option, show
from shopwright.database.backup.backups import Backups
from shopwright.database.backup.manifest import time_text
from shopwright.database.backup.restore import Restored
from shopwright.database.backup.snapshot import Progress as Told
from shopwright.database.cluster import refuse_no_tenant
from shopwright.errors import SettingsError
from shopwright.settings import current_database_settings, current_settings


class _Time(click.ParamType[dt.datetime]):
    """A time of RFC 3339; without an offset it is UTC."""

    name = "time"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> dt.datetime:
        """An aware time."""
        try:
            read = value if isinstance(value, dt.datetime) else dt.datetime.fromisoformat(str(value))
            aware = read if read.tzinfo else read.replace(tzinfo=dt.UTC)
            aware.timestamp()
        except (ValueError, OverflowError):
            self.fail(f"{str(value)[:40]!r} is no time such as 2026-11-23T09:30:00Z", param, ctx)
        return aware


@click.command()
@from_option
@click.option("--tenant", help="Only this tenant. Else everything.")
@click.option("--as", "name", help="Another name for the tenant, beside the one that is there.")
@click.option("--at", type=_Time(), help="As it was at the end of this second (else as lately as is known).")
@click.option("--snapshot", default="", help="Begin from this one, as `backups` lists it (else the newest that fits).")
@click.option("--replace", is_flag=True, help="Also what is there; the backup is checked whole before.")
@click.option("--rehearse", is_flag=True, help="Into a server of its own, compared with the live one, then removed.")
@json_option
def restore(
    place: str,
    tenant: str | None,
    name: str | None,
    at: dt.datetime | None,
    snapshot: str,
    replace: bool,
    rehearse: bool,
    as_json: bool,
) -> None:
    """Bring the database, or one tenant, back to what it was.

    What is there is replaced only with --replace.
    """
    if name and not tenant:
        raise SettingsError("it names a copy of one tenant.", where="--as", remedy="Give --tenant too.")
    for given in filter(None, (tenant, name)):
        refuse_no_tenant(given)
    if rehearse and (tenant or at or snapshot or replace):
        raise SettingsError("a rehearsal is of everything, as it is now.", where="--rehearse", remedy="Give it alone.")
    with (
        open_backups(current_database_settings(), place_of(place), key_to_read()) as backups,
        counting("restoring", hidden=as_json) as progress,
    ):
        if rehearse:
            record, text = _rehearse(backups, progress)
        else:
            record, text = _restore(
                backups, tenant, name or tenant, at, snapshot=snapshot, replace=replace, progress=progress
            )
    show(record, text, as_json=as_json)


def _restore(
    backups: Backups,
    tenant: str | None,
    into: str | None,
    at: dt.datetime | None,
    *,
    snapshot: str,
    replace: bool,
    progress: Told,
) -> tuple[dict[str, Any], str]:
    """Pictures come back before the documents that name them."""
    started, state = time.perf_counter(), current_settings().state
    if tenant:
        backups.base(tenant, at, snapshot)  # a name of which nothing comes gets no key and no pictures
    if tenant and into and into != tenant:
        asyncio.run(share_key(current_database_settings(), tenant, into))
    keeper = TrailKeeper(current_database_settings(), state / "trails")
    if replace:
        keeper.put_aside([into or tenant] if tenant else [])
    wanted = [(tenant, into or tenant)] if tenant else [(each, each) for each in saved_tenants(backups.vault)]
    pictures = sum(restore_pictures(backups.vault, state, was, now) for was, now in wanted)
    done = (
        backups.restore_tenant(tenant, into or tenant, at, snapshot=snapshot, replace=replace, progress=progress)
        if tenant
        else backups.restore_everything(at, snapshot=snapshot, replace=replace, progress=progress)
    )
    keeper.tell(done.databases, _event(done, tenant))
    seconds = time.perf_counter() - started
    return _record(done, seconds) | {
        "pictures": pictures
    }, f"{_what(done)}, {counted(pictures, 'picture')}, in {seconds:,.1f} s."


def _event(done: Restored, tenant: str | None) -> AuditEvent:
    details: dict[str, Scalar] = {
        "backup.id": done.snapshot,
        "backup.documents": done.documents,
        "backup.operations": done.operations,
    }
    target = f"tenant/{tenant}" if tenant else f"backup/{done.snapshot}"
    return AuditEvent("backup.restore", actor=actor_named(user_name()), target=target, details=details)


def _rehearse(backups: Backups, progress: Told) -> tuple[dict[str, Any], str]:
    done = backups.rehearse(progress)
    record = _record(done.restored, done.restore_seconds) | {
        "collections": done.collections,
        "compare_seconds": round(done.compare_seconds, 3),
    }
    text = (
        f"{_what(done.restored)} in {done.restore_seconds:,.1f} s; every document of "
        f"{counted(done.collections, 'collection')} "
        f"is the same as in the live server at that time (compared in {done.compare_seconds:,.1f} s)."
    )
    return record, text


def _record(done: Restored, seconds: float) -> dict[str, Any]:
    return {
        "snapshot": done.snapshot,
        "at": time_text(done.at),
        "databases": list(done.databases),
        "documents": done.documents,
        "operations": done.operations,
        "seconds": round(seconds, 3),
    }


def _what(done: Restored) -> str:
    return (
        f"{counted(len(done.databases), 'database')} restored as of {time_text(done.at)}: "
        f"{counted(done.documents, 'document')} of {done.snapshot} and "
        f"{counted(done.operations, 'operation')} of the log"
    )
