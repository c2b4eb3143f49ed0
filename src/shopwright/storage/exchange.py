"""A folder that is replaced as a whole: readers see the old one or the new one, never a mix."""

import ctypes
import errno
import fcntl
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from shopwright.errors import StorageError

MARK = ".shopwright"
"""Folder inside a site that says Shopwright made it, and holds what the next build needs to know."""

_EXCHANGE = 2  # RENAME_EXCHANGE of Linux renameat2(2), RENAME_SWAP of macOS renamex_np(2): the same number
_AT_FDCWD = -100


class NewFolder:
    """The next version of a folder, made beside it (``path``) until ``replace`` swaps it in."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self.path = target.parent / f".{target.name}{MARK}-new"

    def file(self, name: str) -> Path:
        """Where a file of the new version stands; its folder exists afterwards."""
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def write(self, name: str, data: bytes) -> None:
        """Write a file of the new version."""
        with replacing(name):
            self.file(name).write_bytes(data)

    def take(self, name: str, source: Path) -> None:
        """Put an existing file into the new version: a hard link where the disk can, else a copy."""
        with replacing(name):
            path = self.file(name)
            try:
                path.hardlink_to(source)
            except FileExistsError:
                return
            except OSError as error:
                if error.errno not in (errno.EXDEV, errno.EPERM, errno.EMLINK, errno.ENOTSUP):
                    raise
                shutil.copyfile(source, path)

    def replace(self) -> None:
        """Make the new version the folder, in one step, and remove the old one."""
        with replacing(str(self.target)):
            if not self.target.exists():
                self.path.rename(self.target)
                return
            _exchange(self.path, self.target)
            shutil.rmtree(self.path)


@contextmanager
def new_folder(target: Path) -> Iterator[NewFolder]:
    """A ``NewFolder`` for a target; whatever is left of it afterwards is removed.

    Raises ``StorageError`` if the target holds something Shopwright did not make, or another build works on it.
    """
    target = target.resolve()
    _refuse_foreign(target)
    with storing(str(target)):
        target.parent.mkdir(parents=True, exist_ok=True)
    new = NewFolder(target)
    with _alone(target):
        try:
            with replacing(str(new.path)):
                shutil.rmtree(new.path, ignore_errors=True)
                new.path.mkdir()
            yield new
        finally:
            shutil.rmtree(new.path, ignore_errors=True)


_REMEDIES = {
    errno.ENOSPC: "Free some space and try again.",
    errno.EDQUOT: "Free some space and try again.",
    errno.EACCES: "Let the user who runs this in.",
    errno.EPERM: "Let the user who runs this in.",
    errno.EROFS: "Mount it so that it can be written to.",
    errno.ENOENT: "Look at the name, and at whether its disk is mounted.",
}


@contextmanager
def storing(where: str, what: str = "it cannot be written", *, remedy: str = "") -> Iterator[None]:
    """Turn an operating-system error into ``StorageError`` with the place and what to do, ``remedy`` last."""
    try:
        yield
    except OSError as error:
        told = f"{_REMEDIES.get(error.errno or 0, '')} {remedy}".strip()
        raise StorageError(f"{what}: {error.strerror or error}.", where=where, remedy=told) from error


def reading(where: str) -> AbstractContextManager[None]:
    """The same for what is only read."""
    return storing(where, "it cannot be read")


def replacing(where: str) -> AbstractContextManager[None]:
    """The same for files of a new version: until it is whole, what it is to replace stays."""
    return storing(where, remedy="The old site is untouched.")


def _refuse_foreign(target: Path) -> None:
    if target.is_dir() and any(target.iterdir()) and not (target / MARK).is_dir():
        remedy = "Choose an empty or new folder for the site."
        raise StorageError("the folder holds files that Shopwright did not make.", where=str(target), remedy=remedy)
    if target.exists() and not target.is_dir():
        raise StorageError("it is a file.", where=str(target), remedy="Choose a folder for the site.")


@contextmanager
def _alone(target: Path) -> Iterator[None]:
    path = target.parent / f".{target.name}{MARK}-lock"
    with storing(str(path)):
        lock = _lock(path)
    if lock is None:
        raise StorageError(
            "another build is working on this folder.", where=str(target), remedy="Wait until it has ended."
        )
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(lock)


def _lock(path: Path) -> int | None:
    """A descriptor that holds the lock, or none. A lock file that was removed meanwhile is not the lock any more."""
    while True:
        lock = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if path.exists() and path.stat().st_ino == os.fstat(lock).st_ino:
                return lock
        except BlockingIOError:
            os.close(lock)
            return None
        os.close(lock)


def _exchange(one: Path, other: Path) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "darwin":
        failed = libc.renamex_np(os.fsencode(one), os.fsencode(other), _EXCHANGE)
    else:
        failed = libc.renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _EXCHANGE)
    if not failed:
        return
    number = ctypes.get_errno()
    if number not in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):
        raise OSError(number, os.strerror(number), str(other))
    _rename_twice(one, other)


def _rename_twice(one: Path, other: Path) -> None:
    """For file systems without an exchange: a reader may find no folder for an instant, but never a mix."""
    aside = other.with_name(f".{other.name}{MARK}-old")
    shutil.rmtree(aside, ignore_errors=True)
    other.rename(aside)
    one.rename(other)
    aside.rename(one)
