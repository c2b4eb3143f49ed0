"""Files a tenant gives: bounded, plain, named within one folder; what a theme's folder holds."""

import hashlib
import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from shopwright.errors import LimitExceeded, StorageError, ThemeError
from shopwright.storage.exchange import reading, storing

MOST_FILES = 500
"""Of one theme."""

MOST_FILE = 4 * 1024 * 1024
MOST_BYTES = 16 * 1024 * 1024
"""Of one file, and of all files of a theme."""

PATH = re.compile(r"[a-z0-9_-]+(?:/[a-z0-9_-]+){0,5}\.[a-z0-9]{1,10}")
"""What a file of a theme may be called, as the template engine has it."""


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A file by its path within its folder."""

    path: str
    data: bytes

    @property
    def sha256(self) -> str:
        """Of its bytes, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


Files = tuple[GivenFile, ...]


def digest_of(files: Iterable[GivenFile]) -> str:
    """SHA-256 of names and contents, whatever their order."""
    lines = sorted(f"{file.path}\0{file.sha256}\n" for file in files)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def read_folder(folder: Path) -> Files:
    """Every file of a theme's folder. Raises ``ThemeError``, ``LimitExceeded``, ``StorageError``.

    A link, a pipe, and a name that no theme may use are refused, whatever they lead to.
    """
    files: list[GivenFile] = []
    size = 0
    with reading(str(folder)):
        for path, name in _walk(folder):
            file = GivenFile(name, _read(path, name))
            size += len(file.data)
            files.append(file)
            if len(files) > MOST_FILES or size > MOST_BYTES:
                what = f"the theme has more than {MOST_FILES} files or {MOST_BYTES:,} bytes."
                raise LimitExceeded(what, where=str(folder), remedy="Leave out what it does not need.")
    return tuple(sorted(files, key=lambda file: file.path))


def _walk(folder: Path) -> Iterator[tuple[Path, str]]:
    for parent, folders, names in os.walk(folder, followlinks=False):
        for name in (*folders, *names):
            path = Path(parent, name)
            if path.is_symlink():
                raise ThemeError("it is a link.", where=str(path), remedy="Put the file itself there.")
        for name in sorted(names):
            path = Path(parent, name)
            yield path, path.relative_to(folder).as_posix()


def _read(path: Path, name: str) -> bytes:
    if not PATH.fullmatch(name):
        remedy = "Use a-z, 0-9, - and _, one ending, and at most five folders within each other."
        raise ThemeError(f"{name[:100]!r} is no name of a theme's file.", where=str(path), remedy=remedy)
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with open(descriptor, "rb") as stream:  # noqa: PTH123 - a descriptor
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise ThemeError("it is no file.", where=str(path), remedy="Take it out.")
        data = stream.read(MOST_FILE + 1)
    if len(data) > MOST_FILE:
        raise LimitExceeded(f"it is larger than {MOST_FILE:,} bytes.", where=str(path), remedy="Make it smaller.")
    return data


def write_folder(files: Files, folder: Path) -> None:
    """Write files below a folder that is made. Raises ``StorageError``; nothing is written outside it."""
    with storing(str(folder)):
        for file in files:
            if not PATH.fullmatch(file.path):
                raise StorageError("a file's name leaves its folder.", where=file.path[:100])
            place = folder / file.path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(file.data)
