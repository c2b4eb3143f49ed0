"""How fast a store is published, changed and rolled back: whole commands, to a real S3 server and to a folder.

`python -m benchmarks.publishing` prints the table alone; `make bench` prints it with the others.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.tables import keep, show

from shopwright.validation.publishing import Publisher, Step, publishers, write_made_up_site

FILES = 5_000


@dataclass(frozen=True, slots=True)
class PublishRow:
    """One command, as it is printed and kept."""

    target: str
    step: str
    files: int
    uploaded: int
    sent_mb: float
    seconds: float
    cpu_seconds: float
    peak_memory_mb: float


def measure_publishing(files: int, folder: Path) -> list[PublishRow]:
    """Publish a store of ``files`` files of 20 KB, again, with one page changed; roll back; verify; prune."""
    rows: list[PublishRow] = []
    with publishers(folder) as found, TemporaryDirectory(dir=folder) as name:
        for kind, publisher in found.items():
            rows += _steps(kind, publisher, write_made_up_site(Path(name) / kind, files))
    show(f"Publishing {files:,} files of 20 KB: whole commands, the S3 server on the same machine", rows)
    return rows


def _steps(kind: str, publisher: Publisher, site: Path) -> Iterator[PublishRow]:
    def row(step: str, done: Step) -> PublishRow:
        report, measured = done.report, done.measured
        return PublishRow(
            target=kind,
            step=step,
            files=report.get("files", 0),
            uploaded=report.get("uploaded", 0),
            sent_mb=round(report.get("bytes_uploaded", 0) / 1e6, 1),
            seconds=round(measured.seconds, 2),
            cpu_seconds=round(measured.cpu_seconds, 2),
            peak_memory_mb=round(measured.peak_bytes / 1e6, 1),
        )

    yield row("first publish", publisher.run("publish", str(site), "--unaudited"))
    yield row("no change", publisher.run("publish", str(site), "--unaudited"))
    (site / "index.html").write_text("<h1>changed</h1>")
    yield row("one page changed", publisher.run("publish", str(site), "--unaudited"))
    yield row("rollback", publisher.run("rollback"))
    yield row("verify", publisher.run("verify"))
    yield row("prune", publisher.run("prune", "--keep", "1"))


def main() -> None:
    """Measure, print, and keep the rows as JSON."""
    parser = argparse.ArgumentParser(description="Measure publishing.")
    parser.add_argument("--files", type=int, default=FILES)
    parser.add_argument("--results", type=Path, default=Path("build/bench"))
    asked = parser.parse_args()
    folder = asked.results.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    keep(folder / "publishing.json", measure_publishing(asked.files, folder))


if __name__ == "__main__":
    main()
