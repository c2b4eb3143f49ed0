"""A product in the making: what the rows of a foreign file say, before it is checked as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shopwright.catalog.fault_rules import fault
from shopwright.catalog.faults import Report
from shopwright.catalog.pictures import find_picture, is_remote, picture_source
from shopwright.catalog.row import Row
from shopwright.catalog.store import Store
from shopwright.catalog.text import make_handle


@dataclass
class Import:
    """What the making of every product of one source shares.

    ``handles`` are those promised to products, ``given`` those of the products that were made; ``missing`` are the
    local pictures already reported.
    """

    report: Report
    store: Store
    picture_folders: Sequence[Path] = ()
    handles: set[str] = field(default_factory=set)
    given: set[str] = field(default_factory=set)
    missing: set[str] = field(default_factory=set)
    _numbers: dict[str, int] = field(default_factory=dict)

    def note(self, code: str, row: Row, field_name: str, found: str) -> None:
        """Report a fault of a field in a row."""
        self.report.add(fault(code, found, row.number, row.column(field_name), row.get(field_name)))

    def is_missing(self, source: str) -> bool:
        """Whether a local picture is in none of the folders; said once per picture."""
        if is_remote(source) or source in self.missing or find_picture(source, self.picture_folders):
            return False
        self.missing.add(source)
        return True

    def free_handle(self, wanted: str) -> str:
        """A handle no other product of this source has, numbered if need be."""
        handle, number = wanted, self._numbers.get(wanted, 2)
        while handle in self.handles:
            handle = f"{wanted[:140]}-{number}"
            number += 1
        self.handles.add(handle)
        if number > 2:
            self._numbers[wanted] = number
        return handle


@dataclass(slots=True)
class VariantDraft:
    """A variant and the row it stands in; ``options`` has one value per option of the product."""

    row: Row
    options: tuple[str, ...]
    fields: dict[str, Any]


@dataclass(slots=True)
class PictureDraft:
    """A picture and the row it stands in; ``position`` orders pictures, those without one come last."""

    row: Row
    source: str
    alt: str = ""
    position: int | None = None


@dataclass(slots=True)
class Draft:
    """A product in the making. ``groups`` are the collections its type or categories imply: handle and title."""

    rows: list[Row]
    fields: dict[str, Any]
    options: list[str] = field(default_factory=list)
    variants: list[VariantDraft] = field(default_factory=list)
    pictures: list[PictureDraft] = field(default_factory=list)
    groups: dict[str, str] = field(default_factory=dict)

    def add_picture(self, run: Import, row: Row, field_name: str, text: str, alt: str = "") -> str | None:
        """Take a picture from a cell; returns its source, ``None`` if it cannot be used."""
        if not text:
            return None
        source = picture_source(text)
        if source is None:
            run.note("picture-address", row, field_name, f"{text[:80]!r} is no picture address.")
            return None
        if run.is_missing(source):
            run.note("picture-missing", row, field_name, f"There is no picture {source[:80]!r}.")
        self.pictures.append(PictureDraft(row, source, alt))
        return source

    def add_group(self, *path: str) -> None:
        """Put the product into the collection of a type, or of a category path with the collections above it."""
        for depth in range(1, len(path) + 1):
            handle = make_handle(" ".join(path[:depth]))
            if handle:
                self.groups.setdefault(handle, path[depth - 1])
