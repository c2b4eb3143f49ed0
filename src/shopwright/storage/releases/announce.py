"""Publishing and pruning beside each other: what is being published is never pruned.

Who publishes first announces the release, then looks whether a prune is at work and waits for its end; who prunes first
locks, then looks which releases are announced and keeps their files. Reads see every write that ended before, so at
least one of the two sees the other. Neither relies on the clocks of two machines agreeing: ages are taken from the
times the target itself notes, and a prune that is not heard of for longer than any of its steps lasts is over.
"""

import contextlib
import secrets
import time
from collections.abc import Iterator
from typing import Self

import orjson

from shopwright.errors import StorageError
from shopwright.storage.objects.stored import Objects
from shopwright.storage.releases.document import HEADERS, MOST_BYTES, read_release, unseal
from shopwright.storage.releases.release import Release

_MARKS = "publishing/"
_LOCK = "prune-lock"
_CLOCK = "clock"

STALE = 180.0
"""Seconds after which a lock that was not renewed is nobody's: longer than a request, with all its tries, may last."""

ABANDONED = 86_400.0
"""Seconds after which an announcement is nobody's: a publish lasts no day."""

PATIENCE = 30.0
"""Seconds a publisher waits for the end of a prune."""

_PAUSE = 0.25
_REMEDY = f"Try again when it has ended, at the latest in {STALE / 60:.0f} minutes."


@contextlib.contextmanager
def announced(objects: Objects, release_id: str, document: bytes = b"") -> Iterator[None]:
    """While this lasts, nothing that the release needs is pruned; ``document`` says it, if it is not kept yet.

    Raises ``StorageError`` if a prune does not end.
    """
    mark = f"{_MARKS}{release_id}-{secrets.token_hex(6)}"
    objects.write(mark, document, HEADERS)
    try:
        _await_prune(objects)
        yield
    finally:
        objects.delete([mark])


def announced_releases(objects: Objects) -> dict[str, Release | None]:
    """Releases that are being published, by id; None for one that was kept already and is not there any more.

    Announcements that a dead publisher left a day ago are removed.
    """
    now = clock(objects)
    found: dict[str, Release | None] = {}
    for stored in list(objects.list(_MARKS)):
        if now - stored.modified > ABANDONED:
            objects.delete([stored.key])
            continue
        release_id = stored.key.removeprefix(_MARKS).partition("-")[0]
        found[release_id] = _announced(objects, stored.key, release_id)
    return found


def _announced(objects: Objects, mark: str, release_id: str) -> Release | None:
    document = objects.read(mark, MOST_BYTES)
    if document and document.data:
        return unseal(document.data, release_id, None)
    try:
        return read_release(objects, release_id, None)
    except StorageError:
        return None


def clock(objects: Objects) -> float:
    """The time by the target's own clock, in seconds since 1970."""
    objects.write(_CLOCK, b"{}\n")
    found = objects.find(_CLOCK)
    if found is None:
        raise StorageError("what was just written is not there.", where=f"{objects.name}/{_CLOCK}")
    return found.modified


class PruneLock:
    """Held while files are removed; ``renew`` between batches."""

    def __init__(self, objects: Objects) -> None:
        self._objects = objects
        self._data = orjson.dumps({"prune": secrets.token_hex(16)})
        self._count = 0
        self._renewed = 0.0

    def __enter__(self) -> Self:
        held = self._objects.read(_LOCK)
        if held and not _stale(self._objects):
            raise StorageError(
                "another prune of this target is at work, or was stopped in the last minutes.",
                where=self._objects.name,
                remedy=_REMEDY,
            )
        self._write(held.version if held else None)
        return self

    def __exit__(self, *_: object) -> None:
        self._objects.delete([_LOCK])

    def renew(self) -> None:
        """Say that this prune is still at work. Raises ``StorageError`` if that comes too late."""
        held = self._objects.read(_LOCK)
        late = time.monotonic() - self._renewed > STALE
        if late or held is None or held.data != self._said:
            raise StorageError(
                "the prune took too long and was stopped.", where=self._objects.name, remedy="Run it again."
            )
        self._write(held.version)

    @property
    def _said(self) -> bytes:
        return self._data + b" " * self._count

    def _write(self, version: str | None) -> None:
        self._count += 1  # each renewal is another version
        self._renewed = time.monotonic()
        if not self._objects.write_if(_LOCK, self._said, version):
            raise StorageError("another prune has just begun.", where=self._objects.name, remedy="Wait for its end.")


def _await_prune(objects: Objects) -> None:
    until = time.monotonic() + PATIENCE
    while objects.find(_LOCK) is not None and not _stale(objects):
        if time.monotonic() > until:
            raise StorageError(
                "files of this target are being pruned, or a prune was stopped in the last minutes.",
                where=objects.name,
                remedy=_REMEDY,
            )
        time.sleep(_PAUSE)


def _stale(objects: Objects) -> bool:
    lock = objects.find(_LOCK)
    return lock is None or clock(objects) - lock.modified > STALE
