"""``shopwright check``: the dry run, every fault of a catalogue and what became of its rows."""

import json
import sys
from collections import Counter
from pathlib import Path

import click
from rich.console import Console
from rich.table import Column, Table

from shopwright.catalog.alternative_text import AlternativeTexts
from shopwright.catalog.assessment import read_assessment
from shopwright.catalog.fault_rules import RULES
from shopwright.catalog.faults import Fault, Report, Severity
from shopwright.catalog.product import Product, Status
from shopwright.catalog.source import CatalogSource, open_source
from shopwright.cli.counted import counted
from shopwright.generation.store_faults import store_faults, store_folder

PLACES_SHOWN = 3
NOTHING_TO_SHOW = 2
"""Exit status when no product can be sold or shown."""
_STYLES = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "dim"}


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--store", "store_file", type=click.Path(path_type=Path), help="A store.yaml: name, languages, currency.")
@click.option(
    "--pictures-folder", multiple=True, type=click.Path(path_type=Path), help="Where picture files lie; repeatable."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of the summary.")
def check(file: Path, store_file: Path | None, pictures_folder: tuple[Path, ...], as_json: bool) -> None:
    """List every fault of FILE, a catalogue file or a store folder, without building anything.

    Ends with status 0 if at least one product can be sold or shown, 2 if none can, 1 if FILE is no catalogue.
    """
    source = open_source(file, store_file=store_file, picture_folders=pictures_folder)
    report = Report()
    report.faults.extend(store_faults(source.store, read_assessment(store_folder(file, store_file))))
    shown, texts = 0, AlternativeTexts()
    for item in source.read(report):
        if isinstance(item, Product):
            texts.judged(item)
            shown += item.status is Status.ACTIVE
    report.faults.extend(texts.faults())
    if as_json:
        json.dump(report.as_json(), sys.stdout)
        click.echo()
    else:
        _print_report(source, report, shown)
    if not shown:
        sys.exit(NOTHING_TO_SHOW)


def _print_report(source: CatalogSource, report: Report, shown: int) -> None:
    console = print_rows(source, report)
    console.print(
        f"{counted(report.products, 'product')} ({shown:,} shown), {counted(report.variants, 'variant')}, "
        f"{counted(report.pictures, 'picture')}."
    )


def print_rows(source: CatalogSource, report: Report, *, error: bool = False) -> Console:
    """Print what the source is, its faults, and what became of its rows; where more can be printed.

    ``error``: where errors are printed.
    """
    console = Console(highlight=False, soft_wrap=not sys.stdout.isatty(), stderr=error)
    if not report.dialect:  # it was not read
        return console
    console.print(f"{source.path}: dialect {report.dialect}, because {report.reason}.", markup=False)
    if report.faults:
        console.print(_table(report.faults))
    if report.faults_not_kept:
        console.print(f"… and {counted(report.faults_not_kept, 'more fault')}.")
    console.print(
        f"{counted(report.rows, 'row')}: {report.rows_used:,} used, {report.rows_merged:,} merged, "
        f"{report.rows_refused:,} refused."
    )
    return console


def _table(faults: list[Fault]) -> Table:
    """One line per code: how often, where first, what was done and what to do."""
    titles = ("severity", "code", "count", "first rows", "what was done, what to do")
    table = Table(*(Column(title, overflow="fold") for title in titles))
    counts = Counter(fault.code for fault in faults)
    order = {severity: place for place, severity in enumerate(Severity)}
    for code, count in sorted(counts.items(), key=lambda one: (order[RULES[one[0]].severity], one[0])):
        rule = RULES[code]
        found = [fault for fault in faults if fault.code == code][:PLACES_SHOWN]
        severity = f"[{_STYLES[rule.severity]}]{rule.severity}[/]"
        table.add_row(severity, code, f"{count:,}", ", ".join(map(_place, found)), f"{rule.done} {rule.remedy}")
    return table


def _place(fault: Fault) -> str:
    if fault.row is None:
        return fault.value or "the file"
    return f"{fault.row} ({fault.column})" if fault.column else str(fault.row)
