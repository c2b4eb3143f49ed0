"""``shopwright validate``: run the checks of every requirement and score them."""

import json

import click
from rich.console import Console
from rich.table import Table

from shopwright.errors import StorageError
from shopwright.validation.checkout import find_checkout
from shopwright.validation.registry import registered_checks
from shopwright.validation.requirements import BATCHES, Batch, Requirement, read_requirements
from shopwright.validation.run import Report, Run

_COLOURS = {"pass": "green", "fail": "red", "not built": "yellow", "not run": "dim"}


@click.command()
@click.argument("ids", nargs=-1)
@click.option("--batch", type=click.Choice(BATCHES), help="Run only the checks of this batch.")
@click.option("--full", is_flag=True, help="Run every check (the default).")
@click.option("--json", "json_file", metavar="FILE", help="Also write the outcome as JSON; - for standard output.")
def validate(ids: tuple[str, ...], batch: Batch | None, full: bool, json_file: str | None) -> None:
    """Run the checks of every requirement and score them, from a source checkout.

    With IDS (T4 D5 …) only the checks of those; nothing is scored. Exit status 0 when each score the run was about
    exceeds what is needed, or when the requirements that were named passed; otherwise 1.
    """
    if sum((batch is not None, full, bool(ids))) > 1:
        raise click.UsageError("IDS, --batch and --full exclude each other.")
    console = Console(stderr=json_file == "-")
    checkout = find_checkout()
    requirements = read_requirements(checkout.root / "docs/requirements.md")
    if unknown := sorted(set(ids) - {requirement.id for requirement in requirements}):
        raise click.UsageError(f"There is no requirement {', '.join(unknown)}; see docs/requirements.md.")
    run = Run(requirements, registered_checks(), checkout)
    report = run.validate(batch, lambda requirement: _announce(console, requirement), ids)
    _show(console, report)
    if json_file is not None:
        _write(json_file, json.dumps(report.as_json(), ensure_ascii=False, indent=2) + "\n")
    raise SystemExit(0 if report.passed else 1)


def _announce(console: Console, requirement: Requirement) -> None:
    console.print(f"checking {requirement.id}: {requirement.bound}", style="dim", markup=False)


def _show(console: Console, report: Report) -> None:
    table = Table("id", "requirement", "figure", "bound", "outcome")
    for outcome in report.asked:
        requirement = outcome.requirement
        cells = (requirement.id, requirement.text, outcome.figure, requirement.bound)
        colour = _COLOURS[outcome.status]
        table.add_row(*map(_plain, cells), f"[{colour}]{outcome.status}[/{colour}]")
    console.print(table)
    passed = sum(outcome.status == "pass" for outcome in report.asked)
    console.print(f"{passed} of {len(report.asked)} requirements passed.")
    if report.ids:
        return
    for name, points in report.scores.by_name().items():
        console.print(f"{name.capitalize():<12}{points:5.2f} of 10")


def _write(name: str, text: str) -> None:
    try:
        with click.open_file(name, "w", encoding="utf-8", atomic=True) as file:
            file.write(text)
    except OSError as error:
        raise StorageError(f"The outcome cannot be written: {error.strerror}.", where=name) from error


def _plain(text: str) -> str:
    """Text that rich shows as it is: its markup starts with a bracket."""
    return text.replace("[", "\\[")
