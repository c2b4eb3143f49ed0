"""Reading a log back: its entries, and whether they are what was written."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, zip_longest
from pathlib import Path
from typing import Any

from shopwright.audit.chain import MAX_LINE_BYTES, SEQUENCE, START, Link, follows, read_entry
from shopwright.audit.head import KEY_FILE, Head, read_head, read_key
from shopwright.audit.log_file import keeping, locked, segment_file, segment_files
from shopwright.errors import AuditLogError

FAULTS_KEPT = 100


@dataclass(frozen=True, slots=True)
class ChainFault:
    """One place where a log is not what was written: a file, a line (0: the file itself), and what is wrong there."""

    file: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.what}" if self.line else f"{self.file}: {self.what}"


@dataclass(frozen=True, slots=True)
class Verification:
    """What a log holds (``records``), how it ends (``last``), and the first hundred faults, none if it is whole."""

    records: int
    last: Link
    faults: tuple[ChainFault, ...]


def verify_log(folder: Path, noted: Link | None = None) -> Verification:
    """Follow the chain from the first entry to the signed head.

    ``noted`` is a link somebody wrote down elsewhere: it must still be in the log, which finds a log that was replaced
    as a whole. Raises ``AuditLogError`` if there is no log, or it cannot be read.
    """
    _require(folder)
    with keeping(folder), locked(folder):
        reading = _Reading(noted)
        for segment in segment_files(folder):
            reading.read(segment)
        if noted is not None and not reading.noted_seen:
            reading.fault("the log", 0, f"record {noted.sequence} with the noted hash is not in it.")
        reading.compare(folder)
        return Verification(reading.records, reading.last, tuple(reading.faults))


def last_entries(folder: Path, count: int) -> list[dict[str, Any]]:
    """The last ``count`` entries that can be read, the oldest first. Raises ``AuditLogError`` if there is no log."""
    _require(folder)
    found: deque[dict[str, Any]] = deque()
    with keeping(folder), locked(folder):
        for segment in reversed(segment_files(folder)):
            entries = deque(_readable(segment), maxlen=count - len(found))
            found.extendleft(reversed(entries))
            if len(found) == count:
                break
    return list(found)


def entries_behind(folder: Path, sequence: int) -> Iterator[dict[str, Any]]:
    """The entries after a number that are as they were written, the oldest first; none where there is no log.

    Raises ``AuditLogError`` if the log cannot be read.
    """
    with keeping(folder):
        segments = segment_files(folder)
        for segment, following in zip_longest(segments, segments[1:]):
            if following is None or int(following.stem) > sequence + 1:
                yield from (entry for entry in _readable(segment) if entry[SEQUENCE] > sequence)


class _Reading:
    """Where the reading of a chain is, and the faults met so far."""

    def __init__(self, noted: Link | None) -> None:
        self.last = START
        self.records = 0
        self.faults: list[ChainFault] = []
        self.noted_seen = False
        self._noted = noted

    def fault(self, file: str, line: int, what: str) -> None:
        if len(self.faults) < FAULTS_KEPT:
            self.faults.append(ChainFault(file, line, what))

    def read(self, segment: Path) -> None:
        """Follow a segment; after a fault the chain is taken up again at the entry that was found."""
        if segment.name != segment_file(segment.parent, self.last.sequence + 1).name:
            self.fault(
                segment.name, 0, f"a segment that begins with record {self.last.sequence + 1} should stand here."
            )
        for number, line in _lines(segment):
            if not line.endswith(b"\n"):
                self.fault(segment.name, number, "the line is torn.")
                continue
            try:
                entry, link = read_entry(line[:-1])
            except AuditLogError as error:
                self.fault(segment.name, number, error.what)
                continue
            if not follows(entry, link, self.last):
                self.fault(segment.name, number, f"record {link.sequence} does not follow record {self.last.sequence}.")
            self.records += 1
            self.last = link
            self.noted_seen = self.noted_seen or link == self._noted

    def compare(self, folder: Path) -> None:
        """The end of the chain with the head."""
        try:
            head = read_head(folder, read_key(folder))
        except AuditLogError as error:
            self.fault(Path(error.where).name, 0, error.what)
            return
        except OSError as error:
            self.fault(Path(error.filename).name, 0, f"the file cannot be read: {error.strerror}.")
            return
        if head.last != self.last:
            self.fault("head.json", 0, _difference(head, self.last))


def _difference(head: Head, last: Link) -> str:
    if last.sequence < head.last.sequence:
        return f"the log ended with record {head.last.sequence}; it ends with record {last.sequence} now."
    if last.sequence > head.last.sequence:
        return (
            f"from record {head.last.sequence + 1} on nothing is signed: a command was interrupted, or they were added."
        )
    return f"record {last.sequence} is not the one that was signed."


def _lines(segment: Path) -> Iterator[tuple[int, bytes]]:
    with segment.open("rb") as file:
        yield from enumerate(iter(lambda: file.readline(MAX_LINE_BYTES), b""), start=1)


def _readable(segment: Path) -> Iterator[dict[str, Any]]:
    for _, line in _lines(segment):
        try:
            yield read_entry(line.removesuffix(b"\n"))[0]
        except AuditLogError:
            continue


def _require(folder: Path) -> None:
    if not (folder / KEY_FILE).exists() and not any(islice(folder.glob("*"), 1)):
        raise AuditLogError(
            "there is no audit log yet.", where=str(folder), remedy="A build or shopwright theme check begins it."
        )
