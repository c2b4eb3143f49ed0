"""Where something of a tenant may be beside its database: folders of this machine, and backups."""

import datetime as dt
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from shopwright.bootstrap.picture_backup import saved_files
from shopwright.database.backup.key import BackupKey
from shopwright.database.backup.log import segments_of
from shopwright.database.backup.manifest import Manifest, read_manifest, snapshot_ids
from shopwright.database.backup.vault import MANIFEST, SNAPSHOTS, Vault
from shopwright.database.backup.vault import Place as BackupPlace
from shopwright.database.cluster import database_name
from shopwright.multi_tenant.archive.manifest import reaching
from shopwright.multi_tenant.deletion_report import Place

_SEALED = "Encrypted with the key of the backups, and what is personal with the tenant's own key, which is destroyed."


@dataclass(frozen=True, slots=True)
class Files:
    """A folder in which everything belongs to one tenant."""

    what: str
    folder: Path

    def remove(self) -> None:
        """Remove it, whatever is in it; links are removed, not followed. Raises ``StorageError``."""
        with reaching(self.folder):
            if self.folder.is_symlink():
                self.folder.unlink()
            elif self.folder.exists():
                shutil.rmtree(self.folder)

    def look(self) -> Place:
        """How many files and folders are there. Raises ``StorageError``."""
        with reaching(self.folder):
            found = sum(len(folders) + len(files) for _, folders, files in os.walk(self.folder))
        return Place(name=f"{self.what} in {self.folder}", how="listing", found=found + self.folder.exists())


@dataclass(frozen=True, slots=True)
class PutAside:
    """The files of one tenant's audit trail that a restore put aside, in the ``folder`` of all tenants'."""

    folder: Path
    tenant: str

    def remove(self) -> None:
        """Remove them. Raises ``StorageError``."""
        with reaching(self.folder):
            for path in self._found():
                path.unlink(missing_ok=True)

    def look(self) -> Place:
        """How many there are. Raises ``StorageError``."""
        with reaching(self.folder):
            return Place(name=f"trails put aside in {self.folder}", how="listing", found=len(self._found()))

    def _found(self) -> list[Path]:
        return list(self.folder.glob(f"{self.tenant}.*"))


@dataclass(frozen=True, slots=True)
class SavedCopies:
    """The backups in one place; a snapshot made now is removed after ``lasts``. Methods raise ``BackupError`` too."""

    vault: Vault
    lasts: dt.timedelta

    def remove(self, tenant: str) -> None:
        """Remove the tenant's pictures and the snapshots that hold this tenant alone."""
        own = [manifest.id for manifest in self._manifests() if _holds_only(manifest, tenant)]
        # the manifest goes first: a snapshot that is half removed is none
        self.vault.delete([f"{SNAPSHOTS}{name}{MANIFEST}" for name in own])
        self.vault.delete([held.key for name in own for held in self.vault.list(f"{SNAPSHOTS}{name}/")])
        self.vault.delete([name for name, _ in saved_files(self.vault, tenant)])

    def places(self, tenant: str, now: dt.datetime) -> list[Place]:
        """What is still there, and until when."""
        name = database_name(tenant)
        holding = [manifest for manifest in self._manifests() if name in manifest.databases]
        pictures = sum(1 for _ in saved_files(self.vault, tenant))
        until = max((manifest.taken for manifest in holding), default=None)
        log = len(segments_of(self.vault))
        where = self.vault.name
        return [
            Place(name=f"pictures in the backups in {where}", how="listing", found=pictures),
            Place(
                name=f"snapshots in {where}",
                how="manifests",
                found=len(holding),
                remains=_SEALED if holding else "",
                until=until + self.lasts if until else None,
            ),
            Place(
                name=f"copies of the log in {where}",
                how="listing",
                found=log,
                remains=_SEALED if log else "",
                until=now + self.lasts if log else None,
            ),
        ]

    def _manifests(self) -> Iterator[Manifest]:
        return (read_manifest(self.vault, name) for name in snapshot_ids(self.vault))


def saved_copies(place: BackupPlace, key: BackupKey, lasts: dt.timedelta) -> SavedCopies:
    """The backups in a place, sealed with ``key``."""
    return SavedCopies(Vault(place, key), lasts)


def _holds_only(manifest: Manifest, tenant: str) -> bool:
    return not manifest.everything and list(manifest.databases) == [database_name(tenant)]
