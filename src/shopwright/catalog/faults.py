"""Faults found in a source, and the report that counts every row."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

MAX_FAULTS_KEPT = 10_000
"""Faults kept in full; beyond that they are only counted, so that a hostile file cannot fill the memory."""


class Severity(StrEnum):
    """``error``: the row or value is not used. ``warning``: used, but changed or doubtful. ``info``: worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a source.

    ``row`` is the record number as a spreadsheet shows it (header = 1), ``None`` for the file as a whole; ``column``
    the header's own spelling; ``code`` a stable name; ``message`` says what was found, what was done and what to do.
    """

    code: str
    severity: Severity
    message: str
    row: int | None = None
    column: str | None = None
    value: str = ""

    def as_json(self) -> dict[str, Any]:
        """The published shape."""
        return {
            "row": self.row,
            "column": self.column,
            "code": self.code,
            "severity": self.severity.value,
            "message": self.message,
        }


@dataclass(slots=True)
class Report:
    """What became of a source: rows = rows_used + rows_merged + rows_refused, always.

    A row is *used* if it made a product, variant, picture or translation; *merged* if it repeats what another row said
    (an exact duplicate, or a row with nothing of its own); *refused* if a fault of severity error kept all of it out.
    """

    dialect: str = ""
    reason: str = ""
    rows: int = 0
    rows_used: int = 0
    rows_merged: int = 0
    rows_refused: int = 0
    products: int = 0
    variants: int = 0
    pictures: int = 0
    faults: list[Fault] = field(default_factory=list)
    faults_not_kept: int = 0

    def add(self, fault: Fault) -> None:
        """Keep a fault, or count it once ``MAX_FAULTS_KEPT`` are kept."""
        if len(self.faults) < MAX_FAULTS_KEPT:
            self.faults.append(fault)
        else:
            self.faults_not_kept += 1

    def as_json(self) -> dict[str, Any]:
        """The object ``shopwright check --json`` prints."""
        counts = ("rows", "rows_used", "rows_merged", "rows_refused", "products", "variants", "pictures")
        return {
            "dialect": self.dialect,
            **{name: getattr(self, name) for name in counts},
            "faults": [fault.as_json() for fault in self.faults],
        }
