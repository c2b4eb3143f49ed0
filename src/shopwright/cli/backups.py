"""``shopwright backups``: what a place holds, and whether it is sound."""

from typing import Any

import click

from shopwright.bootstrap.picture_backup import check_pictures
from shopwright.cli.backup_place import counting, from_option, key_to_read, place_of
from shopwright.cli.counted import counted
from shopwright.cli.target import json_option, show
from shopwright.database.backup.log import reach, segments_of
from shopwright.database.backup.manifest import Manifest, read_manifest, readable, snapshot_ids, time_text
from shopwright.database.backup.restore import check_snapshot
from shopwright.database.backup.vault import Vault
from shopwright.errors import BackupError


@click.command()
@from_option
@click.option("--check", is_flag=True, help="Read every byte of the newest snapshot and of the pictures, and compare.")
@json_option
def backups(place: str, check: bool, as_json: bool) -> None:
    """List the snapshots of the database, the newest first, and how far the log leads."""
    vault = Vault(place_of(place), key_to_read())
    found = list(readable(vault))
    damaged = sorted(set(snapshot_ids(vault)).difference(one.id for one in found), reverse=True)
    if damaged and not found:
        read_manifest(vault, damaged[0])  # says why: usually it is another key that is needed
    if not found:
        raise BackupError("there is no backup.", where=vault.name, remedy="Run shopwright backup.")
    until = time_text(reach(segments_of(vault), found[0].at))
    checked = pictures = None
    if check:
        with counting("checking", hidden=as_json) as progress:
            checked = check_snapshot(vault, found[0], found[0].databases, progress)
        pictures = check_pictures(vault, found[0])
    record = {
        "snapshots": [_record(one) for one in found],
        "damaged": damaged,
        "log_until": until,
        "checked": checked,
        "pictures": pictures,
    }
    lines = [
        *map(_line, found),
        *(f"{name}  cannot be read: it is damaged" for name in damaged),
        f"The log leads on from the newest to {until}.",
    ]
    if checked is not None:
        what = f"{counted(checked, 'document')} and {counted(pictures or 0, 'picture')}"
        lines.append(f"{found[0].id} is sound: {what} read and compared.")
    show(record, "\n".join(lines), as_json=as_json)


def _record(one: Manifest) -> dict[str, Any]:
    return {
        "snapshot": one.id,
        "at": time_text(one.at),
        "databases": list(one.databases),
        "everything": one.everything,
        "documents": one.documents,
        "bytes": one.bytes,
    }


def _line(one: Manifest) -> str:
    what = "everything" if one.everything else ", ".join(one.databases)
    return f"{one.id}  {time_text(one.at)}  {one.documents:>12,} documents {one.bytes / 1e6:>10,.1f} MB  {what}"
