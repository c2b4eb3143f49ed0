"""What the commands on backups share: the place, the key, how far the work is."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from shopwright.cli.target import opened
from shopwright.database.backup.key import BackupKey, load_key, load_or_make_key
from shopwright.database.backup.snapshot import Progress as Told
from shopwright.errors import SettingsError
from shopwright.settings import current_backup_settings
from shopwright.storage.objects.target import Target

from_option = click.option(
    "--from", "place", default="", help="Folder or s3://bucket/prefix with the backups (else SHOPWRIGHT_BACKUP_TO)."
)


def place_of(named: str) -> Target:
    """The place a command or the settings name. Raises ``SettingsError``."""
    place = named or current_backup_settings().to
    if not place:
        raise SettingsError(
            "no place for backups is named.", where="SHOPWRIGHT_BACKUP_TO", remedy="Set it, or give the option."
        )
    return opened(place)


def key_to_read() -> BackupKey:
    """The key of this machine. Raises ``BackupError``."""
    return load_key(current_backup_settings().key)


def key_to_write() -> BackupKey:
    """The key of this machine; the first time it is made, and its owner is told to keep a copy."""
    path = current_backup_settings().key
    key, made = load_or_make_key(path)
    if made:
        click.echo(f"A key was made: {path}. Keep a copy elsewhere: without it no backup can be read.", err=True)
    return key


@contextmanager
def counting(what: str, *, hidden: bool) -> Iterator[Told]:
    """Something to tell documents to: a bar in a terminal, nothing elsewhere."""
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn(what), MofNCompleteColumn(), TextColumn("documents"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=hidden or not console.is_terminal) as bars:
        task = bars.add_task(what, total=None)
        yield lambda done: bars.advance(task, done)
