"""Pictures of kept catalogues in backups: their bytes stand beside the database, once each under their hash.

A picture is stored before the document that names it, so saving pictures after a snapshot misses none it names.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from shopwright.bootstrap.catalog import picture_folder
from shopwright.catalog.documents import PICTURES
from shopwright.catalog.picture_files import MOST_BYTES, PREFIX
from shopwright.database.backup.manifest import Manifest
from shopwright.database.backup.restore import values_of
from shopwright.database.backup.vault import Vault
from shopwright.database.cluster import tenant_name
from shopwright.errors import BackupError
from shopwright.storage.exchange import storing
from shopwright.storage.objects.folder import FolderObjects

_FILES = "files/"


@dataclass(slots=True)
class PictureBackup:
    """Saves the pictures of a state folder into a vault; ``saved`` counts those that were not there yet."""

    vault: Vault
    state: Path
    saved: int = 0

    def save(self, tenants: Sequence[str]) -> None:
        """Save what is not saved yet, of some tenants or of all. Raises ``StorageError``, ``BackupError``."""
        known = {held.key for held in self.vault.list(_FILES)}
        for tenant in tenants or _tenants(self.state):
            objects = FolderObjects(picture_folder(self.state, tenant))
            for held in objects.list(PREFIX):
                name = f"{_FILES}{tenant}/{held.key}"
                content = None if name in known else objects.read(held.key, MOST_BYTES)
                if content:
                    self.vault.write(name, content.data)
                    self.saved += 1


def restore_pictures(vault: Vault, state: Path, tenant: str, into: str) -> int:
    """Bring back what is missing of a tenant's pictures; returns how many. Raises ``BackupError``."""
    objects = FolderObjects(picture_folder(state, into))
    restored = 0
    for name, key in saved_files(vault, tenant):
        if objects.find(key) is None:
            objects.write(key, _read(vault, name))
            restored += 1
    return restored


def check_pictures(vault: Vault, manifest: Manifest) -> int:
    """Read every saved picture and compare it with its hash; returns how many.

    Raises ``BackupError``, also when one is missing that a catalogue in the snapshot names.
    """
    there = {name for tenant in saved_tenants(vault) for name, _ in saved_files(vault, tenant)}
    for name in sorted(there):
        _read(vault, name)
    for database, sha256 in values_of(vault, manifest, PICTURES.name, "content"):
        name = f"{_FILES}{tenant_name(database)}/{PREFIX}{sha256}"
        if name not in there:
            remedy = "Is the state folder with the pictures on the machine that makes the backups? Then back up again."
            what = f"a picture is missing that {manifest.id} names."
            raise BackupError(what, where=f"{vault.name}/{name}", remedy=remedy)
    return len(there)


def saved_tenants(vault: Vault) -> list[str]:
    """The tenants whose pictures were saved."""
    return sorted({held.key.removeprefix(_FILES).partition("/")[0] for held in vault.list(_FILES)})


def saved_files(vault: Vault, tenant: str) -> Iterator[tuple[str, str]]:
    """Name in the vault and key in the folder of each saved picture of a tenant."""
    start = f"{_FILES}{tenant}/"
    for held in vault.list(start):
        yield held.key, held.key.removeprefix(start)


def _read(vault: Vault, name: str) -> bytes:
    data = vault.read(name)
    if hashlib.sha256(data).hexdigest() != name.rpartition("/")[2]:
        raise BackupError("it is another picture than its name says.", where=f"{vault.name}/{name}")
    return data


def _tenants(state: Path) -> list[str]:
    folder = picture_folder(state, "any").parent
    with storing(str(folder)):
        return sorted(path.name for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []
