"""Backups of the deployment in use, in the place that is named."""

from collections.abc import Iterator
from contextlib import contextmanager

from shopwright.bootstrap.deployment import deployment
from shopwright.database.backup.backups import Backups, connected
from shopwright.database.backup.key import BackupKey
from shopwright.database.backup.vault import Place, Vault
from shopwright.settings import DatabaseSettings


@contextmanager
def open_backups(settings: DatabaseSettings, place: Place, key: BackupKey) -> Iterator[Backups]:
    """The backups in ``place``, and the deployment they are of. Raises ``DatabaseError``, ``BackupError``."""
    with deployment(settings) as uri, connected(uri) as client:
        yield Backups(client, Vault(place, key))
