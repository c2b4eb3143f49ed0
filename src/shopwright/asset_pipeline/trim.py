"""The bound on the picture cache: past it, what was used longest ago goes.

How large the cache is, is kept in a log that a line is added to whenever something is stored, so that a killed build is
counted too: walking the folders of a large cache takes longer than a build in which one picture changed, so they are
walked only when the log says that the bound is passed, and only while no build uses the cache.
"""

import fcntl
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from shopwright.asset_pipeline.rendition import PreparedPicture
from shopwright.errors import StorageError

_LOG = "growth.log"
_IN_USE = "in-use.lock"
_GOAL = 0.9
_IN_USE_SECONDS = 3_600
"""What was used this recently stays, whatever the bound: the next build of the same store needs it again."""


class Bound:
    """Keeps the cache at ``root`` under ``most`` bytes. Builds hold it open while they use the cache.

    Raises StorageError when the folder cannot be written.
    """

    def __init__(self, root: Path, most: int) -> None:
        self._root = root
        self._most = most
        try:
            root.mkdir(parents=True, exist_ok=True)
            self._use = (root / _IN_USE).open("ab")
            fcntl.flock(self._use, fcntl.LOCK_SH)  # the kernel lets go of it when a build is killed
        except OSError as error:
            remedy = "Is the disk full or read-only?"
            raise StorageError(f"cannot be written: {error.strerror}.", where=str(root), remedy=remedy) from error

    def note(self, added: int) -> None:
        """``added`` bytes were stored. Safe to call from threads."""
        with suppress(OSError), self._log() as log:  # a full disk: what was stored is counted by the next walk
            log.write(f"{added}\n".encode())

    def close(self) -> None:
        """Let go of the cache; when no other build uses it and it is too large, forget what was used longest ago."""
        with self._use, suppress(OSError):  # BlockingIOError: others use it, and the last of them trims
            fcntl.flock(self._use, fcntl.LOCK_EX | fcntl.LOCK_NB)
            with self._log() as log:
                log.seek(0)
                if sum(int(line) for line in log.read().split() if line.isdigit()) > self._most:
                    left = _forget(self._root, round(self._most * _GOAL))
                    log.truncate(0)
                    log.write(f"{left}\n".encode())

    def _log(self) -> IO[bytes]:
        """The log, locked until it is closed: lines of threads and builds do not mix."""
        log = (self._root / _LOG).open("a+b")
        fcntl.flock(log, fcntl.LOCK_EX)
        return log


@dataclass(frozen=True, slots=True)
class _Unit:
    """Files that are of use only together, and when they were last used."""

    used: float
    size: int
    paths: tuple[Path, ...]


def _forget(root: Path, goal: int) -> int:
    """Delete units, the longest unused first, until at most ``goal`` bytes are left; how many bytes are left."""
    entries = list(_entries(root))
    sharers = Counter(path for unit in entries for path in unit.paths)
    units = sorted([*entries, *_singles(root, set(sharers))], key=lambda unit: unit.used)
    total = sum(unit.size for unit in units)
    now = time.time()
    for unit in units:
        if total <= goal or now - unit.used < _IN_USE_SECONDS:
            break
        for path in unit.paths:
            sharers[path] -= 1
            if sharers[path] <= 0:  # two pictures may have a file in common
                path.unlink(missing_ok=True)
        total -= unit.size
    return total


def _entries(root: Path) -> Iterator[_Unit]:
    """Each prepared picture with its files; a broken entry alone. The entry goes first, so it never lacks a file."""
    for path in root.glob("entries/*/*.json"):
        try:
            renditions = PreparedPicture.from_json(path.read_bytes()).renditions
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            renditions = ()
        files = [root / "files" / rendition.name[:2] / rendition.name for rendition in renditions]
        size = sum(rendition.bytes for rendition in renditions)
        yield _Unit(path.stat().st_mtime, size, (path, *files))


def _singles(root: Path, owned: set[Path]) -> Iterator[_Unit]:
    """Every other file: fetched bodies and their notes, known digests, drawings, what a killed build left."""
    for path in root.rglob("*"):
        if path not in owned and path.name not in (_LOG, _IN_USE) and path.is_file():
            state = path.stat()
            yield _Unit(state.st_mtime, state.st_size, (path,))
