"""The bound on the picture cache: past it, what was used longest ago goes.

How large the cache is, is kept in a log that every build adds a line to: walking the folders of a large cache takes
longer than a build in which one picture changed, so they are walked only when the log says that the bound is passed.
"""

import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from shopwright.asset_pipeline.cache import write_whole
from shopwright.asset_pipeline.rendition import PreparedPicture
from shopwright.errors import StorageError

_LOG = "growth.log"
_GOAL = 0.9
_IN_USE_SECONDS = 3_600
"""What was used this recently may be in use by a build that runs now: it stays, whatever the bound."""


def trim(root: Path, added: int, bound: int) -> None:
    """Note that ``added`` bytes came into the cache at ``root``; forget enough to come under ``bound`` again."""
    if added:
        with suppress(OSError, StorageError):  # a full disk, or two builds that trim: the next build trims again
            _trim(root, added, bound)


def _trim(root: Path, added: int, bound: int) -> None:
    log = root / _LOG
    with log.open("a") as file:
        file.write(f"{added}\n")
    if sum(int(line) for line in log.read_text().split() if line.isdecimal()) > bound:
        write_whole(log, f"{_forget(root, round(bound * _GOAL))}\n".encode())


@dataclass(frozen=True, slots=True)
class _Unit:
    """Files that are of use only together, and when they were last used."""

    used: float
    size: int
    paths: tuple[Path, ...]


def _forget(root: Path, goal: int) -> int:
    """Delete units, the longest unused first, until at most ``goal`` bytes are left; how many bytes are left."""
    entries = list(_entries(root))
    owned = {path for unit in entries for path in unit.paths}
    units = sorted([*entries, *_singles(root, owned)], key=lambda unit: unit.used)
    total = sum(unit.size for unit in units)
    now = time.time()
    for unit in units:
        if total <= goal or now - unit.used < _IN_USE_SECONDS:
            break
        for path in unit.paths:
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
        if path not in owned and path.name != _LOG and path.is_file():
            state = path.stat()
            yield _Unit(state.st_mtime, state.st_size, (path,))
