"""A catalogue source: which dialect a file or folder is in, which store it is for, and its products one by one."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from shopwright.catalog.csv_file import CsvFile, sniff_csv
from shopwright.catalog.dialects.dialect import Dialect, named_currency, read_dialect
from shopwright.catalog.dialects.magento import MAGENTO
from shopwright.catalog.dialects.shopify import SHOPIFY
from shopwright.catalog.dialects.spree import SPREE
from shopwright.catalog.dialects.table import TABLE
from shopwright.catalog.dialects.vendure import VENDURE
from shopwright.catalog.dialects.woocommerce import WOOCOMMERCE
from shopwright.catalog.draft import Import
from shopwright.catalog.encoding import HEAD, refuse_binary
from shopwright.catalog.fault_rules import fault
from shopwright.catalog.faults import Report
from shopwright.catalog.identifiers import IdentifierAudit
from shopwright.catalog.own_format import product_files, read_own
from shopwright.catalog.product import Collection, Product
from shopwright.catalog.row import read_header
from shopwright.catalog.store import Store
from shopwright.catalog.store_file import read_store
from shopwright.errors import SourceError

DIALECTS = (SHOPIFY, WOOCOMMERCE, SPREE, VENDURE, MAGENTO, TABLE)
"""In the order in which they are tried: the more particular first."""
OWN = "shopwright"
_PICTURE_FOLDERS = ("images", "pictures", "assets")

Items = Iterator[Product | Collection]


@dataclass(frozen=True)
class CatalogSource:
    """A catalogue file or store folder that has been recognised, not yet read.

    ``reason`` says in one sentence why it is this ``dialect``; ``picture_folders`` are where relative picture sources
    are looked up, in this order.
    """

    path: Path
    dialect: str
    reason: str
    store: Store
    picture_folders: tuple[Path, ...]
    _read: Callable[[Import], Items] = field(repr=False, compare=False)
    _notes: tuple[str, ...] = ()

    def read(self, report: Report) -> Items:
        """Every product, in order of first appearance, each after the collections that it is the first to name.

        The collections of the store itself (``store.collections``) are not repeated. The report is complete when the
        iterator ends. Raises ``SourceError`` or ``LimitExceeded``. Can be called again for another reading.
        """
        report.dialect, report.reason = self.dialect, self.reason
        for code in self._notes:
            report.add(fault(code, f"The file names no currency: {self.store.currency} is assumed."))
        identifiers = IdentifierAudit()
        for item in self._read(Import(report, self.store, self.picture_folders)):
            if isinstance(item, Product):
                identifiers.see(item)
            yield item
        report.faults.extend(identifiers.faults())


def open_source(
    path: Path,
    *,
    store_file: Path | None = None,
    picture_folders: Sequence[Path] = (),
    workspace: Path | None = None,
) -> CatalogSource:
    """Recognise a catalogue file or a store folder by its beginning.

    ``store_file`` stands in for ``store.yaml``; ``picture_folders`` are searched before the source's own;
    ``workspace`` holds temporary files. Raises ``SourceError`` saying what the source is instead of a catalogue.
    """
    if path.is_dir():
        return _open_folder(path, store_file, picture_folders)
    if not path.is_file():
        raise SourceError("there is no such file or folder.", where=str(path), remedy="Check the path.")
    if _is_json_lines(path):
        store = read_store(store_file) if store_file else Store(name=_name_of(path))
        folders = _folders(path.parent, picture_folders)
        return CatalogSource(path, OWN, "it holds JSON Lines", store, folders, partial(read_own, path))
    return _open_csv(path, store_file, picture_folders, workspace)


def _open_folder(path: Path, store_file: Path | None, picture_folders: Sequence[Path]) -> CatalogSource:
    if not product_files(path):
        raise SourceError(
            "the folder holds neither products.jsonl nor products/*.jsonl.",
            where=str(path),
            remedy="Give a store folder, or the catalogue file itself.",
        )
    described = store_file or path / "store.yaml"
    if not store_file and not described.is_file():
        raise SourceError("the folder has no store.yaml.", where=str(path), remedy="Write one with the store's name.")
    store = read_store(described)
    reason = "the folder holds store.yaml and products as JSON Lines"
    return CatalogSource(path, OWN, reason, store, _folders(path, picture_folders), partial(read_own, path))


def _is_json_lines(path: Path) -> bool:
    """Whether a file holds JSON objects; raises ``SourceError`` for other JSON and for what is no text."""
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
    except OSError as error:
        raise SourceError(f"cannot be read ({error.strerror}).", where=str(path)) from error
    refuse_binary(path, head)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if start == b"[":
        raise SourceError("the file is a JSON array.", where=str(path), remedy="Write one JSON object per line.")
    return path.suffix.casefold() in (".jsonl", ".ndjson") or start == b"{"


def _open_csv(
    path: Path, store_file: Path | None, picture_folders: Sequence[Path], workspace: Path | None
) -> CatalogSource:
    file = sniff_csv(path)
    dialect, evidence = _recognise(file)
    named = named_currency(dialect, file)
    store = read_store(store_file) if store_file else Store(name=_name_of(path), currency=named or "USD")
    files = [file, *(sniff_csv(sibling) for sibling in dialect.siblings(path))]
    reading = partial(_read_csv, dialect, files, workspace)
    reason = f"it has the columns {_listed(evidence)}"
    notes = () if store_file or named else ("currency-assumed",)
    return CatalogSource(path, dialect.name, reason, store, _folders(path.parent, picture_folders), reading, notes)


def _read_csv(dialect: Dialect, files: list[CsvFile], workspace: Path | None, run: Import) -> Items:
    return read_dialect(dialect, files, run, workspace)


def _recognise(file: CsvFile) -> tuple[Dialect, tuple[str, ...]]:
    """The first dialect that the header speaks for, and the columns, in the file's spelling, that show it."""
    for dialect in DIALECTS:
        try:
            header = read_header(file.header, dialect.field_of)
            evidence = dialect.recognise(frozenset(header.fields))
        except SourceError as error:
            raise SourceError(error.what, where=str(file.path), remedy=error.remedy) from error
        if evidence:
            return dialect, tuple(file.header[header.fields[name]] for name in evidence)
    needs = "; ".join(f"{dialect.name}: {dialect.needs}" for dialect in DIALECTS)
    shown = _listed(file.header[:20]) + (" and more" if len(file.header) > 20 else "")
    raise SourceError(
        f"the file is no catalogue of products: it has the columns {shown}.",
        where=str(file.path),
        remedy=f"A catalogue has these columns. {needs}.",
    )


def _folders(own: Path, given: Sequence[Path]) -> tuple[Path, ...]:
    inside = (own / name for name in _PICTURE_FOLDERS)
    return (*given, own, *(folder for folder in inside if folder.is_dir()))


def _name_of(path: Path) -> str:
    return " ".join(path.stem.replace("_", " ").replace("-", " ").split()).title()[:300] or "Store"


def _listed(names: Sequence[str]) -> str:
    shown = [name[:60] for name in names]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
