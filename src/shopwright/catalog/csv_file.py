"""CSV files of unknown origin, read record by record within bounds, whatever their size."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO, TextIOWrapper
from pathlib import Path
from typing import TextIO

from shopwright.catalog.encoding import HEAD, encoding_of, encoding_of_head, refuse_binary
from shopwright.catalog.text import clean_text
from shopwright.errors import LimitExceeded, SourceError

MAX_CELL = 1_000_000
"""Longest cell in characters."""
MAX_RECORD = 4_000_000
"""Longest record in characters, line ends included."""
MAX_COLUMNS = 2_000
MAX_RECORDS = 2_000_000
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)

csv.field_size_limit(MAX_CELL)


@dataclass(frozen=True)
class CsvFile:
    """A CSV file that has been sniffed: how to read it, and its trimmed header."""

    path: Path
    delimiter: str
    padded: bool
    header: tuple[str, ...]


class CsvRecords:
    """The records of a CSV file after its header, as ``(number, cells)``; the header is record 1, blank lines none.

    ``damaged`` counts places where bytes were no UTF-8. Raises ``SourceError`` and ``LimitExceeded`` while iterating.
    """

    def __init__(self, file: CsvFile) -> None:
        self.file = file
        self.encoding, self.damaged = encoding_of(file.path)

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        errors = "replace" if self.damaged else "strict"
        with self.file.path.open(encoding=self.encoding, errors=errors, newline="") as stream:
            records = _records(stream, self.file.path, self.file.delimiter, padded=self.file.padded)
            next(records, None)
            for number, cells in enumerate(records, start=2):
                if number > MAX_RECORDS + 1:
                    raise LimitExceeded(f"the file has more than {MAX_RECORDS:,} records.", where=str(self.file.path))
                yield number, cells


def sniff_csv(path: Path) -> CsvFile:
    """Look at the beginning of a file: is it text, what parts its cells, which columns does it name.

    Raises ``SourceError`` for empty, binary or unreadable files, ``LimitExceeded`` for an endless header.
    """
    try:
        with path.open("rb") as raw:
            head = raw.read(HEAD)
            refuse_binary(path, head)
            raw.seek(0)
            with TextIOWrapper(raw, encoding=encoding_of_head(head), errors="replace", newline="") as stream:
                first = _first_record_text(stream, path)
    except OSError as error:
        raise SourceError(f"cannot be read ({error.strerror}).", where=str(path)) from error
    marked = _SEPARATOR_LINE.match(first)
    delimiters = marked.group(1) if marked else ",;\t"
    delimiter, cells = max(((part, _header(first, path, part)) for part in delimiters), key=lambda found: len(found[1]))
    if len(cells) > MAX_COLUMNS:
        raise LimitExceeded(f"the header has more than {MAX_COLUMNS:,} columns.", where=str(path))
    padded = any(cell != cell.strip() for cell in cells)
    return CsvFile(path, delimiter, padded, tuple(clean_text(cell).lstrip("\ufeff") for cell in cells))


def _first_record_text(stream: TextIO, path: Path) -> str:
    """The first lines of a file, at most ``HEAD`` characters, starting at its first line with anything in it."""
    lines = _bounded_lines(stream, path, [0])
    text = next((line for line in lines if line.strip(" \t\r\n\ufeff")), "")
    for line in lines:
        if len(text) > HEAD:
            break
        text += line
    return text


def _header(text: str, path: Path, delimiter: str) -> list[str]:
    stream = StringIO(text, newline="")
    return next((cells for _, cells in enumerate(_records(stream, path, delimiter, padded=True))), [])


def _records(stream: TextIO, path: Path, delimiter: str, *, padded: bool) -> Iterator[list[str]]:
    """Every record that has a cell. A ``sep=;`` line, which Excel understands, is no record."""
    length = [0]
    lines = _bounded_lines(stream, path, length)
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=padded)
    number = 0
    try:
        for cells in reader:
            length[0] = 0
            if cells and not (number == 0 and _is_separator_line(cells, delimiter)):
                number += 1
                yield cells
    except csv.Error as error:
        raise LimitExceeded(
            f"record {number + 1} cannot be read ({error}).",
            where=str(path),
            remedy="Most likely a quotation mark opened there is never closed.",
        ) from error
    except UnicodeError as error:
        raise SourceError(
            f"record {number + 1} is not valid {error.encoding}."
            if isinstance(error, UnicodeDecodeError)
            else "the text cannot be decoded.",
            where=str(path),
            remedy="Save the file in UTF-8.",
        ) from error


def _is_separator_line(cells: list[str], delimiter: str) -> bool:
    return delimiter.join(cells).casefold() == f"sep={delimiter}"


def _bounded_lines(stream: TextIO, path: Path, length: list[int]) -> Iterator[str]:
    """Lines, none read beyond the bound; ``length[0]`` adds up the current record and is reset by its reader."""
    while line := stream.readline(MAX_RECORD + 1):
        length[0] += len(line)
        if length[0] > MAX_RECORD:
            raise LimitExceeded(
                f"a record is longer than {MAX_RECORD:,} characters.",
                where=str(path),
                remedy="Is this a catalogue? Look for a quotation mark that is never closed.",
            )
        yield line
