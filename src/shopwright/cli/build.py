"""``shopwright build``: a catalogue becomes a complete store."""

import datetime as dt
import json
import sys
from collections import Counter
from pathlib import Path

import click

from shopwright.catalog.faults import Fault
from shopwright.cli.progress import show_progress
from shopwright.errors import SettingsError
from shopwright.generation.built import Built
from shopwright.generation.pipeline import Order, build_store
from shopwright.performance.memory import PeakMemory
from shopwright.settings import current_settings

FAULTS_SHOWN = 12


class _Instant(click.ParamType[dt.datetime]):
    """A day or a time with zone, as ISO 8601."""

    name = "date"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> dt.datetime:  # noqa: ARG002 - click's own
        try:
            instant = dt.datetime.fromisoformat(value)
        except ValueError:
            raise SettingsError(
                f"{value[:40]!r} is not a date.", where="--date", remedy="Give one such as 2026-11-23."
            ) from None
        return instant if instant.tzinfo else instant.replace(tzinfo=dt.UTC)


def _today() -> str:
    return dt.datetime.now(dt.UTC).date().isoformat()


@click.command()
@click.argument("source", type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder of the finished site.")
@click.option("--store", "store_file", type=click.Path(path_type=Path), help="A store.yaml: name, languages, currency.")
@click.option("--theme", help="Name of a built-in theme, or a theme folder.")
@click.option("--site-url", help="Address the site will have, for example https://shop.example.")
@click.option(
    "--date", type=_Instant(), default=_today, help="The build's date, for scheduled prices (default: today)."
)
@click.option(
    "--pictures", type=click.Choice(["fetch", "link", "skip"]), default="fetch", help="Pictures at web addresses."
)
@click.option(
    "--pictures-folder", multiple=True, type=click.Path(path_type=Path), help="Where picture files lie; repeatable."
)
@click.option("--workers", type=click.IntRange(1, 64), help="Processes at work (default: usable processors).")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of progress and summary.")
def build(
    source: Path,
    out: Path,
    store_file: Path | None,
    theme: str | None,
    site_url: str | None,
    date: dt.datetime,
    pictures: str,
    pictures_folder: tuple[Path, ...],
    workers: int | None,
    as_json: bool,
) -> None:
    """Build a complete store from SOURCE, a catalogue file or a store folder.

    The finished site replaces the folder given with --out in one step; if the build fails or is interrupted, that
    folder stays as it was.
    """
    settings = current_settings()
    order = Order(
        source=source,
        out=out,
        date=date,
        cache=settings.cache,
        workers=workers or settings.workers,
        store_file=store_file,
        picture_folders=pictures_folder,
        theme=theme,
        site_url=site_url,
        pictures=pictures,
        allow_private=settings.allow_private_addresses,
    )
    with PeakMemory() as memory, show_progress(hidden=as_json) as progress:
        built = build_store(order, progress)
    if as_json:
        json.dump({**built.as_json(), "peak_memory_bytes": memory.peak_bytes}, sys.stdout)
        click.echo()
    else:
        _summarise(built, out, date, memory.peak_bytes)


def _summarise(built: Built, out: Path, date: dt.datetime, peak_bytes: int) -> None:
    for line in _fault_lines(built.faults):
        click.echo(line, err=True)
    click.echo(
        f"{built.pages} pages in {built.seconds:.1f} s, as of {date.date()}: {built.files} files "
        f"({built.written} written, {built.reused} reused, {built.removed} removed), "
        f"{built.bytes / 1e6:.1f} MB, {peak_bytes / 1e6:.0f} MB of memory."
    )
    click.echo(f"The store is in {out}. To look at it: shopwright serve {out}")


def _fault_lines(faults: list[Fault]) -> list[str]:
    """One line per code: how often, and the first message."""
    counts = Counter(fault.code for fault in faults)
    first = {fault.code: fault for fault in reversed(faults)}
    lines = [f"{first[code].severity}: {code} × {count}: {first[code].message}" for code, count in counts.most_common()]
    more = len(lines) - FAULTS_SHOWN
    return lines[:FAULTS_SHOWN] + ([f"… and {more} other kinds; --json lists them all."] if more > 0 else [])
