"""Watching files by asking for them: works on every file system, also on those that tell nobody of a change."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

MOST_FILES = 20_000
"""Files that are watched at most; a theme has a few dozen."""

INTERVAL_SECONDS = 0.25
"""Between two looks."""

Snapshot = dict[Path, tuple[int, int, int]]


def snapshot(places: Iterable[Path]) -> Snapshot:
    """Time of change, size and identity of every file in folders, and of files that are named themselves.

    Hidden files and folders are left out: editors keep what is not saved yet there.
    """
    seen: Snapshot = {}
    for path in islice((path for place in places for path in _files(place)), MOST_FILES):
        with suppress(OSError):  # gone since it was listed
            state = path.stat()
            seen[path] = (state.st_mtime_ns, state.st_size, state.st_ino)
    return seen


def _files(place: Path) -> Iterator[Path]:
    if not place.is_dir():
        yield place
        return
    for folder, folders, names in os.walk(place):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(folder, name) for name in sorted(names) if not name.startswith(".") and name[-1] != "~")


def changed(before: Snapshot, places: Iterable[Path], pause: Callable[[float], None]) -> Snapshot:
    """Wait until files differ from ``before`` and stand still again; returns what they are then.

    An editor that saves in several steps, or a tool that writes many files, causes one change.
    """
    places = list(places)
    now = snapshot(places)
    while now == before:
        pause(INTERVAL_SECONDS)
        now = snapshot(places)
    while True:
        pause(INTERVAL_SECONDS / 2)
        later = snapshot(places)
        if later == now:
            return now
        now = later
