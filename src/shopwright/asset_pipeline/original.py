"""Where pictures come from: the merchant's own files, in the folders of the store."""

import hashlib
import stat
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from shopwright.asset_pipeline.cache import write_whole
from shopwright.asset_pipeline.recipe import LIMITS
from shopwright.errors import PictureError

_RACY_SECONDS = 2
"""A file changed this recently may change again within its time stamp's grain, as git says of its index."""


@dataclass(frozen=True, slots=True)
class Original:
    """A picture file as the merchant gave it; ``sha256`` of its bytes in hex."""

    path: Path
    sha256: str


class Originals(Protocol):
    """A place that pictures come from."""

    def known(self, source: str) -> Original | None:
        """The original, when that can be told at once."""

    def get(self, source: str) -> Original:
        """The original. Raises PictureError when it is not to be had."""


class FolderOriginals:
    """Pictures named by paths relative to one of ``folders``; the first folder that has one wins.

    ``index`` remembers a file's SHA-256 beside its size and times, so that an unchanged file is not read again.
    """

    def __init__(self, folders: Sequence[Path], index: Path) -> None:
        self._folders = [folder.resolve() for folder in folders]
        self._index = index

    def known(self, source: str) -> Original | None:
        """The original, when it has not changed since it was last read."""
        try:
            path = self._find(source)
            state = _state(path)
            recorded, sha256 = self._note(path).read_bytes().decode().split()
        except (OSError, ValueError, PictureError):
            return None
        return Original(path, sha256) if recorded == state else None

    def get(self, source: str) -> Original:
        """The original. Raises PictureError when no folder has it, or it is past the limit."""
        path = self._find(source)
        try:
            state = _state(path)
            with path.open("rb") as file:
                sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            settled = time.time() - path.stat().st_mtime > _RACY_SECONDS
        except OSError as error:
            raise PictureError(f"picture unreadable: {error.strerror}.", remedy="Check its permissions.") from error
        if settled:
            write_whole(self._note(path), f"{state} {sha256}".encode())
        return Original(path, sha256)

    def _find(self, source: str) -> Path:
        for folder in self._folders:
            try:
                path = (folder / source).resolve()
                found = path.stat()
            except (OSError, ValueError, RuntimeError):  # not there; a NUL in its name; a loop of links
                continue
            if path.is_relative_to(folder) and stat.S_ISREG(found.st_mode):
                return _small_enough(path, found.st_size)
        raise PictureError(
            "picture missing: no folder of this store has it.", remedy="Add the file or correct the path."
        )

    def _note(self, path: Path) -> Path:
        name = hashlib.sha256(str(path).encode(errors="surrogateescape")).hexdigest()
        return self._index / name[:2] / name[2:]


def _small_enough(path: Path, size: int) -> Path:
    if size > LIMITS.file_bytes:
        raise PictureError(
            f"picture too large: {size:,} bytes.", remedy=f"At most {LIMITS.file_bytes:,} bytes are read."
        )
    return path


def _state(path: Path) -> str:
    state = path.stat()
    return f"{state.st_size}-{state.st_mtime_ns}-{state.st_ctime_ns}"
