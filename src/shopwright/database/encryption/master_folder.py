"""Master keys on this machine: files of 96 random bytes in a folder for each tenant, readable by their owner only.

A tenant's newest file wraps its data key. Older ones stay until somebody discards them: backups of the control database
that were taken before a rotation hold the data key as an older one wrapped it. The folder belongs neither into the
database nor into its backups; a copy of it is kept wherever the machine's other secrets are.
"""

import fcntl
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from shopwright.database.cluster import CONTROL, refuse_no_tenant
from shopwright.database.private_file import read_private, write_new
from shopwright.errors import EncryptionError

KEY_BYTES = 96
"""What the driver's ``local`` key management takes: 32 each to encrypt, to authenticate and to begin with."""

_SUFFIX = ".key"
_LOCK = "lock"
_MOST_KEYS = 9_999


class MasterFolder:
    """The master keys below one folder. Every method raises ``EncryptionError``, which names the file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def names(self, tenant: str) -> list[str]:
        """The names of a tenant's keys, oldest first; none if it has none here."""
        with _answered(self._of(tenant)):
            return sorted(path.stem for path in self._of(tenant).glob(f"*{_SUFFIX}"))

    def read(self, tenant: str) -> dict[str, bytes]:
        """A tenant's keys by name."""
        return {name: _read(self._path(tenant, name)) for name in self.names(tenant)}

    def add(self, tenant: str) -> str:
        """Make another key, which is the newest from now on; returns its name."""
        newest = (self.names(tenant) or ["0"])[-1]
        number = int(newest.partition("_")[0]) + 1
        if number > _MOST_KEYS:
            raise EncryptionError("There are too many keys", where=str(self._of(tenant)))
        name = f"{number:04d}_{secrets.token_hex(4)}"
        with _answered(self._path(tenant, name)):
            write_new(self._path(tenant, name), secrets.token_bytes(KEY_BYTES))
        return name

    def discard(self, tenant: str, names: Iterable[str]) -> None:
        """Remove some of a tenant's keys."""
        for name in names:
            with _answered(self._path(tenant, name)):
                self._path(tenant, name).unlink(missing_ok=True)

    def destroy(self, tenant: str) -> None:
        """Remove all of a tenant's keys, with their folder."""
        folder = self._of(tenant)
        with _answered(folder):
            if folder.is_dir():
                shutil.rmtree(folder)

    def copy(self, tenant: str, into: str) -> None:
        """Give another tenant the keys of this one beside its own."""
        for name, secret in self.read(tenant).items():
            with _answered(self._path(into, name)):
                write_new(self._path(into, name), secret)

    def lock(self) -> IO[bytes] | None:
        """Whoever would change keys meanwhile gets none; the lock ends when it is closed."""
        with _answered(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            lock = (self._folder / _LOCK).open("wb")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.close()
            return None
        return lock

    def _of(self, tenant: str) -> Path:
        if tenant != CONTROL:
            refuse_no_tenant(tenant)
        return self._folder / tenant

    def _path(self, tenant: str, name: str) -> Path:
        return self._of(tenant) / f"{name}{_SUFFIX}"


def _read(path: Path) -> bytes:
    with _answered(path):
        secret = read_private(path, KEY_BYTES)
    if secret is None:
        raise EncryptionError("Others can read this key", where=str(path), remedy=f"Run chmod 600 {path}.")
    if len(secret) != KEY_BYTES:
        remedy = "Put the copy of it there that was kept."
        raise EncryptionError(f"It does not hold {KEY_BYTES} bytes", where=str(path), remedy=remedy)
    return secret


@contextmanager
def _answered(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise EncryptionError(f"A master key cannot be kept or read ({error.strerror})", where=str(path)) from None
