"""Objects as files below a folder of this machine (or one it has mounted)."""

import contextlib
import fcntl
import hashlib
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from shopwright.errors import StorageError
from shopwright.storage.exchange import reading, storing
from shopwright.storage.objects.stored import MOST_BYTES, Content, Stored

DRAFTS = ".drafts"
"""Folder of what is being written; what a killed process left there is removed by ``tidy``."""
_LOCK = ".lock"


class FolderObjects:
    """Each object is a file that appears whole: written beside, forced to the disk, then renamed."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @property
    def name(self) -> str:
        """The folder's path."""
        return str(self.root)

    def path(self, key: str) -> Path:
        """Where the file of an object stands. Raises ``StorageError`` for a key that leads elsewhere."""
        if not key or any(part in ("", ".", "..") for part in key.split("/")) or "\0" in key:
            raise StorageError(f"{key[:200]!r} is no key of an object.", where=self.name)
        return self.root / key

    def read(self, key: str, most: int = MOST_BYTES) -> Content | None:
        """The bytes of a file; their version is their hash."""
        try:
            with reading(f"{self.name}/{key}"), self.path(key).open("rb") as file:
                data = file.read(most + 1)
        except StorageError as error:
            if isinstance(error.__cause__, FileNotFoundError):
                return None
            raise
        if len(data) > most:
            raise StorageError(f"it is larger than {most:,} bytes.", where=f"{self.name}/{key}")
        return Content(data, hashlib.sha256(data).hexdigest())

    def find(self, key: str) -> Stored | None:
        """Size and time of a file."""
        with reading(f"{self.name}/{key}"):
            try:
                state = self.path(key).stat()
            except FileNotFoundError:
                return None
        return Stored(key, state.st_size, state.st_mtime)

    def write(self, key: str, data: bytes, headers: Mapping[str, str] | None = None) -> None:  # noqa: ARG002 - files have no headers
        """Write a file; the folders above it are made."""
        path = self.path(key)
        with storing(f"{self.name}/{key}"):
            draft = self.drafts() / secrets.token_hex(8)
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                with draft.open("xb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                draft.replace(path)
            except BaseException:
                draft.unlink(missing_ok=True)
                raise

    def write_if(self, key: str, data: bytes, version: str | None) -> bool:
        """Compare and write under a lock that ends with the process that holds it."""
        with self.locked():
            now = self.read(key)
            if (now.version if now else None) != version:
                return False
            self.write(key, data)
            return True

    def list(self, prefix: str) -> Iterator[Stored]:
        """Every file below a folder."""
        for folder, _, names in os.walk(self.root / prefix, onerror=self._refuse_unread):
            for name in names:
                path = Path(folder, name)
                with contextlib.suppress(FileNotFoundError):
                    state = path.stat()
                    yield Stored(path.relative_to(self.root).as_posix(), state.st_size, state.st_mtime)

    def delete(self, keys: Iterable[str]) -> None:
        """Remove files."""
        for key in keys:
            with storing(f"{self.name}/{key}"):
                self.path(key).unlink(missing_ok=True)

    def free(self) -> int:
        """Bytes that may still be written to its disk by who we are."""
        with reading(self.name):
            self.root.mkdir(parents=True, exist_ok=True)
            return shutil.disk_usage(self.root).free

    def tidy(self, until: float) -> int:
        """Remove what killed writers left before a time (seconds since 1970); how much."""
        count = 0
        with storing(self.name):
            for draft in self.drafts().iterdir():
                with contextlib.suppress(FileNotFoundError):  # its writer came to its end
                    if draft.lstat().st_mtime < until:
                        _remove(draft)
                        count += 1
        return count

    def _refuse_unread(self, error: OSError) -> None:
        """A folder that cannot be looked into is not an empty one."""
        if not isinstance(error, FileNotFoundError):
            with reading(str(error.filename)):
                raise error

    def drafts(self) -> Path:
        """The folder of what is being written."""
        folder = self.root / DRAFTS
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Alone with the pointer; the lock ends with the process that holds it."""
        with storing(self.name):
            self.root.mkdir(parents=True, exist_ok=True)
            lock = os.open(self.root / _LOCK, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink()
