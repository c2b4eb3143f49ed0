"""A record of a catalogue file, its cells found by meaning instead of by place."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from shopwright.catalog.text import clean_text
from shopwright.errors import SourceError

FieldOf = Callable[[str], str | None]
"""From a normalised column name to the field it stands for, ``None`` for a custom column."""


class Outcome(StrEnum):
    """What became of a row; see ``Report``."""

    USED = "used"
    MERGED = "merged"
    REFUSED = "refused"


def normalise(name: str) -> str:
    """A column name without case and padding: ``" Body  (HTML) "`` becomes ``"body (html)"``."""
    return " ".join(name.casefold().split())


@dataclass(frozen=True)
class Header:
    """The columns of a file: ``fields`` gives the place of each known field, ``extras`` the custom columns."""

    names: tuple[str, ...]
    fields: Mapping[str, int]
    extras: tuple[tuple[int, str], ...]


def read_header(names: tuple[str, ...], field_of: FieldOf) -> Header:
    """Match column names to fields. Of two spellings of one field the first counts, the other is a custom column.

    Raises ``SourceError`` when a column that matters stands twice under one name.
    """
    fields: dict[str, int] = {}
    extras: dict[str, int] = {}
    for place, name in enumerate(names):
        known = field_of(normalise(name))
        if known and known not in fields:
            fields[known] = place
        elif known and normalise(names[fields[known]]) == normalise(name):
            raise SourceError(f"the column {name!r} stands twice.", remedy="Remove or rename one of the two.")
        elif name:
            extras[_free(name, extras)] = place
    return Header(names, fields, tuple((place, name) for name, place in extras.items()))


def _free(name: str, taken: Mapping[str, int]) -> str:
    number = 2
    free = name[:190]
    while free in taken:
        free = f"{name[:190]} ({number})"
        number += 1
    return free


@dataclass(slots=True)
class Row:
    """One record. ``number`` is the one a spreadsheet shows; ``outcome`` is decided while its product is made."""

    number: int
    cells: list[str]
    header: Header
    outcome: Outcome | None = None

    def get(self, name: str) -> str:
        """The clean text of a field, empty if the file or the row does not have it."""
        place = self.header.fields.get(name)
        if place is None or place >= len(self.cells):
            return ""
        return clean_text(self.cells[place])

    def has(self, name: str) -> bool:
        """Whether the file has a column for a field."""
        return name in self.header.fields

    def column(self, name: str) -> str | None:
        """The header's own spelling of a field."""
        place = self.header.fields.get(name)
        return None if place is None else self.header.names[place]

    def extras(self) -> dict[str, str]:
        """What the custom columns of this row hold, without the empty ones."""
        cells = self.cells
        found = ((name, clean_text(cells[place])) for place, name in self.header.extras if place < len(cells))
        return {name: text for name, text in found if text}

    def use(self) -> None:
        """Note that something was made from this row."""
        self.outcome = Outcome.USED

    def merge(self) -> None:
        """Note that this row says nothing that another has not said."""
        self.outcome = Outcome.MERGED

    def refuse(self) -> None:
        """Note that a fault kept this row out."""
        self.outcome = Outcome.REFUSED
