"""``shopwright backup``: the database, saved while writes go on."""

import contextlib
import datetime as dt
import time
from dataclasses import replace

import click

from shopwright.audit.event import AuditEvent, actor_named
from shopwright.bootstrap.audited_backup import TrailKeeper
from shopwright.bootstrap.backup import open_backups
from shopwright.bootstrap.picture_backup import PictureBackup
from shopwright.cli.backup_place import counting, key_to_write, place_of
from shopwright.cli.counted import counted
from shopwright.cli.duration import Duration
from shopwright.cli.recording import user_name
from shopwright.cli.target import json_option, show
from shopwright.database.backup.backups import Backups
from shopwright.database.backup.key import BackupKey
from shopwright.database.backup.manifest import Manifest, time_text
from shopwright.database.backup.retention import Schedule
from shopwright.errors import SettingsError, ShopwrightError
from shopwright.settings import current_backup_settings, current_database_settings, current_settings
from shopwright.storage.objects.target import Target

_PAUSE_SECONDS = 1.0
_LONGEST_PAUSE_SECONDS = 300.0


@click.command()
@click.option("--to", "place", default="", help="A folder, or s3://bucket/prefix (else SHOPWRIGHT_BACKUP_TO).")
@click.option("--tenant", "tenants", multiple=True, help="Only this tenant; repeatable. Else everything.")
@click.option("--log", "only_log", is_flag=True, help="Only copy what was written since the last copy.")
@click.option("--every", type=Duration(), help="Go on: a snapshot so often (else SHOPWRIGHT_BACKUP_EVERY).")
@click.option("--log-every", type=Duration(), help="Go on: copy the log so often (else SHOPWRIGHT_BACKUP_LOG_EVERY).")
@click.option("--keep", type=click.IntRange(min=1), help="Snapshots that stay (else SHOPWRIGHT_BACKUP_KEEP).")
@json_option
def backup(
    place: str,
    tenants: tuple[str, ...],
    only_log: bool,
    every: dt.timedelta | None,
    log_every: dt.timedelta | None,
    keep: int | None,
    as_json: bool,
) -> None:
    """Save the database: one moment of it, compressed and encrypted, while writes go on.

    With --every or --log-every it goes on until it is stopped.
    """
    usual = current_backup_settings()
    schedule = Schedule(every or usual.every, log_every or usual.log_every, keep or usual.keep)
    goes_on = bool(every or log_every)
    if tenants and (goes_on or only_log):
        raise SettingsError("a schedule and the log are of everything.", where="--tenant", remedy="Leave it out.")
    target, key = place_of(place), key_to_write()
    if goes_on:
        with contextlib.suppress(KeyboardInterrupt):
            _go_on(target, key, schedule)
        return
    with open_backups(current_database_settings(), target, key) as opened:
        pictures = PictureBackup(opened.vault, current_settings().state)
        backups = replace(opened, save_files=pictures.save)
        if only_log:
            _copy_log(backups, as_json=as_json)
        else:
            _take(backups, pictures, tenants, schedule.keep, as_json=as_json)


def _take(backups: Backups, pictures: PictureBackup, tenants: tuple[str, ...], keep: int, *, as_json: bool) -> None:
    started, now = time.perf_counter(), dt.datetime.now(dt.UTC).replace(microsecond=0)
    with counting("saving", hidden=as_json) as progress:
        made = backups.take(tenants, now, progress)
    _record(made, now)
    removed = () if tenants else backups.prune(keep, now).snapshots
    record = {
        "snapshot": made.id,
        "at": time_text(made.at),
        "databases": list(made.databases),
        "documents": made.documents,
        "bytes": made.bytes,
        "pictures": pictures.saved,
        "removed": list(removed),
        "seconds": round(time.perf_counter() - started, 3),
    }
    text = (
        f"{made.id}: {counted(made.documents, 'document')} ({made.bytes / 1e6:,.1f} MB) of "
        f"{counted(len(made.databases), 'database')} as of {time_text(made.at)}; "
        f"{counted(pictures.saved, 'new picture')}; {counted(len(removed), 'old snapshot')} removed."
    )
    show(record, text, as_json=as_json)


def _record(made: Manifest, at: dt.datetime) -> None:
    """In the trail of everybody whose data was taken out."""
    event = AuditEvent(
        action="backup.create",
        actor=actor_named(user_name()),
        target=f"backup/{made.id}",
        details={"backup.id": made.id},
        at=at,
    )
    TrailKeeper(current_database_settings(), current_settings().state / "trails").tell(made.databases, event)


def _copy_log(backups: Backups, *, as_json: bool) -> None:
    copied = backups.copy_log()
    until = time_text(copied[-1].end) if copied else None
    text = f"The log is copied up to {until}." if until else "Nothing was written since the last copy."
    show({"segments": len(copied), "until": until}, text, as_json=as_json)


def _go_on(target: Target, key: BackupKey, schedule: Schedule) -> None:
    """Until it is stopped; what fails is said and begun anew, the server included, after a longer and longer pause."""
    pauses = 0
    while True:
        try:
            with open_backups(current_database_settings(), target, key) as opened:
                pictures = PictureBackup(opened.vault, current_settings().state)
                backups = replace(opened, save_files=pictures.save)
                while True:
                    _keep_up(backups, schedule)
                    pauses = 0
                    time.sleep(_PAUSE_SECONDS)
        except ShopwrightError as error:
            click.echo(f"{dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M:%S} UTC: {error}", err=True)
        time.sleep(min(_PAUSE_SECONDS * 2**pauses, _LONGEST_PAUSE_SECONDS))
        pauses += 1


def _keep_up(backups: Backups, schedule: Schedule) -> None:
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    with counting("saving", hidden=False) as progress:
        done = backups.keep_up(schedule, now, progress)
    if isinstance(done, Manifest):
        _record(done, now)
    if done:
        click.echo(f"{now:%Y-%m-%d %H:%M:%S} UTC: {'log' if done == 'log' else 'snapshot'}")
