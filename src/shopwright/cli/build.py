"""``shopwright build``: a catalogue becomes a complete store."""

import datetime as dt
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from shopwright.asset_pipeline.recipe import FORMATS, tiers
from shopwright.asset_pipeline.tenant_cache import LOCAL_TENANT
from shopwright.catalog.faults import Fault
from shopwright.cli.counted import counted
from shopwright.cli.picture_summary import picture_lines
from shopwright.cli.progress import show_progress
from shopwright.cli.recording import open_record_sink
from shopwright.cli.source import laid_out
from shopwright.errors import SettingsError
from shopwright.generation.built import Built
from shopwright.generation.completion import EVERYTHING, NOTHING
from shopwright.generation.pipeline import Order, build_store
from shopwright.performance.memory import PeakMemory
from shopwright.settings import current_settings
from shopwright.template_engine.confinement.lockdown import Confinement

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


class _Formats(click.ParamType[tuple[str, ...]]):
    """Names of picture formats, separated by commas."""

    name = "formats"

    def convert(
        self,
        value: str | tuple[str, ...],
        param: click.Parameter | None,  # noqa: ARG002 - click's own
        ctx: click.Context | None,  # noqa: ARG002 - click's own
    ) -> tuple[str, ...]:
        if isinstance(value, tuple):
            return value
        names = tuple(dict.fromkeys(name.strip().lower() for name in value.split(",")))
        tiers(names)  # refuses what it does not know
        return names


def _rest_seconds(complete: bool, budget: float | None) -> float:
    if complete and budget:
        raise SettingsError(
            "a picture tier that is to be completed has no time budget.",
            where="--complete",
            remedy="Give either --complete or --time-budget.",
        )
    return EVERYTHING if complete else budget or NOTHING


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
@click.option(
    "--formats",
    type=_Formats(),
    default=",".join(FORMATS),
    help="What pictures are made into, separated by commas (default: avif,webp,jpeg).",
)
@click.option("--complete", is_flag=True, help="Also make every picture's larger files and best format.")
@click.option(
    "--time-budget",
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    help="Like --complete, but begin no picture after SECONDS; the next build goes on.",
)
@click.option("--retry-pictures", is_flag=True, help="Try pictures again that were found unusable before.")
@click.option("--tenant", default=LOCAL_TENANT, help=f"Whose store and caches are used (default: {LOCAL_TENANT}).")
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
    formats: tuple[str, ...],
    complete: bool,
    time_budget: float | None,
    retry_pictures: bool,
    tenant: str,
    workers: int | None,
    as_json: bool,
) -> None:
    """Build a complete store from SOURCE, a catalogue file or a store folder.

    catalog:HANDLE is a store that is kept in the database, catalog:HANDLE@REVISION an older state of it.

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
        formats=formats,
        rest_seconds=_rest_seconds(complete, time_budget),
        retry_pictures=retry_pictures,
        tenant=tenant,
        record=open_record_sink(),
    )
    with PeakMemory() as memory, show_progress(hidden=as_json) as progress, laid_out(source, tenant) as laid:
        built = build_store(replace(order, source=laid.folder, theme=theme or laid.theme), progress)
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
    for line in (_audit_line(built.audit), *_theme_line(built.theme), *picture_lines(built.pictures)):
        click.echo(line)
    click.echo(f"The store is in {out}. To look at it: shopwright serve {out}")


def _fault_lines(faults: list[Fault]) -> list[str]:
    """One line per code: how often, and the first message."""
    counts = Counter(fault.code for fault in faults)
    first = {fault.code: fault for fault in reversed(faults)}
    lines = [f"{first[code].severity}: {code} × {count}: {first[code].message}" for code, count in counts.most_common()]
    more = len(lines) - FAULTS_SHOWN
    return lines[:FAULTS_SHOWN] + ([f"… and {more} other kinds; --json lists them all."] if more > 0 else [])


def _audit_line(found: dict[str, int]) -> str:
    """What the audit found; errors it cannot have found, or there would be no new site."""
    waived = f", {counted(found['waived'], 'finding')} waived" if found["waived"] else ""
    return f"Audit: every page keeps the {found['rules']} rules, with {counted(found['warning'], 'warning')}{waived}."


def _theme_line(theme: dict[str, Any]) -> Iterator[str]:
    """How a theme was kept from everything else that does not come with Shopwright."""
    if theme["confined"] is not None:
        yield f"Theme {theme['name']} does not come with Shopwright. {Confinement(**theme['confined'])}"
