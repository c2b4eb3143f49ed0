"""Pictures of kept catalogues in backups: their bytes stand beside the database, once each under their hash.

A picture is stored before the document that names it, so saving pictures after a snapshot misses none it names.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from shopwright.bootstrap.catalog import picture_folder
from shopwright.catalog.picture_files import MOST_BYTES, PREFIX
from shopwright.database.backup.vault import Vault
from shopwright.errors import BackupError
from shopwright.storage.exchange import storing
from shopwright.storage.objects.folder import FolderObjects

_FILES = "files/"


def save_pictures(vault: Vault, state: Path, tenants: tuple[str, ...]) -> int:
    """Save what is not saved yet, of some tenants or of all; returns how many. Raises ``StorageError``."""
    known = {held.key for held in vault.list(_FILES)}
    saved = 0
    for tenant in tenants or _tenants(state):
        objects = FolderObjects(picture_folder(state, tenant))
        for held in objects.list(PREFIX):
            name = f"{_FILES}{tenant}/{held.key}"
            content = None if name in known else objects.read(held.key, MOST_BYTES)
            if content:
                vault.write(name, content.data)
                saved += 1
    return saved


def restore_pictures(vault: Vault, state: Path, tenant: str, into: str) -> int:
    """Bring back what is missing of a tenant's pictures; returns how many. Raises ``BackupError``."""
    objects = FolderObjects(picture_folder(state, into))
    restored = 0
    for name, key in saved_files(vault, tenant):
        if objects.find(key) is None:
            objects.write(key, _read(vault, name))
            restored += 1
    return restored


def check_pictures(vault: Vault) -> int:
    """Read every saved picture and compare it with its hash; returns how many. Raises ``BackupError``."""
    checked = 0
    for tenant in saved_tenants(vault):
        for name, _ in saved_files(vault, tenant):
            _read(vault, name)
            checked += 1
    return checked


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
