"""Short ways to read a catalogue in a test."""

from pathlib import Path

from shopwright.catalog.faults import Report
from shopwright.catalog.product import Collection, Product
from shopwright.catalog.source import open_source

FIXTURES = Path(__file__).parents[2] / "data" / "catalogues"


class Read:
    """Everything that reading a source gives."""

    def __init__(self, path: Path, **options) -> None:
        self.source, self.report = open_source(path, **options), Report()
        self.items = list(self.source.read(self.report))
        self.products = {item.handle: item for item in self.items if isinstance(item, Product)}
        self.collections = {item.handle: item.title for item in self.items if isinstance(item, Collection)}

    @property
    def faults(self) -> list[tuple[int | None, str | None, str]]:
        return [(fault.row, fault.column, fault.code) for fault in self.report.faults]

    @property
    def counts(self) -> tuple[int, int, int, int]:
        report = self.report
        return report.rows, report.rows_used, report.rows_merged, report.rows_refused

    def dump(self, handle: str) -> dict:
        return self.products[handle].model_dump(mode="json", exclude_defaults=True)

    def variants(self, handle: str) -> list[dict]:
        return self.dump(handle)["variants"]


def read_csv(folder: Path, text: str | bytes, name: str = "file.csv", **options) -> Read:
    """Read a CSV given as text."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return Read(path, **options)


def usd(amount: int) -> dict:
    return {"amount": amount, "currency": "USD"}


def eur(amount: int) -> dict:
    return {"amount": amount, "currency": "EUR"}


def store_folder(folder: Path, lines: list[str], store: str = "name: Test\n") -> Path:
    (folder / "store.yaml").write_text(store)
    (folder / "products.jsonl").write_text("\n".join(lines))
    return folder
