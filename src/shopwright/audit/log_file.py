"""The audit log of a machine: segments of JSON lines in a folder, appended to and never rewritten.

``000000000001.jsonl`` holds the entries from number 1 on; a segment that has become large is followed by one named
after its own first entry, and the chain goes on from file to file. ``head.json`` is the signed end of it.

An append returns when the entry is on the disk; then the head is signed. A crash between the two leaves entries the
head does not know yet, or a torn last line: the next append keeps the whole entries, cuts off the torn line, and
says so in a record of its own. A log that is shorter than its head is not written to again.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from shopwright.audit.chain import Link, follows, link_entry, read_entry
from shopwright.audit.head import FIRST_HEAD, KEY_FILE, Head, make_key, read_head, read_key, write_head
from shopwright.audit.record import Record
from shopwright.errors import AuditLogError

LOCK_FILE = "lock"
SEGMENT_BYTES = 16 << 20
"""Size from which on the next entry begins another segment."""

_VERIFY = "Look at it with shopwright audit-log verify; to begin a new log, move the folder away."


class AuditLog:
    """Appends records to the log in a folder, which is made if there is none; several processes may do so at once."""

    def __init__(self, folder: Path, segment_bytes: int = SEGMENT_BYTES) -> None:
        self._folder = folder
        self._segment_bytes = segment_bytes
        with keeping(folder):
            if not folder.is_dir() or not any(folder.iterdir()):
                _create(folder)
            self._key = read_key(folder)
            with locked(folder):
                self._head()

    def append(self, record: Record) -> None:
        """Keep a record. It is on the disk when this returns. Raises ``AuditLogError`` if it cannot be kept."""
        with keeping(self._folder), locked(self._folder):
            self._write(record, self._head())

    def _head(self) -> Head:
        """The head, after what a crash has left behind it was put in order."""
        head = read_head(self._folder, self._key)
        segment = segment_file(self._folder, head.segment)
        size = segment.stat().st_size if segment.exists() else 0
        if size < head.size:
            raise AuditLogError("records are missing at its end.", where=str(segment), remedy=_VERIFY)
        return head if size == head.size else self._repair(segment, head)

    def _repair(self, segment: Path, head: Head) -> Head:
        left = _read_left(segment, head)
        os.truncate(segment, head.size + left.whole_bytes)
        fields = {"log.records": left.last.sequence - head.last.sequence, "log.bytes": left.torn_bytes}
        reason = "torn-line" if left.torn_bytes else "unsigned-records"
        found = Head(left.last, head.segment, head.size + left.whole_bytes)
        return self._write(Record("log.repair", reason=reason, fields=fields), found)

    def _write(self, record: Record, head: Head) -> Head:
        line, last = link_entry(record.as_json(), head.last)
        descriptor = os.open(
            segment_file(self._folder, head.segment), os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600
        )
        try:
            if os.write(descriptor, line) != len(line):
                raise AuditLogError("the disk is full.", where=str(self._folder), remedy="Free some space.")
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        if head.size == 0:
            _sync_folder(self._folder)
        size = head.size + len(line)
        full = size >= self._segment_bytes
        new = Head(last, last.sequence + 1, 0) if full else Head(last, head.segment, size)
        write_head(self._folder, new, self._key)
        return new


def segment_file(folder: Path, first: int) -> Path:
    """The segment whose first entry has this number."""
    return folder / f"{first:012}.jsonl"


def segment_files(folder: Path) -> list[Path]:
    """The segments of a log, the oldest first."""
    return sorted(folder.glob("*.jsonl"))


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the log alone. Waits for whoever holds it, which is never for longer than an append or a reading takes."""
    descriptor = os.open(folder / LOCK_FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def keeping(folder: Path) -> Iterator[None]:
    """Turn an operating-system error into ``AuditLogError`` with the place and what to do."""
    try:
        yield
    except OSError as error:
        remedy = "Let SHOPWRIGHT_STATE name a folder that may be written; nothing is done that cannot be recorded."
        place = str(error.filename or folder)
        raise AuditLogError(f"the audit log cannot be kept: {error.strerror}.", where=place, remedy=remedy) from error


@dataclass(frozen=True, slots=True)
class _Left:
    """What stands behind the head: whole entries up to ``last``, then a torn line."""

    last: Link
    whole_bytes: int
    torn_bytes: int


def _read_left(segment: Path, head: Head) -> _Left:
    with segment.open("rb") as file:
        file.seek(head.size)
        data = file.read()
    last = head.last
    *whole, torn = data.split(b"\n")
    for line in whole:
        try:
            entry, link = read_entry(line)
        except AuditLogError as error:
            raise AuditLogError(error.what, where=str(segment), remedy=_VERIFY) from error
        if not follows(entry, link, last):
            raise AuditLogError("a record does not follow the one before.", where=str(segment), remedy=_VERIFY)
        last = link
    return _Left(last, len(data) - len(torn), len(torn))


def _create(folder: Path) -> None:
    """A log without entries, made beside its place and put there in one step: none is ever without key and head."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        write_head(new, FIRST_HEAD, make_key(new))
        _sync_folder(new)
        new.rename(folder)
        _sync_folder(folder.parent)
    except OSError:
        if not (folder / KEY_FILE).is_file():  # else another process has made it meanwhile
            raise
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
