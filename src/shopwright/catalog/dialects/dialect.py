"""What a dialect of catalogue files is, and how any of them is read."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Protocol

from shopwright.catalog.assembly import assemble
from shopwright.catalog.csv_file import CsvFile, CsvRecords
from shopwright.catalog.draft import Draft, Import
from shopwright.catalog.fault_rules import fault
from shopwright.catalog.implied_collections import ImpliedCollections
from shopwright.catalog.money import known_currencies
from shopwright.catalog.product import Collection, Product
from shopwright.catalog.row import FieldOf, Header, Outcome, Row, read_header
from shopwright.catalog.spool import Spool

ROWS_LOOKED_AT = 20
"""How many rows are searched for the currency of a file."""

Rows = Callable[[], Iterator[Row]]
"""Reads the rows of a file from the start, for dialects that must look ahead."""


class Reader(Protocol):
    """One reading of one file."""

    def family(self, row: Row) -> str | None:
        """What the rows of one product have in common; ``None`` for a row that belongs to no product."""

    def draft(self, rows: list[Row]) -> Draft | None:
        """A product in the making from its rows; ``None``, after reporting why, if they make none."""


@dataclass(frozen=True)
class Dialect:
    """How one system writes catalogue files.

    ``recognise`` gives the columns that speak for the dialect, or nothing; ``needs`` tells a merchant which columns a
    file must have. ``adjoining``: the rows of a product should stand together. ``siblings`` finds files that belong to
    a file, such as translations. ``currency_of`` is the currency that a row names, if any.
    """

    name: str
    needs: str
    field_of: FieldOf
    recognise: Callable[[frozenset[str]], tuple[str, ...]]
    reader: Callable[[Import, Rows], Reader]
    adjoining: bool = False
    siblings: Callable[[Path], list[Path]] = lambda _: []
    currency_of: Callable[[Row], str | None] = lambda _: None


def read_dialect(
    dialect: Dialect, files: list[CsvFile], run: Import, workspace: Path | None
) -> Iterator[Product | Collection]:
    """Every product of a file (the first of ``files``, the others are its siblings), collections before them.

    Raises ``SourceError`` and ``LimitExceeded``, always before the first product.
    """
    sheets = [read_header(file.header, dialect.field_of) for file in files]
    reader = dialect.reader(run, lambda: _rows(CsvRecords(files[0]), sheets[0]))
    with Spool(workspace) as spool:
        for sheet, (file, header) in enumerate(zip(files, sheets, strict=True)):
            _put_aside(spool, sheet, _counted(file, header, run), dialect, reader, run)
        collections = ImpliedCollections(run)
        for spooled in spool.families():
            rows = [Row(number, cells, sheets[sheet]) for sheet, number, cells in spooled]
            yield from _make(rows, reader, run, collections)


def named_currency(dialect: Dialect, file: CsvFile) -> str | None:
    """The currency that the first rows of a file name."""
    header = read_header(file.header, dialect.field_of)
    rows = islice(_rows(CsvRecords(file), header), ROWS_LOOKED_AT)
    return next((code for row in rows if (code := dialect.currency_of(row)) in known_currencies()), None)


def _rows(records: Iterable[tuple[int, list[str]]], header: Header) -> Iterator[Row]:
    return (Row(number, cells, header) for number, cells in records)


def _counted(file: CsvFile, header: Header, run: Import) -> Iterator[Row]:
    """The rows worth keeping; every row is counted, the others are reported and merged at once."""
    records = CsvRecords(file)
    if records.damaged:
        run.report.add(fault("encoding-damaged", f"{records.damaged} places of the file are no valid UTF-8."))
    for row in _rows(records, header):
        run.report.rows += 1
        code, found = _look(row, header)
        if code:
            run.report.add(fault(code, found, row.number))
        if code in ("row-empty", "header-repeated"):
            run.report.rows_merged += 1
        else:
            yield row


def _look(row: Row, header: Header) -> tuple[str, str]:
    """The code and finding of what is odd about the shape of a row."""
    width, cells = len(header.names), row.cells
    if not any(cells) or not any(map(str.strip, cells)):
        return "row-empty", "The row has no content."
    if cells[0].strip() == header.names[0] and [cell.strip() for cell in cells] == list(header.names):
        return "header-repeated", "The row repeats the header."
    if len(cells) > width and any(map(str.strip, cells[width:])):
        return "row-too-long", f"The row has {len(cells)} cells, the header {width}."
    if len(cells) < width:
        return "row-too-short", f"The row has {len(cells)} cells, the header {width}."
    return "", ""


def _put_aside(spool: Spool, sheet: int, rows: Iterator[Row], dialect: Dialect, reader: Reader, run: Import) -> None:
    for row in rows:
        family = reader.family(row)
        if family is None:
            run.report.add(fault("row-without-product", "The row names no product.", row.number))
            run.report.rows_refused += 1
        elif spool.is_full(family):
            run.report.add(fault("too-many-variants", "The product has too many rows.", row.number))
            run.report.rows_refused += 1
        elif not spool.add(family, row.number, row.cells, sheet) and dialect.adjoining and sheet == 0:
            found = f"The product {family[:80]!r} stands in separate blocks."
            run.report.add(fault("handle-in-blocks", found, row.number))


def _make(
    rows: list[Row], reader: Reader, run: Import, collections: ImpliedCollections
) -> Iterator[Product | Collection]:
    draft = reader.draft(rows)
    product = draft and assemble(draft, run)
    if product and product.handle in run.given:
        run.note("handle-repeated", rows[0], "handle", f"The handle {product.handle!r} belongs to another product.")
        product = None
    _tally(rows, run, made=product is not None)
    if product and draft:
        yield from collections.before(product, draft)
        run.given.add(product.handle)
        report = run.report
        report.products += 1
        report.variants += len(product.variants)
        report.pictures += len(product.pictures)
        yield product


def _tally(rows: list[Row], run: Import, *, made: bool) -> None:
    """Count what became of the rows of a product; a row from which nothing was made is reported."""
    for row in rows:
        if not made:
            row.refuse()
        elif row.outcome is None:
            run.report.add(fault("row-without-content", "The row says nothing of its own.", row.number))
        match row.outcome:
            case Outcome.USED:
                run.report.rows_used += 1
            case Outcome.REFUSED:
                run.report.rows_refused += 1
            case _:
                run.report.rows_merged += 1
